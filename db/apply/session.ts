// Rows of sign-ins, operators and exports: who worked when, with which role, and what left the desk as a file.
import type { Db } from '../open.ts'
import { factOf, splitAggregate } from './fact.ts'
import { insertFact } from './insert.ts'
import type { KnownOp } from './known-op.ts'

type SessionOp = KnownOp<'SessionOpened'> | KnownOp<'SessionClosed'> | KnownOp<'OperatorStateSet'>

/** What an operator is from now on: who signs in is ready, who signs out is not there. */
function applyState(db: Db, op: SessionOp): void {
  const said = op.kind === 'OperatorStateSet' ? op : null
  insertFact(db, 'operator_state', {
    session: splitAggregate(op.on).id,
    ...factOf(op),
    state: said?.body.state ?? (op.kind === 'SessionOpened' ? 'ready' : 'out'),
    reason: said?.body.reason ?? null,
    text: said?.personal?.text ?? null,
    call: said?.body.call ?? null,
  })
}

/** A sign-in, its end, or a state between them. */
export function applySession(db: Db, op: SessionOp): void {
  applyState(db, op)
  if (op.kind === 'OperatorStateSet') return
  const role = op.kind === 'SessionOpened' ? op.body.role : null
  insertFact(db, 'session_event', {
    session: splitAggregate(op.on).id,
    ...factOf(op),
    kind: op.kind,
    role,
  })
}

/** An operator as an admin set it; the latest counts. */
export function applyOperator(db: Db, op: KnownOp<'OperatorSet'>): void {
  insertFact(db, 'operator_set', {
    operator: splitAggregate(op.on).id,
    ...factOf(op),
    role: op.body.role,
    is_active: op.body.active ? 1 : 0,
    name: op.personal?.name ?? null,
  })
}

/** A file that a lead made. */
export function applyExport(db: Db, op: KnownOp<'ExportMade'>): void {
  const { what, day, rows, sha256 } = op.body
  insertFact(db, 'export_made', {
    export: splitAggregate(op.on).id,
    ...factOf(op),
    what,
    day,
    row_count: rows,
    sha256,
  })
}
