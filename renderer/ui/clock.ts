// The one clock of a window: ticks once a second for everything that shows a time.
import { useSyncExternalStore } from 'react'
import type { Instant } from '#domain/time.ts'

let now = Date.now()
let timer: ReturnType<typeof setInterval> | null = null
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}
function get(): Instant {
  if (timer === null) now = Date.now()
  return now
}

/** The present instant, renewed each second. Re-renders only the component that asks. */
export function useNow(): Instant {
  return useSyncExternalStore(subscribe, get)
}
