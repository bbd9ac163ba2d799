// Rows of an incident: its opening, its fields and decisions, its notes. It must not derive a status.
import { answerField, isPersonalField } from '#domain/incident.ts'
import type { Db } from '../open.ts'
import { factOf, splitAggregate } from './fact.ts'
import { setField } from './field.ts'
import { insertFact } from './insert.ts'
import type { KnownOp } from './known-op.ts'

/** The opening; type and priority given with it count as sets, so that a later set can cite them. */
export function applyIncidentOpened(db: Db, op: KnownOp<'IncidentOpened'>): void {
  const fact = factOf(op)
  const { label, type, priority, source, happenedAt = null, why = null } = op.body
  const incident = splitAggregate(op.on).id
  insertFact(db, 'incident_opened', { incident, ...fact, label, source: source ?? null, happened_at: happenedAt })
  for (const [field, value] of Object.entries({ type, priority })) {
    if (typeof value === 'string') setField(db, fact, { aggregate: op.on, field, value, over: [], why })
  }
}

/** A set of a field. The value of a personal field is taken from the personal part only. */
export function applyIncidentField(db: Db, op: KnownOp<'IncidentFieldSet'>): void {
  const { field, over, disposition, saw, why } = op.body
  const source = isPersonalField(field) ? op.personal : op.body
  setField(db, factOf(op), {
    aggregate: op.on,
    field,
    value: source?.value ?? null,
    over,
    disposition: disposition ?? null,
    saw: saw === undefined ? null : JSON.stringify(saw),
    why: why ?? null,
  })
}

/** An answer is a changeable field of its own, and a fact: when it was given, and by which protocol it was asked. */
export function applyAnswer(db: Db, op: KnownOp<'QuestionAnswered'>): void {
  const { protocol, version, question, answer, over } = op.body
  const fact = factOf(op)
  insertFact(db, 'answer_given', { incident: splitAggregate(op.on).id, ...fact, protocol, version, question, answer })
  setField(db, fact, { aggregate: op.on, field: answerField(question), value: answer, over })
}

/** A timed note; its id is the id of its op. */
export function applyNote(db: Db, op: KnownOp<'NoteAdded'>): void {
  const written = { text: op.personal?.text ?? null, happened_at: op.body.happenedAt ?? null }
  insertFact(db, 'note', { incident: splitAggregate(op.on).id, ...factOf(op), ...written })
}

/** A note is struck, never deleted; the note itself may not be here yet. */
export function applyStrike(db: Db, op: KnownOp<'NoteStruck'>): void {
  const reason = op.personal?.reason ?? null
  const incident = splitAggregate(op.on).id
  insertFact(db, 'note_strike', { incident, note: op.body.note, ...factOf(op), reason })
}
