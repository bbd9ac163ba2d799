// Takes the focus for something the operator just opened, and gives it back where it was when that closes.
import { useEffect, type RefObject } from 'react'

/** The focus goes to the first element that fits `selector`, else to the opened element itself. */
export function useBorrowedFocus(opened: RefObject<HTMLElement | null>, selector: string): void {
  useEffect(() => {
    const before = document.activeElement
    const first = opened.current?.querySelector<HTMLElement>(selector) ?? opened.current
    first?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [opened, selector])
}
