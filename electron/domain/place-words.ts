// Takes apart what was typed for a place: words that may name something, what stands before them, a Km. Finds no place.
import type { Mark, PlaceIndex } from './place-index.ts'
import { plainText } from './search-text.ts'

export type Word = {
  readonly text: string
  /** The word in the ways it may be meant: as it stands, and written out where it is a short form. */
  readonly forms: readonly (readonly string[])[]
  /** Says nothing when no name uses it. */
  readonly isSoft: boolean
  /** What the mark right before it says. */
  readonly after: Mark | null
  readonly letters: number
}
export type PlaceWords = { readonly words: readonly Word[]; readonly km: number | null }

/** Longer texts name no place; the limits bound the work of one keystroke. */
const longestText = 200
const mostWords = 9

const kmPattern = /\b(?:km|kilometer|kilo|pal)[\s.:]*(\d{1,3}(?:[.,]\d{1,2})?)(?![\d.,]*\d)/
const neighbourhood = /\b(?:rt|rw)[\s.:]*\d{1,3}(?:\s*[/-]\s*(?:rw[\s.:]*)?\d{1,3})?\b/g

/** Reads the words of a place. RT/RW and numbers are left out, they name no place of the gazetteer. */
export function placeWords(index: PlaceIndex, text: string): PlaceWords {
  const lower = text.slice(0, longestText).normalize('NFKC').toLowerCase()
  const km = kmPattern.exec(lower)?.[1]
  const rest = lower.replace(km === undefined ? /$^/ : kmPattern, ' ').replace(neighbourhood, ' ')
  return {
    words: namingWords(index, plainText(rest).split(' ')),
    km: km === undefined ? null : Number(km.replace(',', '.')),
  }
}

function namingWords(index: PlaceIndex, plain: readonly string[]): Word[] {
  const words: Word[] = []
  let after: Mark | null = null
  let isRegency = false
  for (const raw of plain) {
    const mark = index.marks.get(raw)
    if (mark !== undefined) after = mark
    if (isRegency && raw === index.regency) continue
    isRegency = index.regencyMarks.has(raw)
    if (mark !== undefined || isRegency || /^\d*$/.test(raw) || /^(?:rt|rw)\d*$/.test(raw)) continue
    const joined = joinedMark(index, raw)
    const made = wordOf(index, joined?.rest ?? raw, joined?.mark ?? after)
    words.push(...made)
    after = null
  }
  return words.slice(0, mostWords)
}

/** "desasriwulan", "kecsayung": a mark that is written together with its name. */
function joinedMark(index: PlaceIndex, raw: string): { mark: Mark; rest: string } | null {
  for (const [text, mark] of index.marks) {
    if (text.length >= 2 && raw.startsWith(text) && raw.length >= text.length + 4 && isMeant(index, raw, text)) {
      return { mark, rest: raw.slice(text.length) }
    }
  }
  return null
}

/** Short marks ("ds", "kel") may be the beginning of a name; long ones are not. */
function isMeant(index: PlaceIndex, raw: string, mark: string): boolean {
  return mark.length >= 3 || !index.names.some(({ text }) => text.startsWith(raw.slice(0, mark.length + 2)))
}

function wordOf(index: PlaceIndex, raw: string, after: Mark | null): Word[] {
  // "alun2" is "alun alun".
  const doubled = /^([a-z]{3,})2$/.exec(raw)?.[1]
  const text = doubled ?? raw
  const isSoft = index.soft.has(text) || text === index.regency || text.length === 1
  const forms = [...(index.forms.get(text) ?? []), [text]]
  const word: Word = { text, forms, isSoft, after, letters: text.length }
  return doubled === undefined ? [word] : [word, word]
}
