// Rows of a report, one caller's account of an incident.
import { isPersonalField } from '#domain/incident.ts'
import type { Db } from '../open.ts'
import { factOf, splitAggregate } from './fact.ts'
import { setField } from './field.ts'
import { insertFact } from './insert.ts'
import type { KnownOp } from './known-op.ts'

/** A report joins an incident; the incident may not be here yet. */
export function applyReport(db: Db, op: KnownOp<'ReportAdded'>): void {
  const { incident, call = null, source = null, happenedAt = null } = op.body
  const report = splitAggregate(op.on).id
  insertFact(db, 'report_added', { report, ...factOf(op), incident, call, source, happened_at: happenedAt })
}

/** A set of a field. The value of a personal field is taken from the personal part only. */
export function applyReportField(db: Db, op: KnownOp<'ReportFieldSet'>): void {
  const { field, over } = op.body
  const source = isPersonalField(field) ? op.personal : op.body
  setField(db, factOf(op), { aggregate: op.on, field, value: source?.value ?? null, over })
}
