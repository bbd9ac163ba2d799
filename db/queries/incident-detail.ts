// Reads one incident whole: its fields, reports, notes and relays. Names of agencies, drafts and the message are not here.
import type { Source } from '#domain/call.ts'
import type { CallId, IncidentId, OpId, ReportId } from '#domain/id.ts'
import type { EditableField, ReportField } from '#domain/incident.ts'
import { editableFields, reportFields } from '#domain/incident.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { FieldRow } from './heads.ts'
import { fieldsOf } from './heads.ts'
import type { IncidentFacts } from './incident-facts.ts'
import { incidentFacts } from './incident-facts.ts'
import type { MergedRow } from './merged.ts'
import { mergedInto, withMerged } from './merged.ts'
import type { RecordState } from './record-state.ts'
import { recordStates } from './record-state.ts'
import type { AlarmClock, RelayRow } from './relay-facts.ts'
import { relayRow, relaysOf } from './relay-facts.ts'

/** Typed later, from paper: by whom and when; null = recorded as it happened. */
type Paper = { readonly by: string; readonly at: number } | null

export type NoteRow = {
  readonly note: OpId
  readonly text: string
  readonly by: string
  readonly at: number
  readonly paper: Paper
  readonly isSystem: boolean
  readonly struck: { readonly by: string; readonly at: number; readonly reason: string } | null
}
/** `incident`: the one it was added to, which may have been merged into the one that shows it. */
export type ReportRow = {
  readonly report: ReportId
  readonly incident: IncidentId
  readonly call: CallId | null
  readonly source: Source
  readonly at: number
  readonly paper: Paper
} & Readonly<Record<ReportField, FieldRow>>
export type IncidentDetail = Omit<IncidentFacts, 'type' | 'priority' | 'activity'> &
  Readonly<Record<EditableField, FieldRow>> & {
    readonly recordState: RecordState
    readonly reports: ReportRow[]
    readonly notes: NoteRow[]
    readonly relays: RelayRow[]
    readonly merged: MergedRow[]
  }

/** Nobody reads further back on the screen; the op log has everything. */
const shownNotes = 500
const shownReports = 200

/** One incident, or null while its opening is not known. */
export function incidentDetail(db: Db, incident: IncidentId, clock: AlarmClock): IncidentDetail | null {
  const facts = incidentFacts(db, incident)
  if (facts === null) return null
  const { activity, type: _type, priority: _priority, ...shown } = facts
  const stateOf = recordStates(db)
  return {
    ...shown,
    ...fieldRows(db, `incident:${incident}`, editableFields),
    recordState: stateOf(activity),
    reports: reportsOf(db, incident),
    notes: notesOf(db, incident),
    relays: relaysOf(db, incident).map((relay) => relayRow(relay, clock, stateOf)),
    merged: mergedInto(db, incident),
  }
}

function fieldRows<Name extends string>(db: Db, aggregate: string, names: readonly Name[]): Record<Name, FieldRow> {
  const field = fieldsOf(db, aggregate)
  return Object.fromEntries(names.map((name) => [name, field(name)])) as Record<Name, FieldRow>
}

type ReportColumns = Timed & {
  readonly report: ReportId
  readonly call: CallId | null
  readonly source: Source | null
  readonly at: string
}

type Timed = { readonly time: number; readonly by: string; readonly happened_at: number | null }

/** When it happened, and who typed it when it came from paper. */
function timeOf({ time, by, happened_at: happenedAt }: Timed): { at: number; paper: Paper } {
  return happenedAt === null ? { at: time, paper: null } : { at: happenedAt, paper: { by, at: time } }
}

/** The reports of an incident, the oldest first, at most 200. Two ops may have added one report; the earlier counts. */
export function reportsOf(db: Db, incident: IncidentId): ReportRow[] {
  const rows = withMerged(db, incident).flatMap((one) =>
    prepared<ReportColumns>(
      db,
      'SELECT report, call, source, time, at, by, happened_at FROM report_counted WHERE incident = ? ORDER BY at, report, op LIMIT ?',
    )
      .all(one, shownReports)
      .map((row) => ({ ...row, incident: one })),
  )
  const seen = new Set<ReportId>()
  return inOrder(rows, incident)
    .slice(0, shownReports)
    .flatMap(({ report, call, source, incident: of, ...row }) => {
      if (seen.has(report)) return []
      seen.add(report)
      const fields = fieldRows(db, `report:${report}`, reportFields)
      return [{ report, incident: of, call, source: source ?? 'other', ...timeOf(row), ...fields }]
    })
}

/** Of several incidents those of the root come first: its first caller is the one that is quoted. */
function inOrder<Row extends { at: string; incident: IncidentId }>(rows: Row[], root: IncidentId): Row[] {
  const place = (row: Row): number => (row.incident === root ? 0 : 1)
  return rows.sort((a, b) => place(a) - place(b) || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

type NoteColumns = Timed & {
  readonly op: OpId
  readonly text: string | null
  readonly at: string
}

/** The newest notes of an incident, the oldest of them first. */
function notesOf(db: Db, incident: IncidentId): NoteRow[] {
  const incidents = withMerged(db, incident)
  const notes = incidents.flatMap((one) =>
    prepared<NoteColumns>(
      db,
      'SELECT op, text, by, time, at, happened_at FROM note WHERE incident = ? ORDER BY at DESC, op DESC LIMIT ?',
    ).all(one, shownNotes),
  )
  if (incidents.length > 1) notes.sort((a, b) => (a.at === b.at ? (a.op < b.op ? 1 : -1) : a.at < b.at ? 1 : -1))
  const struck = new Map(incidents.flatMap((one) => [...strikesOf(db, one)]))
  return notes
    .slice(0, shownNotes)
    .toReversed()
    .map(({ op, text, by, ...row }) => ({
      note: op,
      text: text ?? '',
      by,
      ...timeOf({ ...row, by }),
      isSystem: by === 'system',
      struck: struck.get(op) ?? null,
    }))
}

/** The first strike of each note. */
function strikesOf(db: Db, incident: IncidentId): ReadonlyMap<OpId, NonNullable<NoteRow['struck']>> {
  const rows = prepared<{ note: OpId; by: string; time: number; at: string; reason: string | null }>(
    db,
    'SELECT note, by, time, at, reason FROM note_strike WHERE incident = ?',
  ).all(incident)
  rows.sort((a, b) => (a.at < b.at ? 1 : -1))
  return new Map(rows.map(({ note, by, time, reason }) => [note, { by, at: time, reason: reason ?? '' }]))
}
