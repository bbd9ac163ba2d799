// Reads a pair of coordinates written with digits: decimals with dot or comma, degrees-minutes-seconds, hemispheres in three languages.

/** Degrees as they were written; nothing is checked against the earth yet. */
export type Degrees = { readonly lat: number; readonly lon: number }
export type NumbersRead =
  | {
      readonly kind: 'pair'
      readonly degrees: Degrees
      /** The longitude stood first without being called so. */
      readonly isSwapped: boolean
      /** Neither a sign nor a hemisphere says north or south. */
      readonly isUnsigned: boolean
    }
  | { readonly kind: 'out-of-range' | 'half' | 'none' }

type Axis = 'lat' | 'lon'
type Hemisphere = { readonly axis: Axis; readonly sign: 1 | -1 }
type Token =
  | { readonly is: 'number'; readonly value: number; readonly decimals: number; readonly sign: -1 | 0 | 1 }
  | { readonly is: 'unit'; readonly unit: 'deg' | 'min' | 'sec'; readonly isLetter: boolean }
  | { readonly is: 'hemisphere'; readonly hemisphere: Hemisphere }
  | { readonly is: 'label'; readonly axis: Axis }
  | { readonly is: 'gap' }
  | { readonly is: 'word' }

const hemispheres: Readonly<Record<string, Hemisphere>> = Object.fromEntries([
  ...['n', 'lu', 'u', 'utara', 'north', 'lintangutara'].map((word) => [word, { axis: 'lat', sign: 1 }]),
  ...['s', 'ls', 'selatan', 'south', 'lintangselatan'].map((word) => [word, { axis: 'lat', sign: -1 }]),
  ...['e', 'bt', 't', 'timur', 'east', 'bujurtimur'].map((word) => [word, { axis: 'lon', sign: 1 }]),
  ...['w', 'bb', 'b', 'barat', 'west', 'bujurbarat'].map((word) => [word, { axis: 'lon', sign: -1 }]),
])
const labels: Readonly<Record<string, Axis>> = Object.fromEntries([
  ...['lat', 'latitude', 'latitud', 'lintang', 'garislintang', 'y'].map((word) => [word, 'lat']),
  ...['lon', 'lng', 'long', 'longitude', 'bujur', 'garisbujur', 'x'].map((word) => [word, 'lon']),
])
const units: Readonly<Record<string, 'deg' | 'min' | 'sec'>> = Object.fromEntries([
  ...['°', 'd', 'deg', 'degree', 'degrees', 'der', 'derajat', 'drjt'].map((word) => [word, 'deg']),
  ...["'", 'm', 'min', 'minute', 'minutes', 'menit', 'mnt'].map((word) => [word, 'min']),
  ...['"', "''", 'sec', 'second', 'seconds', 'detik', 'dtk', 'det'].map((word) => [word, 'sec']),
])

