// The keys of the paper forms: Enter walks from field to field, Ctrl+Enter records.
import type { KeyboardEvent } from 'react'

/** Enter goes to the next field, Ctrl+Enter records. A list that is open takes its Enter itself. */
export function onFormKey(event: KeyboardEvent<HTMLFormElement>, submit: () => void): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  const isWords = event.target instanceof HTMLTextAreaElement && event.shiftKey
  const isList = event.target instanceof HTMLElement && event.target.getAttribute('aria-expanded') === 'true'
  if (isWords || (isList && !event.ctrlKey)) return
  event.preventDefault()
  event.stopPropagation()
  if (event.ctrlKey) submit()
  else toNext(event.currentTarget, event.target)
}

/** Goes to the field after this one. */
export function toNext(form: HTMLElement | null, from: EventTarget | null): void {
  const fields = [...(form?.querySelectorAll<HTMLElement>('.input, [type="checkbox"]') ?? [])]
  fields[fields.indexOf(from as HTMLElement) + 1]?.focus()
}
