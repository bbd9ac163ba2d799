// Says how far what was typed or heard lies from a name: typing errors, spelling by ear, Javanese vowels. Keeps no index.
import { plainText } from './search-text.ts'

/** Spellings that sound alike are written one way, on both sides of a comparison. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/oe/g, 'u'],
  [/dj/g, 'j'],
  [/tj|ch/g, 'c'],
  [/nj/g, 'ny'],
  [/sj/g, 'sy'],
  [/dh/g, 'd'],
  [/th/g, 't'],
  [/kh|q/g, 'k'],
  [/ph|f/g, 'p'],
  [/v/g, 'w'],
  [/z/g, 's'],
  [/ie|ee/g, 'i'],
  [/oo/g, 'u'],
  [/([a-z])\1+/g, '$1'],
]

/** A word or joined words as they are compared: plain text without spaces in one spelling. */
export function soundText(text: string): string {
  return spellings.reduce((key, [from, to]) => key.replace(from, to), plainText(text).replaceAll(' ', ''))
}

const letters = 36
const codeOf = (char: number): number =>
  char >= 97 && char <= 122 ? char - 97 : char >= 48 && char <= 57 ? char - 22 : 35

/** A text prepared for comparing. */
export type Sound = {
  readonly text: string
  readonly codes: Uint8Array
  /** How often each letter stands in it. */
  readonly counts: Uint8Array
  /** Where its second, third ... word begins. */
  readonly later: readonly number[]
  /** Shorter texts are not compared with it. */
  readonly least: number
}

/** Prepares the words of a name, or a span of what was typed. */
export function soundOf(words: readonly string[], least = 0): Sound {
  const later: number[] = []
  let text = ''
  for (const word of words) {
    if (text !== '') later.push(text.length)
    text += soundText(word)
  }
  text = text.replace(/([a-z])\1+/g, '$1')
  const codes = Uint8Array.from(text, (char) => codeOf(char.charCodeAt(0)))
  const counts = new Uint8Array(letters)
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1
  return { text, codes, counts, later, least }
}

/** Letters that are mistaken for one another, by ear or by the finger beside; the smaller the likelier. */
const likeness: Readonly<Record<string, number>> = {
  ao: 0.25,
  uo: 0.35,
  ei: 0.35,
  ea: 0.5,
  ae: 0.5,
  eo: 0.6,
  ai: 0.6,
  ui: 0.6,
  au: 0.6,
  eu: 0.6,
  io: 0.6,
  td: 0.5,
  pb: 0.5,
  kg: 0.5,
  cj: 0.6,
  jy: 0.5,
  iy: 0.4,
  wp: 0.6,
  wb: 0.6,
  wu: 0.6,
  nm: 0.6,
  lr: 0.55,
  sc: 0.7,
}
const neighbours = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const vowels = new Set(Array.from('aeiou', (char) => codeOf(char.charCodeAt(0))))
const e = codeOf(101)
const h = codeOf(104)
const g = codeOf(103)
const n = codeOf(110)

function wrongLetterCosts(): Float32Array {
  const costs = new Float32Array(letters * letters).fill(1)
  const set = (a: string, b: string, cost: number): void => {
    const [one, other] = [codeOf(a.charCodeAt(0)), codeOf(b.charCodeAt(0))]
    for (const at of [one * letters + other, other * letters + one]) costs[at] = Math.min(costs[at] ?? 1, cost)
  }
  for (const row of neighbours) for (let at = 1; at < row.length; at += 1) set(row.charAt(at - 1), row.charAt(at), 0.75)
  for (const [pair, cost] of Object.entries(likeness)) set(pair.charAt(0), pair.charAt(1), cost)
  for (let code = 0; code < letters; code += 1) costs[code * letters + code] = 0
  return costs
}
const wrongLetter = wrongLetterCosts()

/** A letter too few or too many: vowels fall out first, "h" and the "g" of "ng" are hardly heard. */
function lostLetterCosts(): Float32Array {
  const costs = new Float32Array(letters).fill(0.8)
  for (const code of vowels) costs[code] = 0.6
  costs[e] = 0.4
  costs[h] = 0.35
  costs[g] = 0.65
  costs[n] = 0.65
  return costs
}
const lostLetter = lostLetterCosts()
const swapped = 0.7

/** How much is wrong, in typing errors: against the whole name and against its best beginning. */
export type Distance = { readonly whole: number; readonly prefix: number }

const longest = 64
let before = new Float32Array(longest + 1)
let above = new Float32Array(longest + 1)
let line = new Float32Array(longest + 1)

/** Weighs what is wrong in `typed`; more than `limit` is Infinity. Names and spans are cut at 64 letters. */
export function distance(typed: Sound, name: Sound, limit: number): Distance {
  const rows = Math.min(typed.codes.length, longest)
  const columns = Math.min(name.codes.length, longest)
  above[0] = 0
  for (let column = 1; column <= columns; column += 1) {
    above[column] = (above[column - 1] ?? 0) + (lostLetter[name.codes[column - 1] ?? 0] ?? 1)
  }
  for (let row = 1; row <= rows; row += 1) {
    if (fillLine(typed.codes, name.codes, row, columns) > limit) return { whole: Infinity, prefix: Infinity }
    const free = before
    before = above
    above = line
    line = free
  }
  let prefix = Infinity
  for (let column = 0; column <= columns; column += 1) prefix = Math.min(prefix, above[column] ?? Infinity)
  return { whole: above[columns] ?? Infinity, prefix }
}

/** One row of the table of weights; gives the least of the row. */
function fillLine(typed: Uint8Array, name: Uint8Array, row: number, columns: number): number {
  const letter = typed[row - 1] ?? 0
  const last = typed[row - 2] ?? letters
  // A wrong first letter is rarer than any other.
  const first = row === 1 ? 0.3 : 0
  const added = letter === last ? 0.3 : (lostLetter[letter] ?? 1) + 0.1
  line[0] = (above[0] ?? 0) + added
  let least = line[0]
  for (let column = 1; column <= columns; column += 1) {
    const wanted = name[column - 1] ?? 0
    const wrong = letter === wanted ? 0 : (wrongLetter[letter * letters + wanted] ?? 1) + first
    let cost = (above[column - 1] ?? 0) + wrong
    cost = Math.min(cost, (above[column] ?? 0) + added, (line[column - 1] ?? 0) + (lostLetter[wanted] ?? 1))
    if (row > 1 && column > 1 && letter === name[column - 2] && last === wanted && letter !== wanted) {
      cost = Math.min(cost, (before[column - 2] ?? 0) + swapped)
    }
    line[column] = cost
    if (cost < least) least = cost
  }
  return least
}

/** Letters of the one that the other lacks, whichever way more are: the least number of letters that are wrong. */
export function unlikeLetters(typed: Sound, name: Sound): number {
  let extra = 0
  let missing = 0
  for (let code = 0; code < letters; code += 1) {
    const difference = (typed.counts[code] ?? 0) - (name.counts[code] ?? 0)
    if (difference > 0) extra += difference
    else missing -= difference
  }
  return Math.max(extra, missing)
}

/** True when the letters of `short` stand in `long` in the same order, beginning with the same one: "krgrj" for Karangrejo. */
export function isShorthand(short: string, long: string): boolean {
  if (short.charAt(0) !== long.charAt(0)) return false
  let at = 0
  for (const char of short) {
    at = long.indexOf(char, at) + 1
    if (at === 0) return false
  }
  return true
}

/** The share of vowels in a text: people who shorten words leave these out. */
export function vowelShare(text: string): number {
  return text.replace(/[^aeiou]/g, '').length / Math.max(1, text.length)
}
