// Open subscriptions: after a change every one is run again and pushed when its value differs. Nobody declares what a query reads.
export type Live = {
  /** Runs `read` now and after every change; pushes the first value and each one that differs. Returns how to stop. */
  readonly watch: <T>(read: () => T, push: (value: T) => void) => () => void
  /** Something changed: all subscriptions are run again, once, soon. */
  readonly changed: () => void
  /** Something rings, or somebody waits for what this desk recorded: they are run again without the pause between two runs. */
  readonly urgent: () => void
  readonly stop: () => void
}

type Subscription = { run: () => void }

/** How much longer than a run the pause after it is. */
const pauseFactor = 4

/**
 * Makes the set of subscriptions of one core.
 * While changes pour in (a backlog drains) the runs take a fifth of the time at most, and the pause between two is never longer
 * than `quietMs`; the first change is served at once.
 */
export function createLive(options: { quietMs: number; onError: (error: unknown) => void }): Live {
  const open = new Set<Subscription>()
  let timer: NodeJS.Timeout | null = null
  let isUrgent = false
  let endedAt = 0
  let tookMs = 0

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    isUrgent = false
    const begunAt = performance.now()
    for (const subscription of open) subscription.run()
    endedAt = performance.now()
    tookMs = endedAt - begunAt
  }
  const changed = (): void => {
    if (timer !== null || open.size === 0) return
    const pause = Math.min(options.quietMs, pauseFactor * tookMs)
    timer = setTimeout(flush, Math.max(0, endedAt + pause - performance.now()))
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
    urgent: () => {
      if (open.size === 0 || isUrgent) return
      if (timer !== null) clearTimeout(timer)
      isUrgent = true
      timer = setTimeout(flush, 0)
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      open.clear()
    },
  }
}
