// Joins the op store to the state: what it calls to turn ops into rows. It keeps what is to be derived until the store says so.
import type { Understanding } from '../log/log.ts'
import { opsOn } from '../log/stored-op.ts'
import { applyOp } from './apply.ts'
import type { Touched } from './derive.ts'
import { deriveTouched } from './derive.ts'
import { rebuild } from './rebuild.ts'

/** The understanding of one database connection. After a rolled-back transaction it may derive a little more than needed, never less. */
export function createUnderstanding(): Understanding {
  const touched: Touched = new Set()
  return {
    apply: (db, op) => {
      const result = applyOp(db, op, touched)
      return result.ok ? 'applied' : { parked: result.parked }
    },
    rebuild: (db, aggregate) => {
      rebuild(db, aggregate, opsOn)
    },
    derive: (db) => deriveTouched(db, touched),
  }
}
