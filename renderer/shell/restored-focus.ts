// After a reload of the page the caret stands where it was. Never moves the focus at any other time.
import { useEffect, useRef } from 'react'

const keptKey = 'meja.field'

/** Remembers which field has the focus, and gives it back once, when the page starts. */
export function useRestoredFocus(): void {
  const wanted = useRef(localStorage.getItem(keptKey))
  useEffect(() => {
    const remember = (event: FocusEvent): void => {
      const field = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-field]') : null
      if (field === null) localStorage.removeItem(keptKey)
      else localStorage.setItem(keptKey, field.dataset.field ?? '')
    }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])
  useEffect(() => {
    if (wanted.current === null || document.activeElement !== document.body) return
    const input = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(wanted.current)}"] .input`)
    wanted.current = null
    input?.focus()
  }, [])
}
