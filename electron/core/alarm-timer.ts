// Time passing as a cause: when the alarm of a relay falls due, the screens are run again. Never a poll.
import type { Db } from '#db/open.ts'
import { nextAlarmAt } from '#db/queries/alarms.ts'
import type { Clock } from '#domain/time.ts'

export type AlarmTimer = {
  /** Something was committed: the next due time may have changed. */
  readonly set: () => void
  readonly stop: () => void
}

/** Timers may fire a little early against the wall clock; this is added so that "due" is true when they do (ms). */
const slackMs = 5
const longestMs = 60_000

/** Watches the earliest due alarm; `limitMs` is how long a P1 relay may wait for its answer. */
export function startAlarmTimer(facts: { db: Db; clock: Clock; limitMs: number; onDue: () => void }): AlarmTimer {
  let timer: NodeJS.Timeout | null = null
  let soon: NodeJS.Immediate | null = null
  const look = (): void => {
    soon = null
    if (timer !== null) clearTimeout(timer)
    timer = null
    const now = facts.clock.now()
    const at = nextAlarmAt(facts.db, { now, limitMs: facts.limitMs })
    if (at === null) return
    // Looked at again at least once a minute, because the clock may be set meanwhile.
    timer = setTimeout(due, Math.min(longestMs, Math.max(0, at - now) + slackMs))
  }
  const due = (): void => {
    facts.onDue()
    look()
  }
  look()
  return {
    // After the reply has left: the person who waits for it does not wait for this.
    set: () => {
      soon ??= setImmediate(look)
    },
    stop: () => {
      if (soon !== null) clearImmediate(soon)
      if (timer !== null) clearTimeout(timer)
    },
  }
}
