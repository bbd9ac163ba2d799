// Makes what people type comparable: one spelling, trigrams, typing errors. Knows nothing of what is searched.

/**
 * Old Indonesian and Javanese spellings written the modern way, so that "Boenderan" finds Bunderan.
 * Applied to both sides, so a modern word that happens to hold such letters still equals itself.
 */
const oldSpellings: readonly (readonly [RegExp, string])[] = [
  [/oe/g, 'u'],
  [/dj/g, 'j'],
  [/tj/g, 'c'],
  [/nj/g, 'ny'],
  [/dh/g, 'd'],
  [/th/g, 't'],
]

/** Lower case, no accents, everything but letters and digits is one space: the form all searching starts from. */
export function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The key that is compared: `plainText` in modern spelling. */
export function searchKey(text: string): string {
  return oldSpellings.reduce((key, [old, modern]) => key.replace(old, modern), plainText(text))
}

/** The words of a text by `searchKey`; no text gives no words. */
export function searchWords(text: string): string[] {
  const key = searchKey(text)
  return key === '' ? [] : key.split(' ')
}

/** How many typing errors a word of this length may hold: short words have none to spare, long ones two. */
export function allowedErrors(length: number): 0 | 1 | 2 {
  if (length < 4) return 0
  return length < 9 ? 1 : 2
}

/** Typing errors between what was typed and a word: in whole, and against the nearest beginning of the word. */
export type Errors = { readonly whole: number; readonly prefix: number }

/**
 * Counts typing errors (a letter missing, added, wrong, or two swapped = 1 each), both against the whole word
 * and against its best beginning, because half-typed words are the rule. Stops at `limit`: more is `limit + 1`.
 */
export function typingErrors(typed: string, word: string, limit: number): Errors {
  const beyond = limit + 1
  const width = word.length + 1
  let before: number[] = []
  let above = Array.from({ length: width }, (_, index) => index)
  for (let row = 1; row <= typed.length; row += 1) {
    const line = errorRow({ typed, word, row, above, before })
    if (Math.min(...line) > limit) return { whole: beyond, prefix: beyond }
    before = above
    above = line
  }
  return { whole: Math.min(beyond, above[width - 1] ?? beyond), prefix: Math.min(beyond, ...above) }
}

type Row = { typed: string; word: string; row: number; above: readonly number[]; before: readonly number[] }

function errorRow({ typed, word, row, above, before }: Row): number[] {
  const line = [row]
  for (let column = 1; column <= word.length; column += 1) {
    const same = typed[row - 1] === word[column - 1]
    let errors = Math.min(
      (above[column] ?? row) + 1,
      (line[column - 1] ?? column) + 1,
      (above[column - 1] ?? 0) + (same ? 0 : 1),
    )
    const swapped = row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1]
    if (swapped) errors = Math.min(errors, (before[column - 2] ?? 0) + 1)
    line.push(errors)
  }
  return line
}

/** The set of three-letter pieces of a key, its beginning and end marked by spaces. */
export function trigrams(key: string): ReadonlySet<string> {
  const padded = `  ${key} `
  const pieces = new Set<string>()
  for (let index = 0; index + 3 <= padded.length; index += 1) pieces.add(padded.slice(index, index + 3))
  return pieces
}

/** Shared pieces over all pieces: 1 for the same text, 0 for nothing in common; the order does not matter. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const piece of a) if (b.has(piece)) shared += 1
  const all = a.size + b.size - shared
  return all === 0 ? 0 : shared / all
}
