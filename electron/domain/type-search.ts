// Finds incident types by code, label and the words people really say. Knows no particular type.

import { priorities, type Priority } from './incident.ts'
import { matchName, nameKey, nameKeyOf, type NameKey } from './name-match.ts'
import { allowedErrors, searchWords, typingErrors } from './search-text.ts'

/** What the search needs of an incident type. */
export type SearchableType = {
  readonly code: string
  readonly label: string
  readonly labelEn: string
  readonly priority: Priority
  /** Daily words and phrases, in whatever language callers speak. */
  readonly words: readonly string[]
}

/** `words` are places in the vocabulary of the index. */
type Phrase = { readonly key: NameKey; readonly words: readonly number[]; readonly weight: number }
type Entry<Type> = { readonly type: Type; readonly code: NameKey; readonly phrases: readonly Phrase[] }

export type TypeIndex<Type extends SearchableType = SearchableType> = {
  readonly entries: readonly Entry<Type>[]
  readonly vocabulary: readonly string[]
  readonly fillers: ReadonlySet<string>
}

/** Prepares types for searching. `fillers` are words that say nothing ("ada", "di", "tolong"). */
export function createTypeIndex<Type extends SearchableType>(
  types: readonly Type[],
  fillers: readonly string[],
): TypeIndex<Type> {
  const places = new Map<string, number>()
  const place = (word: string): number => {
    const known = places.get(word) ?? places.size
    places.set(word, known)
    return known
  }
  const fillerWords = new Set(fillers.flatMap(searchWords))
  const phrase = (text: string, weight: number): Phrase => {
    const words = tellingWords(searchWords(text), fillerWords)
    return { key: nameKey(words), words: words.map(place), weight }
  }
  const entries = types.map((type) => ({
    type,
    code: nameKeyOf(type.code),
    phrases: [...[...type.words, type.label].map((text) => phrase(text, 1)), phrase(type.labelEn, 0.9)],
  }))
  return { entries, vocabulary: [...places.keys()], fillers: fillerWords }
}

/** Without the words that say nothing, unless there are no others. */
function tellingWords(words: readonly string[], fillers: ReadonlySet<string>): readonly string[] {
  const telling = words.filter((word) => !fillers.has(word))
  return telling.length > 0 ? telling : words
}

/** How well each word of the vocabulary fits one typed word: 1 the same, 0 not at all. */
function fits(typed: string, vocabulary: readonly string[]): Float64Array {
  const allowed = allowedErrors(typed.length)
  return Float64Array.from(vocabulary, (word) => {
    if (word === typed) return 1
    if (typed.length >= 3 && word.startsWith(typed)) return 0.9
    if (allowed === 0 || Math.abs(word.length - typed.length) > allowed) return 0
    const errors = typingErrors(typed, word, allowed).whole
    return errors > allowed ? 0 : 0.85 - 0.1 * errors
  })
}

type Query = { readonly key: NameKey; readonly fits: readonly Float64Array[] }

/** A phrase said in full within a longer sentence scores 62 to 80, more for more words; said in part, up to 40. */
function scoreWords(query: Query, phrase: Phrase): number {
  let said = 0
  let phraseHits = 0
  for (const word of phrase.words) {
    const best = Math.max(...query.fits.map((fit) => fit[word] ?? 0))
    said += best
    if (best > 0) phraseHits += 1
  }
  if (phraseHits === 0) return 0
  const share = said / phrase.words.length
  if (phraseHits === phrase.words.length) return (56 + 6 * Math.min(phrase.words.length, 4)) * share
  const queryHits = query.fits.filter((fit) => phrase.words.some((word) => (fit[word] ?? 0) > 0)).length
  const understood = queryHits / query.fits.length
  return understood === 1 ? 60 * (0.5 + share / 2) : 40 * share * understood
}

function scoreEntry(query: Query, entry: Entry<SearchableType>): number {
  const byCode = entry.code.text.startsWith(query.key.text) && query.key.text.length >= 2 ? 110 : 0
  const scores = entry.phrases.map(
    (phrase) => phrase.weight * Math.max(matchName(query.key, phrase.key), scoreWords(query, phrase)),
  )
  return Math.max(byCode, ...scores)
}

const leastScore = 14

/**
 * The types meant by what was typed, best first, the more urgent first among equals. Whole sentences are understood
 * by the phrases in them. Nothing typed lists the types in the order of the pack.
 */
export function searchTypes<Type extends SearchableType>(index: TypeIndex<Type>, text: string, limit = 15): Type[] {
  const all = searchWords(text)
  if (all.length === 0) return index.entries.slice(0, limit).map(({ type }) => type)
  const words = tellingWords(all, index.fillers).slice(0, mostWords)
  const query = { key: nameKey(words), fits: words.map((word) => fits(word, index.vocabulary)) }
  return index.entries
    .map((entry) => ({ type: entry.type, score: scoreEntry(query, entry) }))
    .filter(({ score }) => score >= leastScore)
    .toSorted((a, b) => b.score - a.score || urgency(a.type) - urgency(b.type))
    .slice(0, limit)
    .map(({ type }) => type)
}

function urgency(type: SearchableType): number {
  return priorities.indexOf(type.priority)
}

/** Bounds the work of one keystroke; what a caller says in more words than this is a note. */
const mostWords = 8
