// Reads the answers of an incident, by which protocol they were asked, and whether a person decided its priority.
import type { IncidentId } from '#domain/id.ts'
import { questionOfField } from '#domain/incident.ts'
import type { Answers } from '#domain/protocol.ts'
import { headsOf } from '../apply/field.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { fieldRow, type FieldRow } from './heads.ts'

/** Question to its answer; who answered differently meanwhile is in `conflicts`. */
export type AnswerRows = Readonly<Record<string, FieldRow>>

/** Every question of an incident that was ever answered, also when the answer was taken back. */
export function answerRows(db: Db, incident: IncidentId): AnswerRows {
  const rows: Record<string, FieldRow> = {}
  for (const [field, heads] of headsOf(db, `incident:${incident}`)) {
    const question = questionOfField(field)
    if (question !== null) rows[question] = fieldRow(heads)
  }
  return rows
}

/** The answers that work goes on with. */
export function answersOf(rows: AnswerRows): Answers {
  return Object.fromEntries(Object.entries(rows).map(([question, row]) => [question, row.value]))
}

type Given = { readonly op: string; readonly at: string; readonly protocol: string; readonly version: number }

/** The protocol of the newest answer and its version then; null while nothing was answered. */
export function recordedProtocol(db: Db, incident: IncidentId): { protocol: string; version: number } | null {
  const sql = 'SELECT op, at, protocol, version FROM answer_given WHERE incident = ?'
  const given = prepared<Given>(db, sql).all(incident)
  const [newest] = given.toSorted((a, b) => (a.at + a.op < b.at + b.op ? 1 : -1))
  return newest === undefined ? null : { protocol: newest.protocol, version: newest.version }
}

/** True once a person chose the priority; until then it follows the type and the answers. */
export function isPriorityDecided(db: Db, incident: IncidentId): boolean {
  const heads = headsOf(db, `incident:${incident}`).get('priority') ?? []
  return heads.some(({ why }) => why === null)
}
