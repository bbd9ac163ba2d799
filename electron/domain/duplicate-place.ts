// Finds in what was said of a place: villages, districts, Km marker, RT/RW and the words that are left. It must not compare places.
import type { PlaceAbbreviations, Village } from './place.ts'
import { allowedErrors, plainText, searchWords, typingErrors } from './search-text.ts'

/** Codes of villages and districts (kecamatan); `placeWords` name a road, a landmark, a dukuh. */
export type FoundPlace = {
  readonly villages: readonly string[]
  readonly districts: readonly string[]
  /** The picked village is also in the caller's words. */
  readonly isSureOfVillage: boolean
  readonly km: number | null
  readonly rt: number | null
  readonly rw: number | null
  readonly placeWords: ReadonlySet<string>
}

export type VillageFinder = (
  placeText: string | null,
  villageCode: string | null,
  narrative: string | null,
) => FoundPlace

type Names = {
  readonly villages: ReadonlyMap<string, readonly Village[]>
  readonly districts: ReadonlyMap<string, string>
  readonly byInitial: ReadonlyMap<string, readonly string[]>
  readonly districtOf: ReadonlyMap<string, string>
  readonly expansions: ReadonlyMap<string, readonly string[]>
  readonly marks: ReadonlySet<string>
}

/** Prepares the names of a gazetteer. */
export function createVillageFinder(villages: readonly Village[], abbreviations: PlaceAbbreviations): VillageFinder {
  const byName = new Map<string, Village[]>()
  for (const village of villages) {
    const key = searchWords(village.name).join('')
    byName.set(key, [...(byName.get(key) ?? []), village])
  }
  const districts = new Map(villages.map((one) => [searchWords(one.district).join(''), one.districtCode]))
  const byInitial = new Map<string, string[]>()
  for (const name of new Set([...byName.keys(), ...districts.keys()])) {
    byInitial.set(name.slice(0, 1), [...(byInitial.get(name.slice(0, 1)) ?? []), name])
  }
  const names: Names = {
    villages: byName,
    districts,
    byInitial,
    districtOf: new Map(villages.map((one) => [one.code, one.districtCode])),
    expansions: new Map(
      Object.entries(abbreviations.words).map(([short, full]) => [plainText(short), searchWords(full)]),
    ),
    marks: new Set([...abbreviations.marks, ...abbreviations.regencyMarks].flatMap(searchWords)),
  }
  return (placeText, villageCode, narrative) => findPlace(names, placeText, villageCode, narrative)
}

function findPlace(
  names: Names,
  placeText: string | null,
  villageCode: string | null,
  narrative: string | null,
): FoundPlace {
  const said = placeText ?? ''
  const own = namesIn(names, wordsOf(names, said), true)
  const told = own.villages.length + own.districts.length > 0 ? null : narrative
  const found = told === null ? own : { ...namesIn(names, wordsOf(names, told), false), left: own.left }
  const code = villageCode === null ? null : dotted(villageCode)
  const known = code !== null && names.districtOf.has(code) ? [code] : []
  // A village that was picked says which of several with one name is meant; another one that is named besides counts too.
  const isNamed = known.length > 0 && found.villages.includes(known[0] ?? '')
  const named = known.length === 0 ? found.villages : isNamed ? [] : found.villages.slice(0, 1)
  const villages = [...known, ...named]
  const inside = villages.flatMap((one) => names.districtOf.get(one) ?? [])
  const numbers = `${said} ${narrative ?? ''}`
  return {
    villages,
    districts: [...new Set([...inside, ...found.districts])],
    isSureOfVillage: isNamed,
    km: kilometreIn(numbers),
    rt: numberBehind('rt', numbers),
    rw: numberBehind('rw', numbers),
    placeWords: new Set(found.left),
  }
}

/** "3321042005" and "33.21.04.2005" are one code. */
function dotted(code: string): string {
  return code.replace(/^(\d{2})(\d{2})(\d{2})(\d{4})$/, '$1.$2.$3.$4')
}

function kilometreIn(text: string): number | null {
  const found = /\b(?:km|kilo(?:meter)?)\.?\s*(\d{1,3}(?:[.,]\d{1,2})?)\b/i.exec(text)
  return found === null ? null : Number((found[1] ?? '').replace(',', '.'))
}

function numberBehind(mark: 'rt' | 'rw', text: string): number | null {
  const found = new RegExp(`\\b${mark}\\.?\\s*0*(\\d{1,2})\\b`, 'i').exec(text)
  return found === null ? null : Number(found[1])
}

function wordsOf(names: Names, text: string): string[] {
  return plainText(text)
    .split(' ')
    .slice(0, mostWords)
    .flatMap((word) => names.expansions.get(word) ?? searchWords(word))
}

const mostWords = 40
const mostNameWords = 3

type Found = { readonly villages: string[]; readonly districts: string[]; readonly left: string[] }

/** Longest names first; in words about a place typing errors are forgiven, in a whole story they would find names everywhere. */
function namesIn(names: Names, words: readonly string[], isForgiving: boolean): Found {
  const villages: Village[] = []
  const districts: string[] = []
  const left: string[] = []
  for (let at = 0; at < words.length;) {
    const hit = longestName(names, words, at, isForgiving)
    if (hit === null) {
      const word = words[at] ?? ''
      if (!names.marks.has(word) && !/^(?:rt|rw|km)?\d*$/.test(word)) left.push(word)
      at += 1
      continue
    }
    const district = names.districts.get(hit.name)
    if (district !== undefined) districts.push(district)
    else villages.push(...(names.villages.get(hit.name) ?? []))
    at += hit.length
  }
  const inDistrict = villages.filter((one) => districts.includes(one.districtCode))
  const meant = inDistrict.length > 0 ? inDistrict : villages
  return { villages: [...new Set(meant.map((one) => one.code))].slice(0, 4), districts, left }
}

function longestName(names: Names, words: readonly string[], at: number, isForgiving: boolean) {
  for (let length = Math.min(mostNameWords, words.length - at); length > 0; length -= 1) {
    const typed = words.slice(at, at + length).join('')
    if (names.villages.has(typed) || names.districts.has(typed)) return { name: typed, length }
    const alike = isForgiving ? nearestName(names, typed) : undefined
    if (alike !== undefined) return { name: alike, length }
  }
  return null
}

/** A name with a typing error; its first letter and most of its length must be right. */
function nearestName(names: Names, typed: string): string | undefined {
  const allowed = Math.min(allowedErrors(typed.length), typed.length < 6 ? 0 : 2)
  if (allowed === 0) return undefined
  const candidates = names.byInitial.get(typed.slice(0, 1)) ?? []
  return candidates.find(
    (name) => Math.abs(name.length - typed.length) <= allowed && typingErrors(typed, name, allowed).whole <= allowed,
  )
}
