// Turns the words of a text into meanings: synonyms become one, "kereta api" is one word. Knows no incident type.
import { searchWords } from './search-text.ts'
import { wordForms } from './word-forms.ts'

/** Groups of words and phrases that mean the same. A phrase of several words is one meaning of its own. */
export type Synonyms = readonly (readonly string[])[]

export type Meanings = {
  /** A word or phrase, its words joined by one space, to its meaning. */
  readonly known: ReadonlyMap<string, string>
  readonly longest: number
}

/** Prepares groups of synonyms. The meaning of a group is "#" and its place. */
export function createMeanings(synonyms: Synonyms): Meanings {
  const known = new Map<string, string>()
  let longest = 1
  for (const [place, group] of synonyms.entries()) {
    for (const member of group) {
      const words = searchWords(member)
      longest = Math.max(longest, words.length)
      if (words.length > 0 && !known.has(words.join(' '))) known.set(words.join(' '), `#${place}`)
    }
  }
  return { known, longest }
}

/** One unit of a text: the meaning when a group knows it, else the word. `words` are those it was read from. */
export type Unit = { readonly meaning: string | null; readonly words: readonly string[] }

/** Reads a text from left to right, the longest known phrase first. The last word of a phrase may bear an ending. */
export function readUnits(meanings: Meanings, words: readonly string[]): Unit[] {
  const units: Unit[] = []
  let from = 0
  while (from < words.length) {
    const unit = unitAt(meanings, words, from)
    units.push(unit)
    from += unit.words.length
  }
  return units
}

function unitAt({ known, longest }: Meanings, words: readonly string[], from: number): Unit {
  for (let length = Math.min(longest, words.length - from); length > 1; length -= 1) {
    const part = words.slice(from, from + length)
    const before = part.slice(0, -1).join(' ')
    for (const { form, weight } of wordForms(part.at(-1) ?? '')) {
      const meaning = weight >= 0.9 ? known.get(`${before} ${form}`) : undefined
      if (meaning !== undefined) return { meaning, words: part }
    }
  }
  const word = words[from] ?? ''
  return { meaning: meaningOf({ known, longest }, word), words: [word] }
}

/** The meaning of one word by its surest form that a group knows. */
function meaningOf({ known }: Meanings, word: string): string | null {
  for (const { form } of wordForms(word)) {
    const meaning = known.get(form)
    if (meaning !== undefined) return meaning
  }
  return null
}
