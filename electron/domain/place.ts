// Villages and districts of the regency, and how an operator finds one by typing. Holds no map and no address.

import { matchName, nameKey, nameKeyOf, type NameKey } from './name-match.ts'
import { plainText, searchWords } from './search-text.ts'

export type VillageKind = 'desa' | 'kelurahan'

/** Codes are those of the Ministry of Home Affairs: village "33.21.04.2005", district (kecamatan) "33.21.04". */
export type Village = {
  readonly code: string
  readonly name: string
  readonly district: string
  readonly districtCode: string
  readonly kind: VillageKind
}

export type Gazetteer = {
  readonly regency: { readonly code: string; readonly name: string }
  readonly districts: readonly { readonly code: string; readonly name: string }[]
  readonly villages: readonly Village[]
}

/** How people shorten places. All words are compared by `plainText`. */
export type PlaceAbbreviations = {
  /** Short form to full form: "krg" to "karang". */
  readonly words: Readonly<Record<string, string>>
  /** Words that say what kind of place follows ("desa", "kec", "rt") and name nothing themselves. */
  readonly marks: readonly string[]
  /** The marks of a regency: the word behind them says nothing either. */
  readonly regencyMarks: readonly string[]
}

/** "Desa, Kecamatan": always both, because names repeat within a regency. */
export function villageLabel(village: Pick<Village, 'name' | 'district'>): string {
  return `${village.name}, ${village.district}`
}

/** In village codes the first digit of the last group is 1 for a kelurahan and 2 for a desa. */
export function villageKind(code: string): VillageKind {
  return code.split('.')[3]?.startsWith('1') === true ? 'kelurahan' : 'desa'
}

type Entry = { readonly village: Village; readonly key: NameKey; readonly districtKey: NameKey }

export type VillageIndex = {
  readonly entries: readonly Entry[]
  readonly expansions: ReadonlyMap<string, readonly string[]>
  readonly marks: ReadonlySet<string>
  readonly regencyMarks: ReadonlySet<string>
}

/** Prepares the villages of a gazetteer for searching; done once, both in core and on the page. */
export function createVillageIndex(villages: readonly Village[], abbreviations: PlaceAbbreviations): VillageIndex {
  const expansions = Object.entries(abbreviations.words).map(
    ([short, full]) => [plainText(short), searchWords(full)] as const,
  )
  return {
    entries: villages.map((village) => ({
      village,
      key: nameKeyOf(village.name),
      districtKey: nameKeyOf(village.district),
    })),
    expansions: new Map(expansions),
    marks: new Set(abbreviations.marks.map(plainText)),
    regencyMarks: new Set(abbreviations.regencyMarks.map(plainText)),
  }
}

/**
 * The words that name something: abbreviations written out, marks, RT/RW and numbers left out. One that is joined
 * to its word by a dot ("kr.anyar") is two words by then.
 */
function namingWords(index: VillageIndex, text: string): string[] {
  const words: string[] = []
  let afterRegency = false
  for (const word of plainText(text).split(' ')) {
    const skipped = afterRegency
    afterRegency = index.regencyMarks.has(word)
    if (skipped || afterRegency || index.marks.has(word) || /^(?:rt|rw)?\d*$/.test(word)) continue
    words.push(...(index.expansions.get(word) ?? searchWords(word)))
  }
  return words.slice(0, mostWords)
}

/** More words than this are no place name any more; the limit bounds the work of one keystroke. */
const mostWords = 6

/** One way to read what was typed: these words name the village, those its district, the rest is not understood. */
type Reading = { readonly name: NameKey; readonly district: NameKey | null; readonly leftOver: number }

function readings(words: readonly string[]): Reading[] {
  const found: Reading[] = []
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= words.length; to += 1) {
      const name = nameKey(words.slice(from, to))
      const rest = [words.slice(0, from), words.slice(to)].filter((part) => part.length > 0)
      found.push({ name, district: null, leftOver: words.length - (to - from) })
      for (const part of rest) {
        found.push({ name, district: nameKey(part), leftOver: words.length - (to - from) - part.length })
      }
    }
  }
  return found
}

/** What a fitting district adds; a name that uses every word typed gets as much, so "karang rejo" stays one name. */
const fullBonus = 25
const leftOverCost = 25
/** A district named alone lists its villages, behind every village whose own name fits. */
const districtAlone = 40
const districtLeftOverCost = 5
/** Below this a district is not meant; with other words around it, its name must be free of typing errors. */
const leastDistrictMatch = 60
const surely = 80

type Scorer = (typed: NameKey, name: NameKey) => number

/** Names repeat (district names most of all), so each pair of words is compared once for each search. */
function createScorer(): Scorer {
  const known = new Map<NameKey, Map<string, number>>()
  return (typed, name) => {
    const scores = known.get(typed) ?? new Map<string, number>()
    known.set(typed, scores)
    const score = scores.get(name.text) ?? matchName(typed, name)
    scores.set(name.text, score)
    return score
  }
}

function scoreEntry(entry: Entry, reading: Reading, score: Scorer): number {
  return Math.max(scoreName(entry, reading, score), scoreDistrictAlone(entry, reading, score))
}

function scoreName(entry: Entry, reading: Reading, score: Scorer): number {
  const name = score(reading.name, entry.key)
  if (name === 0) return 0
  if (reading.district === null) {
    return name + (reading.leftOver === 0 && name >= surely ? fullBonus : 0) - reading.leftOver * leftOverCost
  }
  const district = score(reading.district, entry.districtKey)
  return district < leastDistrictMatch ? 0 : name + (fullBonus * district) / 100 - reading.leftOver * leftOverCost
}

function scoreDistrictAlone(entry: Entry, reading: Reading, score: Scorer): number {
  if (reading.district !== null) return 0
  const match = score(reading.name, entry.districtKey)
  if (match < (reading.leftOver === 0 ? leastDistrictMatch : surely)) return 0
  return (districtAlone * match) / 100 - reading.leftOver * districtLeftOverCost
}

/**
 * The villages meant by what was typed, best first; nothing typed finds nothing. Understands half-typed words, one
 * typing error (two in long words), abbreviations, old spelling, and the district before or behind the village
 * ("sayung sriwulan", "bintoro demak"). A district alone lists its villages.
 */
export function searchVillages(index: VillageIndex, text: string, limit = 15): Village[] {
  const words = namingWords(index, text)
  if (words.length === 0) return []
  const all = readings(words)
  const score = createScorer()
  const scored: { village: Village; score: number }[] = []
  for (const entry of index.entries) {
    const best = Math.max(...all.map((reading) => scoreEntry(entry, reading, score)))
    if (best > 0) scored.push({ village: entry.village, score: best })
  }
  return scored
    .toSorted((a, b) => b.score - a.score || byLabel(a.village, b.village))
    .slice(0, limit)
    .map(({ village }) => village)
}

/** A village that bears its district's name stands first among its namesakes, the others by the alphabet. */
function byLabel(a: Village, b: Village): number {
  const aIsSeat = a.name === a.district
  if (aIsSeat !== (b.name === b.district)) return aIsSeat ? -1 : 1
  return villageLabel(a) < villageLabel(b) ? -1 : 1
}
