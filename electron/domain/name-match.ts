// Says how well something typed fits one name: prefix, word prefix, typing errors, likeness. Keeps no index.

import { allowedErrors, searchWords, similarity, trigrams, typingErrors } from './search-text.ts'

/** A name prepared for comparing; made once for each name, and once for each thing typed. */
export type NameKey = {
  /** All words without spaces: "karang anyar" and "Karanganyar" are the same. */
  readonly text: string
  /** The name from its second, third ... word on, without spaces. */
  readonly laterWords: readonly string[]
  readonly grams: ReadonlySet<string>
}

/** Prepares a name; `words` are those of `searchWords`. */
export function nameKey(words: readonly string[]): NameKey {
  const text = words.join('')
  const laterWords = words.slice(1).map((_, index) => words.slice(index + 1).join(''))
  return { text, laterWords, grams: trigrams(text) }
}

/** Prepares a name from its text. */
export function nameKeyOf(name: string): NameKey {
  return nameKey(searchWords(name))
}

/** Below this share of common pieces two names have nothing to do with each other. */
const leastSimilarity = 0.3

/**
 * 0 (no match) to 100 (the same). Bands, best first: the same; beginning of the name; beginning of a later word;
 * the same with typing errors; beginning with typing errors; inside the name; alike by trigrams.
 */
export function matchName(typed: NameKey, name: NameKey): number {
  if (typed.text === '') return 0
  if (typed.text === name.text) return 100
  if (name.text.startsWith(typed.text)) return 90 + (5 * typed.text.length) / name.text.length
  if (name.laterWords.some((word) => word.startsWith(typed.text))) return 80
  return matchRoughly(typed, name)
}

function matchRoughly(typed: NameKey, name: NameKey): number {
  const allowed = allowedErrors(typed.text.length)
  if (allowed === 0) return 0
  if (typed.text.length <= name.text.length + allowed) {
    const errors = typingErrors(typed.text, name.text, allowed)
    if (errors.whole <= allowed) return 78 - 8 * errors.whole
    if (errors.prefix <= allowed) return 70 - 8 * errors.prefix
  }
  if (name.text.includes(typed.text)) return 50
  const alike = similarity(typed.grams, name.grams)
  return alike < leastSimilarity ? 0 : 50 * alike
}
