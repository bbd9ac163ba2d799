// Which contacts fit what is typed, and in which order: those called last stand first. Reads and keeps nothing.
import type { QueryOutput } from '#contract/queries.ts'
import { searchKey, searchWords } from '#domain/search-text.ts'

export type Contact = QueryOutput<'directory'>[number]

/** Every typed word must begin a word of the contact or stand in its number; `used` = ids, the one called last first. */
export function findContacts(contacts: readonly Contact[], text: string, used: readonly string[]): Contact[] {
  const words = searchWords(text)
  const place = ({ id }: Contact): number => {
    const at = used.indexOf(id)
    return at === -1 ? used.length : at
  }
  return contacts
    .filter((contact) => words.every((word) => fits(contact, word)))
    .toSorted((a, b) => place(a) - place(b))
}

/** "0812", "62812" and "812" find the same number. */
function fits({ name, detail, number }: Contact, word: string): boolean {
  const digits = /^\d+$/.test(word) ? word.replace(/^(?:62|0)/, '') : ''
  if (digits !== '' && number?.includes(digits) === true) return true
  return `${searchKey(name)} ${searchKey(detail)}`.split(' ').some((known) => known.startsWith(word))
}

const keptMost = 20

/** The ids after a call to `id`. */
export function usedAfter(used: readonly string[], id: string): string[] {
  return [id, ...used.filter((one) => one !== id)].slice(0, keptMost)
}
