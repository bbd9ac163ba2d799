// Makes the state again in the background after an update, in slices that give way to calls and commands. It must not know the rows.
import type { Renewal } from '#db/apply/renewal.ts'
import { databaseFailure } from '#db/open.ts'
import type { Health } from './health.ts'
import { writeLog } from './log-line.ts'

export type RenewalRunner = {
  /** Something was recorded here: whoever did it goes on in a moment, and shall not wait. */
  readonly yield: () => void
  readonly stop: () => void
}

type Facts = {
  readonly renewal: Renewal
  readonly health: Health
  /** A call rings or is in hand: nothing is done until it is over. */
  readonly isCallOpen: () => boolean
  /** Rows changed. */
  readonly changed: () => void
  readonly onFatal: (error: unknown) => void
}

/** Less than a frame of the page, and much less than anybody notices between key and answer (ms). */
const sliceMs = 8
/** Between two slices; as long again, so that sync and pushes get half of the time (ms). */
const pauseMs = 8
/** After a command (ms). */
const afterCommandMs = 250
/** While a call is open, or after the disk refused (ms). */
const waitMs = 1_000

/** Begins where the last run ended; nothing happens when nothing is outdated. */
export function runRenewal({ renewal, health, isCallOpen, changed, onFatal }: Facts): RenewalRunner {
  let timer: NodeJS.Timeout | undefined
  let quietFrom = 0
  let percent: number | null = null

  const show = (): void => {
    const now = renewal.isPending() ? Math.floor(renewal.share() * 100) : null
    if (now === percent) return
    percent = now
    health.setRenewal(now)
    changed()
  }
  const later = (ms: number): void => {
    timer = setTimeout(work, ms)
  }
  const work = (): void => {
    const quietIn = quietFrom - performance.now()
    if (isCallOpen()) return later(waitMs)
    if (quietIn > 0) return later(quietIn)
    try {
      const isWritten = health.tried(() => void renewal.slice(sliceMs))
      show()
      if (renewal.isPending()) later(isWritten ? pauseMs : waitMs)
    } catch (error) {
      fail(error)
    }
  }
  /** A damaged file ends core. A fault in the rules must not: core would never come up again; the next program tries anew. */
  const fail = (error: unknown): void => {
    if (databaseFailure(error) === 'corrupted') return onFatal(error)
    writeLog('error', 'renewal stopped', {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
    health.setRenewal(null)
    health.notice('renewal-failed')
  }
  show()
  if (renewal.isPending()) later(0)
  return {
    yield: () => {
      quietFrom = performance.now() + afterCommandMs
    },
    stop: () => clearTimeout(timer),
  }
}
