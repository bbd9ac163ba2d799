// A value that many components watch; the smallest thing useSyncExternalStore needs.
export type Store<T> = {
  readonly get: () => T
  readonly subscribe: (listener: () => void) => () => void
}

export type WritableStore<T> = Store<T> & { readonly set: (value: T) => void }

/** Makes a store; setting the value it already holds tells nobody. */
export function createStore<T>(first: T): WritableStore<T> {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
  }
}
