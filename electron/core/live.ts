// Open subscriptions: after a change every one is run again and pushed when its value differs. Nobody declares what a query reads.
export type Live = {
  /** Runs `read` now and after every change; pushes the first value and each one that differs. Returns how to stop. */
  readonly watch: <T>(read: () => T, push: (value: T) => void) => () => void
  /** Something changed: all subscriptions are run again, once, soon. */
  readonly changed: () => void
  /** Runs them at once; the values that a commit changed leave before its reply. */
  readonly flush: () => void
  readonly stop: () => void
}

type Subscription = { run: () => void }

/**
 * Makes the set of subscriptions of one core.
 * `quietMs` is the least time between two runs while changes pour in (a backlog drains); the first change is served at once.
 */
export function createLive(options: { quietMs: number; onError: (error: unknown) => void }): Live {
  const open = new Set<Subscription>()
  let timer: NodeJS.Timeout | null = null
  let ranAt = 0

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    ranAt = Date.now()
    for (const subscription of open) subscription.run()
  }
  const changed = (): void => {
    if (timer !== null || open.size === 0) return
    const wait = Math.max(0, ranAt + options.quietMs - Date.now())
    timer = setTimeout(flush, wait)
  }
  return {
    watch: (read, push) => {
      let lastValue: unknown
      let last: string | undefined
      const subscription = {
        run: () => {
          try {
            const value = read()
            if (last !== undefined && value === lastValue) return
            lastValue = value
            const text = JSON.stringify(value)
            if (text === last) return
            last = text
            push(value)
          } catch (error) {
            options.onError(error)
          }
        },
      }
      open.add(subscription)
      subscription.run()
      return () => void open.delete(subscription)
    },
    changed,
    flush,
    stop: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      open.clear()
    },
  }
}
