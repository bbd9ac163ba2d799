// The words of the daily-word lists, and which of them one typed word may mean: forms, half-typed words, typing errors.
import type { Meanings, Unit } from './meanings.ts'
import { allowedErrors, typingErrors } from './search-text.ts'
import { consonants, isVowelless, wordForms } from './word-forms.ts'

/** Places in the vocabulary and how well each fits, above 0 up to 1. */
export type Fits = ReadonlyMap<number, number>

/** A word that can be mistyped, and the place of what it means. */
type Spelling = { readonly text: string; readonly place: number; readonly letters: number }

export type Vocabulary = {
  /** How much each word tells. */
  readonly tells: Float64Array
  readonly places: ReadonlyMap<string, number>
  /** A form of a word to the places it may stand for. */
  readonly forms: ReadonlyMap<string, Fits>
  readonly consonants: ReadonlyMap<string, ReadonlySet<number>>
  readonly spellings: readonly Spelling[]
  /** What was asked before: the words of a sentence are asked again at every keystroke. */
  readonly asked: Map<string, Fits>
}

type Parts = { readonly keys: readonly string[]; readonly tells: Float64Array; readonly meanings: Meanings }

/** Prepares the vocabulary. `keys` are meanings ("#12") and words that no group of synonyms knows. */
export function createVocabulary({ keys, tells, meanings }: Parts): Vocabulary {
  const places = new Map(keys.map((key, place) => [key, place]))
  const forms = new Map<string, Map<number, number>>()
  const skeletons = new Map<string, Set<number>>()
  const spellings: Spelling[] = []
  const put = (word: string, place: number): void => {
    for (const { form, weight } of wordForms(word)) {
      const known = forms.get(form) ?? new Map<number, number>()
      forms.set(form, known.set(place, Math.max(weight, known.get(place) ?? 0)))
    }
    spellings.push({ text: word, place, letters: lettersOf(word) })
    const skeleton = consonants(word)
    if (skeleton.length >= 3) skeletons.set(skeleton, (skeletons.get(skeleton) ?? new Set()).add(place))
  }
  for (const [key, place] of places) if (!key.startsWith('#')) put(key, place)
  for (const [word, meaning] of meanings.known) {
    const place = places.get(meaning)
    if (place !== undefined && !word.includes(' ')) put(word, place)
  }
  return { tells, places, forms, consonants: skeletons, spellings, asked: new Map() }
}

/** Which letters a word has, as bits: two words that differ in more letters than errors allow need no closer look. */
function lettersOf(word: string): number {
  let bits = 0
  for (const letter of word) bits |= 1 << (letter.charCodeAt(0) & 31)
  return bits
}

function bitCount(bits: number): number {
  let left = bits
  let count = 0
  while (left !== 0) {
    left &= left - 1
    count += 1
  }
  return count
}

const mostAsked = 2000
const half = 0.8
const roughly = 0.8

/** What one unit of the query may mean. `isLast` = it may still be growing. */
export function fitsOf(vocabulary: Vocabulary, { meaning, words }: Unit, isLast: boolean): Fits {
  const place = meaning === null ? undefined : vocabulary.places.get(meaning)
  const word = words.join(' ')
  const key = `${isLast ? '>' : ' '}${word}`
  const known = vocabulary.asked.get(key)
  if (known !== undefined) return known
  const fits = new Map<number, number>(place === undefined ? [] : [[place, 1]])
  if (words.length === 1) addWord(vocabulary, fits, word, isLast)
  if (vocabulary.asked.size >= mostAsked) vocabulary.asked.clear()
  vocabulary.asked.set(key, fits)
  return fits
}

function addWord(vocabulary: Vocabulary, fits: Map<number, number>, word: string, isLast: boolean): void {
  const add = (place: number, how: number): void => void fits.set(place, Math.max(how, fits.get(place) ?? 0))
  // A word that is known as it stands hardly means what its stem means: "kesetrum" is a victim, "setrum" the current.
  const isKnown = fits.size > 0
  for (const { form, weight } of wordForms(word)) {
    for (const [place, other] of vocabulary.forms.get(form) ?? []) add(place, weight * other * (isKnown ? 0.5 : 1))
  }
  if (isLast && word.length >= 3) {
    for (const { text, place } of vocabulary.spellings) if (text.startsWith(word)) add(place, half)
  }
  if (fits.size > 0) return
  if (isVowelless(word)) for (const place of vocabulary.consonants.get(consonants(word)) ?? []) add(place, 0.7)
  for (const [place, how] of misspelt(vocabulary, word)) add(place, how)
}

function misspelt({ spellings }: Vocabulary, word: string): Map<number, number> {
  const found = new Map<number, number>()
  const allowed = allowedErrors(word.length)
  if (allowed === 0) return found
  const letters = lettersOf(word)
  for (const { text, place, letters: others } of spellings) {
    if (Math.abs(text.length - word.length) > allowed || bitCount(letters ^ others) > 2 * allowed) continue
    const errors = typingErrors(word, text, allowed).whole
    if (errors > allowed) continue
    found.set(place, Math.max(roughly - 0.15 * (errors - 1), found.get(place) ?? 0))
  }
  return found
}
