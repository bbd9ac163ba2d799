// Reads what the agencies are told of an incident: the values work goes on with, and every place anybody gave.
import type { IncidentId } from '#domain/id.ts'
import type { Priority, ReportField } from '#domain/incident.ts'
import type { Answers } from '#domain/protocol.ts'
import type { Db } from '../open.ts'
import { answerRows, answersOf } from './answers.ts'
import { fieldsOf } from './heads.ts'
import { reportsOf } from './incident-detail.ts'
import { incidentFacts } from './incident-facts.ts'
import { rootOf } from './merged.ts'

/** `villages` are the values of all heads, the first the one work goes on with; codes or free text. */
export type IncidentMessage = {
  readonly incident: IncidentId
  readonly label: string
  readonly openedAt: number
  readonly priority: Priority | null
  readonly type: string | null
  readonly village: string | null
  readonly villages: readonly string[]
  readonly answers: Answers
  readonly rtRw: string | null
  readonly landmark: string | null
  readonly text: string | null
  readonly words: string | null
  readonly name: string | null
  readonly relation: string | null
  readonly callback: string | null
}

/**
 * The message of an incident, or of the one it was merged into; null while its opening is not known. Of several callers the
 * first who gave a fact is quoted.
 */
export function incidentMessage(db: Db, incident: IncidentId): IncidentMessage | null {
  const root = rootOf(db, incident)
  const facts = incidentFacts(db, root)
  if (facts === null) return null
  const field = fieldsOf(db, `incident:${root}`)
  const village = field('village')
  const reports = reportsOf(db, root)
  const said = (name: ReportField) => reports.find((report) => report[name].value !== null)?.[name].value ?? null
  return {
    incident: root,
    label: facts.label,
    openedAt: facts.openedAt,
    priority: facts.priority,
    type: facts.type,
    village: village.value,
    villages: [village.value, ...village.conflicts.map((other) => other.value)].filter((value) => value !== null),
    answers: answersOf(answerRows(db, incident)),
    rtRw: field('rtRw').value,
    landmark: field('landmark').value,
    text: field('text').value,
    words: said('words'),
    name: said('name'),
    relation: said('relation'),
    callback: said('callback'),
  }
}
