// Arrow keys in a list of rows: one row is in the tab order, the arrows move it. Opens and changes nothing itself.
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react'

/** What a list needs to move its row cursor. Rows carry their id in `data-row`. */
export function useRows<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  current: string | null,
  onMove: (id: string) => void,
  list: RefObject<HTMLElement | null>,
): { onKeyDown: (event: KeyboardEvent) => void; isCurrent: (row: Row) => boolean } {
  const wished = useRef<string | null>(null)
  useEffect(() => {
    if (wished.current === null) return
    list.current?.querySelector<HTMLElement>(`[data-row="${wished.current}"]`)?.focus()
    wished.current = null
  })
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = rows.findIndex((row) => idOf(row) === current)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    const row = to === undefined ? undefined : rows[Math.max(0, Math.min(to, rows.length - 1))]
    if (row === undefined) return
    event.preventDefault()
    wished.current = idOf(row)
    onMove(idOf(row))
  }
  return { onKeyDown, isCurrent: (row) => idOf(row) === current }
}