/** One sign for each idea: degree, minute, second and minus are written in many ways. */
function oneSpelling(text: string): string {
  return text
    .replace(/[º˚∘○]/g, '°')
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .replace(/[″”“„‟]/g, '"')
    .replace(/[′’‘‛`´ʹʼ]/g, "'")
    .replace(/[−–—‒﹣－]/g, '-')
    .replace(/(\d):(\d{1,2}):(\d)/g, `$1°$2'$3`)
    .replace(/\b(lintang|bujur|garis)\s+(utara|selatan|timur|barat|lintang|bujur)\b/g, '$1$2')
}

const tokenPattern = /([+-]?)(\d{1,3})(?!\d)(?:[.,](\d+))?|''|[°'"]|[a-z]+|[^\s]/g

/** Tells the numbers, units and words of a text apart, in order. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of oneSpelling(text).matchAll(tokenPattern)) {
    const [all, sign = '', whole, decimals] = match
    if (whole !== undefined) {
      const value = Number(decimals === undefined ? whole : `${whole}.${decimals}`)
      tokens.push({
        is: 'number',
        value,
        decimals: decimals?.length ?? 0,
        sign: sign === '-' ? -1 : sign === '+' ? 1 : 0,
      })
    } else tokens.push(signOrWord(all, tokens))
  }
  return tokens
}

function signOrWord(text: string, before: readonly Token[]): Token {
  const last = before.at(-1)
  // "38.8s" after "6d 53m" are seconds; anywhere else a lone s is the south.
  if (
    text === 's' &&
    last?.is === 'number' &&
    before.findLast((token) => token.is === 'unit')?.isLetter === true &&
    wantsSeconds(before)
  ) {
    return { is: 'unit', unit: 'sec', isLetter: true }
  }
  const unit = units[text]
  if (unit !== undefined && last?.is === 'number') return { is: 'unit', unit, isLetter: /[a-z]/.test(text) }
  const hemisphere = hemispheres[text]
  if (hemisphere !== undefined) return { is: 'hemisphere', hemisphere }
  const axis = labels[text]
  if (axis !== undefined) return { is: 'label', axis }
  return /^(?:[^a-z]+|dan|and)$/.test(text) ? { is: 'gap' } : { is: 'word' }
}

/** True when the last number stands where seconds belong: right after minutes. */
function wantsSeconds(tokens: readonly Token[]): boolean {
  const last = tokens.at(-2)
  return last?.is === 'unit' && last.unit === 'min'
}

type Part = {
  deg: number
  decimals: number
  sign: -1 | 0 | 1
  min: number | null
  sec: number | null
  hasUnit: boolean
  /** Minutes or seconds without degrees before them: 75 minutes are none. */
  isBroken: boolean
  hemisphere: Hemisphere | null
  axis: Axis | null
  isOpen: boolean
  /** Where it stands among the tokens: two parts of a pair follow each other. */
  followsWord: boolean
}

/** Puts numbers together that belong to one coordinate. */
function partsOf(tokens: readonly Token[]): Part[] {
  const parts: Part[] = []
  const firstMark = tokens.find((token) => token.is === 'hemisphere' || token.is === 'number')
  const isBefore = firstMark?.is === 'hemisphere'
  let hemisphere: Hemisphere | null = null
  let axis: Axis | null = null
  let hasWord = false
  for (const token of tokens) {
    const part = parts.at(-1)
    if (token.is === 'number') {
      if (part !== undefined && goesOn(part, token)) continue
      parts.push({
        deg: token.value,
        decimals: token.decimals,
        sign: token.sign,
        min: null,
        sec: null,
        hasUnit: false,
        isBroken: false,
        hemisphere,
        axis,
        isOpen: true,
        followsWord: hasWord,
      })
      hemisphere = null
      axis = null
      hasWord = false
    } else if (token.is === 'unit' && part !== undefined) {
      part.hasUnit = true
      part.isBroken ||= (token.unit === 'min' && part.min === null) || (token.unit === 'sec' && part.min === null)
    } else if (token.is === 'hemisphere') {
      if (isBefore || part === undefined || part.hemisphere !== null) hemisphere = token.hemisphere
      else part.hemisphere = token.hemisphere
      if (part !== undefined) part.isOpen = false
    } else if (token.is === 'label') {
      axis = token.axis
      if (part !== undefined) part.isOpen = false
    } else if (part !== undefined) {
      part.isOpen = false
      if (token.is === 'word') hasWord = true
    }
  }
  return parts
}

/** Takes a number as minutes or seconds of the part before it, if it can be. */
function goesOn(part: Part, token: { value: number; decimals: number; sign: number }): boolean {
  if (!part.isOpen || token.sign !== 0 || token.value >= 60) return false
  if (part.min === null && part.decimals === 0) {
    part.min = token.value
    part.decimals = token.decimals
    return true
  }
  if (part.min !== null && part.sec === null && part.decimals === 0) {
    part.sec = token.value
    part.decimals = token.decimals
    return true
  }
  return false
}

function degreesOf(part: Part): number {
  const size = part.deg + (part.min ?? 0) / 60 + (part.sec ?? 0) / 3600
  return (part.hemisphere?.sign ?? part.sign) === -1 ? -size : size
}

const axisOf = (part: Part): Axis | null => part.hemisphere?.axis ?? part.axis

/** Numbers alone are coordinates only when they are written as such: with a mark, or with decimals enough. */
function isMeant(part: Part, isAlone: boolean): boolean {
  const isMarked = part.hasUnit || part.hemisphere !== null || part.axis !== null
  return isMarked || part.min !== null || part.decimals >= (isAlone ? 1 : 3)
}

/** Reads the first pair of coordinates in a text. */
export function readNumbers(text: string): NumbersRead {
  const tokens = tokensOf(text)
  const parts = partsOf(tokens)
  if (parts.some(({ isBroken }) => isBroken) && tokens.some((token) => token.is === 'unit' && token.unit === 'deg')) {
    return { kind: 'out-of-range' }
  }
  // Two short decimals may be anything (hours, prices); a longitude of this country is beyond 90.
  const isAlone = parts.length === 2 && !tokens.some(({ is }) => is === 'word') && parts.some(({ deg }) => deg > 90)
  for (const [at, first] of parts.entries()) {
    const second = parts[at + 1]
    if (second === undefined || second.followsWord || !isMeant(first, isAlone) || !isMeant(second, isAlone)) continue
    return pairOf(first, second)
  }
  const isHalf = parts.length === 1 && parts.some((part) => part.decimals >= 3 || part.hemisphere !== null)
  return { kind: isHalf ? 'half' : 'none' }
}

function pairOf(first: Part, second: Part): NumbersRead {
  const [one, other] = [degreesOf(first), degreesOf(second)]
  const said = axisOf(first) ?? (axisOf(second) === null ? null : axisOf(second) === 'lat' ? 'lon' : 'lat')
  const isLonFirst = said === null ? Math.abs(one) > 90 && Math.abs(other) <= 90 : said === 'lon'
  const [lat, lon] = isLonFirst ? [other, one] : [one, other]
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return { kind: 'out-of-range' }
  const latPart = isLonFirst ? second : first
  return {
    kind: 'pair',
    degrees: { lat, lon },
    isSwapped: isLonFirst && said === null,
    isUnsigned: latPart.sign === 0 && latPart.hemisphere === null,
  }
}
