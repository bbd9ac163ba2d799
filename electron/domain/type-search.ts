// Finds incident types by code, label and the words people really say. Knows no particular type.
import { priorities, type Priority } from './incident.ts'
import { createMeanings, readUnits, type Meanings, type Synonyms, type Unit } from './meanings.ts'
import { plainText, searchWords } from './search-text.ts'
import { createVocabulary, fitsOf, type Fits, type Vocabulary } from './vocabulary.ts'

/** What the search needs of an incident type. */
export type SearchableType = {
  readonly code: string
  readonly label: string
  readonly labelEn: string
  readonly priority: Priority
  /** Daily words and phrases, in whatever language callers speak. */
  readonly words: readonly string[]
}

/** What the search knows of words in general. */
export type TypeWords = {
  /** Words that say nothing ("ada", "di", "tolong"). */
  readonly fillers: readonly string[]
  readonly synonyms: Synonyms
}

/** `words` are places in the vocabulary; `mass` is the sum of what they tell. */
type Phrase = { readonly words: readonly number[]; readonly mass: number; readonly weight: number }
type Entry<Type> = {
  readonly type: Type
  readonly code: string
  readonly phrases: readonly Phrase[]
  /** How much each word of the vocabulary speaks for this type, 0 to what the word tells. */
  readonly evidence: Float64Array
}

export type TypeIndex<Type extends SearchableType = SearchableType> = {
  readonly entries: readonly Entry<Type>[]
  readonly vocabulary: Vocabulary
  readonly meanings: Meanings
  readonly fillers: ReadonlySet<string>
}

type Written = { readonly text: string; readonly weight: number }
const written = (type: SearchableType): Written[] => [
  ...[...type.words, type.label].map((text) => ({ text, weight: 1 })),
  { text: type.labelEn, weight: 0.9 },
]

/** Prepares types for searching. */
export function createTypeIndex<Type extends SearchableType>(
  types: readonly Type[],
  { fillers, synonyms }: TypeWords,
): TypeIndex<Type> {
  const meanings = createMeanings(synonyms)
  const fillerWords = new Set(fillers.flatMap(searchWords))
  const places = new Map<string, number>()
  const place = (unit: Unit): number => {
    const key = unit.meaning ?? unit.words.join(' ')
    const known = places.get(key) ?? places.size
    places.set(key, known)
    return known
  }
  const read = types.map((type) =>
    written(type).map(({ text, weight }) => ({
      words: [...new Set(tellingUnits(readUnits(meanings, searchWords(text)), fillerWords).map(place))],
      weight,
    })),
  )
  const tells = tellingOf(read, places.size)
  const counts = countsOf(read, places.size)
  const entries = types.map((type, n) => ({
    type,
    code: codeKey(type.code),
    phrases: (read[n] ?? []).map(({ words, weight }) => ({ words, weight, mass: sum(words, tells) })),
    evidence: evidenceOf(counts, n, tells),
  }))
  const vocabulary = createVocabulary({ keys: [...places.keys()], tells, meanings })
  return { entries, vocabulary, meanings, fillers: fillerWords }
}

/** Without what says nothing, unless there is nothing else. */
function tellingUnits(units: readonly Unit[], fillers: ReadonlySet<string>): readonly Unit[] {
  const telling = units.filter(({ words }) => words.length > 1 || !fillers.has(words[0] ?? ''))
  return telling.length > 0 ? telling : units
}

const codeKey = (code: string): string => plainText(code).replaceAll(' ', '')
const sum = (words: readonly number[], of: Float64Array): number =>
  words.reduce((all, word) => all + (of[word] ?? 0), 0)

type Read = readonly (readonly { readonly words: readonly number[] }[])[]

/** In how many phrases of each type each word stands. */
function countsOf(read: Read, size: number): Float64Array[] {
  return read.map((phrases) => {
    const counts = new Float64Array(size)
    for (const { words } of phrases) for (const word of words) counts[word] = (counts[word] ?? 0) + 1
    return counts
  })
}

