// What of a report can be compared with another report: when, who, where, what. It must not compare.
import type { PlaceAbbreviations, Village } from './place.ts'
import { createMeanings, readUnits, type Meanings, type Synonyms } from './meanings.ts'
import { createVillageFinder, type VillageFinder } from './duplicate-place.ts'
import { searchWords } from './search-text.ts'
import { createTypeIndex, rateTypes, type SearchableType, type TypeIndex } from './type-search.ts'

/** One caller's account. `at` UTC ms, `number` as kept (E.164), `villageCode` of the ministry, `lat` and `lon` in degrees. */
export type DuplicateReport = {
  readonly at: number
  readonly number: string | null
  readonly typeCode: string | null
  readonly placeText: string | null
  readonly villageCode: string | null
  readonly lat: number | null
  readonly lon: number | null
  readonly narrative: string | null
}

/** A report made ready. `types` are the code and what the words mean, with how far each is to be believed (0 to 1). */
export type ReportFace = {
  readonly at: number
  readonly number: string | null
  readonly types: readonly { readonly code: string; readonly belief: number }[]
  readonly villages: readonly string[]
  readonly districts: readonly string[]
  /** The picked village is also in the caller's words. */
  readonly isSureOfVillage: boolean
  readonly km: number | null
  readonly rt: number | null
  readonly rw: number | null
  readonly point: { readonly lat: number; readonly lon: number } | null
  readonly placeWords: ReadonlySet<string>
  /** The words of the account, written like `placeWords`: landmarks are told in the middle of a story. */
  readonly toldWords: ReadonlySet<string>
  /** What tells this account from others, each with the word as it was said. */
  readonly words: ReadonlyMap<string, string>
}

export type FaceMaker = (report: DuplicateReport) => ReportFace

export type FaceSources = {
  readonly types: readonly SearchableType[]
  readonly villages: readonly Village[]
  readonly abbreviations: PlaceAbbreviations & { readonly fillers: readonly string[] }
  readonly synonyms: Synonyms
}

type Tools = {
  readonly finder: VillageFinder
  readonly index: TypeIndex
  readonly meanings: Meanings
  readonly silent: ReadonlySet<string>
}

/** Prepares reports for comparing; made once for one set of reference data. */
export function createFaceMaker(sources: FaceSources): FaceMaker {
  const { types, villages, abbreviations, synonyms } = sources
  const tools: Tools = {
    finder: createVillageFinder(villages, abbreviations),
    index: createTypeIndex(types, { fillers: abbreviations.fillers, synonyms }),
    meanings: createMeanings(synonyms),
    silent: new Set([...abbreviations.fillers, ...abbreviations.marks].flatMap(searchWords)),
  }
  return (report) => faceOf(tools, report)
}

function faceOf(tools: Tools, report: DuplicateReport): ReportFace {
  const place = tools.finder(report.placeText, report.villageCode, report.narrative)
  return {
    at: report.at,
    number: report.number,
    types: typesOf(tools, report),
    ...place,
    point: pointOf(report),
    placeWords: new Set([...place.placeWords].map((word) => soundOf(stemOf(word)))),
    toldWords: new Set(
      searchWords(report.narrative ?? '')
        .slice(0, mostWords)
        .filter((word) => word.length >= 4 && !tools.silent.has(word))
        .map((word) => soundOf(stemOf(word))),
    ),
    words: tellingWords(tools, report.narrative ?? ''),
  }
}

/** A point that nobody can have meant (0/0, beyond the globe) is none. */
function pointOf({ lat, lon }: DuplicateReport): ReportFace['point'] {
  if (lat === null || lon === null || !Number.isFinite(lat) || !Number.isFinite(lon)) return null
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180 || (lat === 0 && lon === 0)) return null
  return { lat, lon }
}

/** How far words alone are to be believed about the type, with and without a code that says something else. */
const wordsAlone = 0.85
const wordsBesides = 0.5

function typesOf(tools: Tools, report: DuplicateReport): ReportFace['types'] {
  const code = report.typeCode === null || report.typeCode === '' ? null : report.typeCode
  const own = code === null ? [] : [{ code, belief: 1 }]
  const meant = meantType(tools.index, report.narrative ?? '')
  if (meant === null || meant.code === code) return own
  const isVague = code === null || code === vagueType
  return [...own, { code: meant.code, belief: meant.sureness * (isVague ? wordsAlone : wordsBesides) }]
}

const vagueType = 'LAIN'

/** The type that words mean, and how sure that is: a little less where few words tell it or another type is near. */
function meantType(index: TypeIndex, text: string): { readonly code: string; readonly sureness: number } | null {
  const words = searchWords(text)
  const [first, second] = words.length === 0 ? [] : rateTypes(index, words)
  if (first === undefined || first.type.code === vagueType) return null
  const strength = Math.min(1, Math.max(0, (first.score - 1) / 3))
  const lead = 1 - (second?.score ?? 0) / first.score
  return { code: first.type.code, sureness: strength * Math.min(1, 2 * lead) }
}

/** The words of an account that tell it from others: synonyms are one, short ones and fillers are left out. */
function tellingWords(tools: Tools, text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { meaning, words } of readUnits(tools.meanings, searchWords(text).slice(0, mostWords))) {
    const word = words.join(' ')
    if (tools.silent.has(word) || (word.length < 3 && !/^\d+$/.test(word))) continue
    found.set(meaning ?? stemOf(word), word)
  }
  return found
}

/** Nobody says more than this that tells something; the limit bounds the work. */
const mostWords = 60

const endings = /(?:nya|kan|lah|ne|an|i|e)$/
const beginnings = /^(?:meng|meny|men|mem|me|ber|ter|per|di|ke|se|ng|ny)/

/** The middle of a word, without the commonest Indonesian and Javanese endings and beginnings; at least four letters stay. */
export function stemOf(word: string): string {
  const short = word.replace(endings, '')
  const cut = short.length >= 4 ? short : word
  const bare = cut.replace(beginnings, '')
  return bare.length >= 4 ? bare : cut
}

/** How a longer word sounds: its consonants, doubled ones once. Most spelling mistakes of names are in their vowels. */
export function soundOf(word: string): string {
  if (word.length < 5 || /\d/.test(word)) return word
  const sound = word.replace(/[aeiou]/g, '').replace(/(.)\1+/g, '$1')
  return sound.length < 3 ? word : sound
}
