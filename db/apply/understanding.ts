// Joins the op store to the state: what it calls to turn ops into rows. It keeps what is to be derived until the store says so.
import { retryParked } from '../log/admit.ts'
import { parkOp } from '../log/insert.ts'
import type { Log, Understanding } from '../log/log.ts'
import { standingOf } from '../log/standing.ts'
import type { OpenLogOptions } from '../log/open-log.ts'
import { openLog } from '../log/open-log.ts'
import { aggregateBefore, hasOps, opCount, opsOn } from '../log/stored-op.ts'
import type { Db } from '../open.ts'
import { applyOp } from './apply.ts'
import type { Touched } from './derive.ts'
import { deriveTouched } from './derive.ts'
import type { NewlyParked } from './rebuild.ts'
import { rebuild } from './rebuild.ts'
import { Renewal } from './renewal.ts'

/**
 * The understanding of one database connection. After a rolled-back transaction it may derive a little more than needed, never
 * less. While a renewal is under way, what an op concerns is renewed before the op is applied.
 */
export function createUnderstanding(renewal: Renewal | null = null): Understanding {
  const touched: Touched = new Set()
  return {
    apply: (db, op) => {
      for (const aggregate of [op.on, ...(op.about ?? [])]) renewal?.ensure(aggregate)
      const result = applyOp(db, op, touched)
      return result.ok ? 'applied' : { parked: result.parked }
    },
    rebuild: (db, aggregate) => {
      park(db, rebuild(db, aggregate, opsOn))
    },
    derive: (db) => void deriveTouched(db, touched),
  }
}

/** An opened log whose rows may still be those of older rules; `renewal` says so, and makes them again slice by slice. */
export type RenewedLog = { readonly log: Log; readonly renewal: Renewal }

/**
 * Opens a log together with the renewal of its state. After an update that changed the rules the rows are made again from all
 * ops and what was not understood is judged anew: the caller asks for slices until there is nothing left to do.
 */
export function openRenewed(db: Db, options: Omit<OpenLogOptions, 'understanding'>): RenewedLog {
  const renewal = renewalOf(db, () => log)
  const log = openLog(db, { ...options, understanding: createUnderstanding(renewal) })
  return { log, renewal }
}

/** Renews all rows at once, which takes minutes with many ops: for programs that nobody waits for. Gives true when it did. */
export function renewState(log: Log): boolean {
  const renewal = renewalOf(log.db, () => log)
  if (!renewal.isPending()) return false
  while (!renewal.slice(wholeSliceMs)) continue
  return true
}

/** A kill loses this much at most (ms). */
const wholeSliceMs = 500

function renewalOf(db: Db, logOf: () => Log): Renewal {
  const retry = (): void => {
    const log = logOf()
    retryParked(log, (origin) => standingOf(log, origin))
    log.understanding.derive(db)
  }
  return new Renewal({ db, opsOn, aggregateBefore, hasOps, opCount, park, retryParked: retry })
}

/** An op that counted and cannot be applied any more waits like any other that is not understood. */
function park(db: Db, ops: readonly NewlyParked[]): void {
  for (const { hash, reason } of ops) parkOp(db, hash, reason)
}