/** How much a word tells: a word of one type much, "rumah", which stands in nearly all, hardly anything. */
function tellingOf(read: Read, size: number): Float64Array {
  const counts = countsOf(read, size)
  return Float64Array.from({ length: size }, (_, word) => {
    // A type counts by how much of the word it uses, so that one stray phrase does not make a good word dull.
    const all = counts.map((of) => of[word] ?? 0)
    const most = Math.max(...all)
    const spread = all.reduce((types, count) => types + Math.min(1, (2 * count) / most), 0)
    return Math.log((read.length + 1) / (spread + 0.2))
  })
}

function evidenceOf(counts: readonly Float64Array[], n: number, tells: Float64Array): Float64Array {
  const own = counts[n]
  return tells.map((tell, word) => {
    const count = own?.[word] ?? 0
    if (count === 0) return 0
    const all = counts.reduce((total, of) => total + (of[word] ?? 0), 0)
    return tell * (count / (count + 1)) * (0.3 + 0.7 * (count / all))
  })
}

type Query = {
  readonly code: string
  readonly fits: readonly Fits[]
  /** The best fit of any typed word, for each word of the vocabulary. */
  readonly best: Float64Array
}

/** What is said of the best phrase: all of a phrase is worth more than the same words out of a longer one. */
function scorePhrase(phrase: Phrase, { best }: Query, tells: Float64Array): number {
  let said = 0
  for (const word of phrase.words) said += (tells[word] ?? 0) * (best[word] ?? 0)
  if (said === 0 || phrase.mass <= 0) return 0
  const share = said / phrase.mass
  return phrase.weight * said * share * share
}

function scoreWords(entry: Entry<SearchableType>, { fits }: Query): number {
  let score = 0
  for (const fit of fits) {
    let best = 0
    for (const [word, how] of fit) best = Math.max(best, how * (entry.evidence[word] ?? 0))
    score += best
  }
  return score
}

const codeScore = 1000
const wordShare = 0.8

function scoreEntry(entry: Entry<SearchableType>, query: Query, tells: Float64Array): number {
  const byCode = query.code.length >= 2 && entry.code.startsWith(query.code) ? codeScore : 0
  const phrase = entry.phrases.reduce((most, one) => Math.max(most, scorePhrase(one, query, tells)), 0)
  return byCode + phrase + wordShare * scoreWords(entry, query)
}

const leastScore = 0.5

/**
 * The types meant by what was typed, best first, the more urgent first among equals. Whole sentences are understood
 * by the phrases and words in them. Nothing typed lists the types in the order of the pack.
 */
export function searchTypes<Type extends SearchableType>(index: TypeIndex<Type>, text: string, limit = 15): Type[] {
  const words = searchWords(text)
  if (words.length === 0) return index.entries.slice(0, limit).map(({ type }) => type)
  return rateTypes(index, words)
    .slice(0, limit)
    .map(({ type }) => type)
}

export type RatedType<Type extends SearchableType> = { readonly type: Type; readonly score: number }

/** The types meant by words of `searchWords`, best first, with what speaks for each; 0.5 is next to nothing. */
export function rateTypes<Type extends SearchableType>(
  index: TypeIndex<Type>,
  words: readonly string[],
): RatedType<Type>[] {
  const query = queryOf(index, words)
  return index.entries
    .map((entry) => ({ type: entry.type, score: scoreEntry(entry, query, index.vocabulary.tells) }))
    .filter(({ score }) => score >= leastScore)
    .toSorted((a, b) => b.score - a.score || urgency(a.type) - urgency(b.type))
}

function queryOf(index: TypeIndex, words: readonly string[]): Query {
  const units = tellingUnits(readUnits(index.meanings, words.slice(0, mostRead)), index.fillers).slice(0, mostWords)
  const last = units.at(-1)
  const fits = units.map((unit) => fitsOf(index.vocabulary, unit, unit === last))
  const best = new Float64Array(index.vocabulary.tells.length)
  for (const fit of fits) for (const [word, how] of fit) best[word] = Math.max(best[word] ?? 0, how)
  return { code: words.join(''), fits, best }
}

function urgency(type: SearchableType): number {
  return priorities.indexOf(type.priority)
}

/** Bounds the work of one keystroke; what a caller says in more words than this is a note. */
const mostRead = 30
const mostWords = 14
