// Finds actions by their names as people half remember them. Runs nothing.
import { allowedErrors, searchWords, typingErrors } from '#domain/search-text.ts'

export type Named<Id extends string> = { readonly id: Id; readonly title: string; readonly keys: string }

/** 0 for the beginning of a word, 1 for a place inside it, 2 for typing errors, null for no fit. */
function fit(word: string, among: readonly string[]): number | null {
  if (among.some((one) => one.startsWith(word))) return 0
  if (word.length > 2 && among.some((one) => one.includes(word))) return 1
  const limit = allowedErrors(word.length)
  return limit > 0 && among.some((one) => typingErrors(word, one, limit).prefix <= limit) ? 2 : null
}

/** Those whose name or key fits every typed word, the best first; all of them when nothing is typed. */
export function findActions<Id extends string>(actions: readonly Named<Id>[], text: string): Named<Id>[] {
  const words = searchWords(text)
  const ranked = actions.flatMap((action) => {
    const among = [...searchWords(action.title), ...searchWords(action.keys), searchWords(action.keys).join('')]
    const fits = words.map((word) => fit(word, among))
    const sum = fits.reduce<number>((total, one) => total + (one ?? 0), 0)
    return fits.includes(null) ? [] : [{ action, sum }]
  })
  return ranked.sort((a, b) => a.sum - b.sum).map(({ action }) => action)
}
