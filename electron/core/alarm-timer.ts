// Time passing as a cause: when the alarm of a relay falls due, the screens are run again. Never a poll.
import type { RelayId } from '#domain/id.ts'
import type { Clock } from '#domain/time.ts'
import type { Db } from '#db/open.ts'
import { waitingRelays } from '#db/queries/alarms.ts'

export type AlarmTimer = {
  /** Something was committed: the next due time may have changed. */
  readonly set: () => void
  /** How long a relay waits that was told at `since` (true time, UTC ms): by the clock, or as long as this core has seen it wait. */
  readonly waitedMs: (relay: RelayId, since: number) => number
  readonly stop: () => void
}

export type AlarmTimerFacts = {
  readonly db: Db
  /** True time: the desk's clock corrected by what was measured against the centre. */
  readonly clock: Clock
  /** How long a P1 relay may wait for its answer (ms). */
  readonly limitMs: number
  readonly onDue: () => void
}

/** Timers may fire a little early against the wall clock; this is added so that "due" is true when they do (ms). */
const slackMs = 5
/** Looked at again at least so often, because the clock may be set meanwhile (ms). */
const longestMs = 60_000

/** Watches the alarm that rings next. A clock that is set back must not keep an alarm from ringing. */
export function startAlarmTimer({ db, clock, limitMs, onDue }: AlarmTimerFacts): AlarmTimer {
  /** Steady time at which a waiting relay was told, as far as this core can tell. */
  const toldAtSteady = new Map<RelayId, number>()
  let timer: NodeJS.Timeout | null = null
  let isStopped = false

  const waitedMs = (relay: RelayId, since: number): number => {
    const byClock = clock.now() - since
    const told = toldAtSteady.get(relay)
    return told === undefined ? byClock : Math.max(byClock, performance.now() - told)
  }
  const set = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (isStopped) return
    const waiting = waitingRelays(db)
    const still = new Set(waiting.map(({ relay }) => relay))
    for (const relay of toldAtSteady.keys()) if (!still.has(relay)) toldAtSteady.delete(relay)
    const next = waiting.map(({ relay, since }) => {
      const waited = waitedMs(relay, since)
      if (!toldAtSteady.has(relay)) toldAtSteady.set(relay, performance.now() - Math.max(0, waited))
      return limitMs - (Math.max(0, waited) % limitMs)
    })
    if (next.length > 0) timer = setTimeout(due, Math.min(longestMs, ...next) + slackMs)
  }
  const due = (): void => {
    onDue()
    set()
  }
  set()
  const stop = (): void => {
    isStopped = true
    if (timer !== null) clearTimeout(timer)
  }
  return { set, waitedMs, stop }
}
