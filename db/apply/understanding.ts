// Joins the op store to the state: what it calls to turn ops into rows. It keeps what is to be derived until the store says so.
import { retryParked } from '../log/admit.ts'
import { parkOp } from '../log/insert.ts'
import type { Log, Understanding } from '../log/log.ts'
import { standingOf } from '../log/standing.ts'
import { aggregates, opsOn } from '../log/stored-op.ts'
import type { Db } from '../open.ts'
import { transact } from '../open.ts'
import { applyOp } from './apply.ts'
import type { Touched } from './derive.ts'
import { deriveTouched } from './derive.ts'
import type { NewlyParked } from './rebuild.ts'
import { isStateOutdated, rebuild, rebuildAll } from './rebuild.ts'

/** The understanding of one database connection. After a rolled-back transaction it may derive a little more than needed, never less. */
export function createUnderstanding(): Understanding {
  const touched: Touched = new Set()
  return {
    apply: (db, op) => {
      const result = applyOp(db, op, touched)
      return result.ok ? 'applied' : { parked: result.parked }
    },
    rebuild: (db, aggregate) => {
      park(db, rebuild(db, aggregate, opsOn))
    },
    derive: (db) => void deriveTouched(db, touched),
  }
}

/**
 * After an update that changed the rules: makes all rows again, and judges anew what was not understood before. Gives true
 * when it did; with many ops this takes minutes.
 */
export function renewState(log: Log): boolean {
  const { db } = log
  if (!isStateOutdated(db)) return false
  transact(db, () => {
    park(db, rebuildAll(db, aggregates(db), opsOn))
    retryParked(log, (origin) => standingOf(log, origin))
    log.understanding.derive(db)
  })
  return true
}

/** An op that counted and cannot be applied any more waits like any other that is not understood. */
function park(db: Db, ops: readonly NewlyParked[]): void {
  for (const { hash, reason } of ops) parkOp(db, hash, reason)
}
