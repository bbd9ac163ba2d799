// The words an incident is found by, on both sides: what is kept in the index and what is asked of it. Reads and keeps nothing itself.
import { searchWords } from './search-text.ts'

/** What an incident can be found by, as it stands in its fields. */
export type Findable = {
  readonly label: string
  readonly type: string | null
  readonly village: string | null
  readonly priority: string | null
  /** Free text: place, the callers' words and names, notes. */
  readonly texts: readonly string[]
  /** Telephone numbers, E.164 or as they were typed. */
  readonly numbers: readonly string[]
}

/** More words than this are never needed to find an incident; a pasted book must not fill the index. */
const mostWords = 2000

// Marks that no word of a person begins with keep codes apart from words.
const typeWord = (code: string): string => `zt${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`
const placeWord = (code: string): string => `zv${code.replace(/\D/g, '')}`
const priorityWord = (priority: string): string => `zp${priority.toLowerCase()}`

/** A number as it is typed at home and abroad: "081200000933" and "6281200000933". */
function numberWords(number: string): string[] {
  const digits = number.replace(/\D/g, '')
  if (digits === '') return []
  if (digits.startsWith('62')) return [digits, `0${digits.slice(2)}`]
  return digits.startsWith('0') ? [digits, `62${digits.slice(1)}`] : [digits]
}

/** "241126-B019" and what is spoken of it, "B019". */
function labelWords(label: string): string[] {
  const plain = label.toLowerCase().replace(/[^a-z0-9]/g, '')
  return [plain, plain.replace(/^\d{6}(?=[a-z])/, '')]
}

/** The words for the index, each once, in no order that matters. */
export function findableWords({ label, type, village, priority, texts, numbers }: Findable): string[] {
  const codes = [
    ...(type === null ? [] : [typeWord(type)]),
    ...(village === null ? [] : [placeWord(village)]),
    ...(priority === null ? [] : [priorityWord(priority)]),
  ]
  const words = new Set([...labelWords(label), ...codes, ...numbers.flatMap(numberWords)])
  for (const text of texts) {
    for (const word of searchWords(text)) {
      if (words.size >= mostWords) return [...words]
      words.add(word)
    }
  }
  return [...words]
}

/** Names that stand for codes: "kebakaran" for several types, "sayung" for a district and a village. */
export type FindNames = {
  readonly types: readonly { readonly code: string; readonly label: string; readonly labelEn: string }[]
  readonly villages: readonly { readonly code: string; readonly name: string }[]
  readonly districts: readonly { readonly code: string; readonly name: string }[]
}
/** One of these beginnings of words must be there. */
export type FindTerm = readonly string[]

/** A label or a number is one word however it is spaced: "B 019", "0812-0000-0933". */
function joined(text: string): string {
  return text
    .replace(/\+?\d[\d ().-]{5,}\d/g, (number) => number.replace(/\D/g, ''))
    .replace(/\b(\d{6})[ -]?([a-z]{1,2})[ -]?(\d{3,4})\b/gi, '$1$2$3')
    .replace(/\b([a-z]{1,2})[ -](\d{3,4})\b/gi, '$1$2')
}

/** At most this many words are asked for; more say nothing new. */
const mostTerms = 12
/** A beginning that fits more codes than this says nothing. */
const mostCodes = 80

/** Every word of `text` as a term: the word itself, and the codes whose names have a word that begins with it. */
export function findTerms(text: string, names: FindNames): FindTerm[] {
  const words = searchWords(joined(text)).slice(0, mostTerms)
  const named = words.length === 0 ? [] : nameWords(names)
  return words.map((word) => {
    const codes = word.length < 3 ? [] : named.filter(({ of }) => of.some((one) => one.startsWith(word)))
    return [word, ...codes.slice(0, mostCodes).map(({ code }) => code)]
  })
}

function nameWords({ types, villages, districts }: FindNames): { code: string; of: string[] }[] {
  const whole = (name: string): string[] => {
    const words = searchWords(name)
    return [...words, words.join('')]
  }
  return [
    ...types.map(({ code, label, labelEn }) => ({
      code: typeWord(code),
      of: [...whole(label), ...searchWords(labelEn)],
    })),
    ...districts.map(({ code, name }) => ({ code: placeWord(code), of: whole(name) })),
    ...villages.map(({ code, name }) => ({ code: placeWord(code), of: whole(name) })),
  ]
}

/** The terms of what was chosen beside the words. A district stands for all its villages. */
export function chosenTerms(chosen: {
  readonly type: string | null
  readonly place: string | null
  readonly priority: string | null
}): FindTerm[] {
  return [
    ...(chosen.type === null ? [] : [[typeWord(chosen.type)]]),
    ...(chosen.place === null ? [] : [[placeWord(chosen.place)]]),
    ...(chosen.priority === null ? [] : [[priorityWord(chosen.priority)]]),
  ]
}
