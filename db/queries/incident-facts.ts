// Reads what commands must know of incidents, notes and reports before they decide.
import type { Source } from '#domain/call.ts'
import type { IncidentId, OpId, ReportId } from '#domain/id.ts'
import type { Decision, Disposition, IncidentStatus, Priority } from '#domain/incident.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { withMerged } from './merged.ts'
import { activityOf } from './record-state.ts'

/** What an incident is now. `activity` = { origin: highest seq }: what a person closing it has seen. */
export type IncidentFacts = {
  readonly incident: IncidentId
  readonly label: string
  readonly openedAt: number
  readonly by: string
  /** Typed later, from paper: by whom and when; null = recorded as it happened. */
  readonly paper: { readonly by: string; readonly at: number } | null
  readonly source: Source
  readonly type: string | null
  readonly priority: Priority | null
  readonly status: IncidentStatus
  readonly decision: Decision | null
  readonly disposition: Disposition | null
  readonly hasNews: boolean
  /** The incident that this one was merged into, with its label; null while it stands for itself. */
  readonly root: { readonly incident: IncidentId; readonly label: string } | null
  readonly isUmbrella: boolean
  readonly activity: Record<string, number>
}

type Row = {
  readonly incident: IncidentId
  readonly label: string
  readonly opened_at: number
  readonly opened_by: string
  readonly typed_at: number | null
  readonly source: Source | null
  readonly type: string | null
  readonly priority: Priority | null
  readonly status: IncidentStatus
  readonly decision: Decision | null
  readonly disposition: Disposition | null
  readonly has_news: number
  readonly root: IncidentId | null
  readonly root_label: string | null
  readonly is_umbrella: number
  readonly activity: string
}

/** The facts of an incident, or null while its opening is not known. */
export function incidentFacts(db: Db, incident: IncidentId): IncidentFacts | null {
  const row = prepared<Row>(
    db,
    `SELECT own.*, root.label AS root_label FROM incident AS own LEFT JOIN incident AS root ON root.incident = own.root
     WHERE own.incident = ?`,
  ).get(incident)
  if (row === undefined) return null
  return {
    incident: row.incident,
    label: row.label,
    openedAt: row.opened_at,
    by: row.opened_by,
    paper: row.typed_at === null ? null : { by: row.opened_by, at: row.typed_at },
    source: row.source ?? 'other',
    type: row.type,
    priority: row.priority,
    status: row.status,
    decision: row.decision,
    disposition: row.disposition,
    hasNews: row.has_news === 1,
    root: row.root === null ? null : { incident: row.root, label: row.root_label ?? '' },
    isUmbrella: row.is_umbrella === 1,
    activity: activityOf(row),
  }
}

/** Whether a note of an incident or of one merged into it is struck, and of which; null when there is no such note. */
export function noteFacts(
  db: Db,
  incident: IncidentId,
  note: OpId,
): { readonly isStruck: boolean; readonly incident: IncidentId } | null {
  for (const one of withMerged(db, incident)) {
    const found = ownNote(db, one, note)
    if (found !== null) return { ...found, incident: one }
  }
  return null
}

function ownNote(db: Db, incident: IncidentId, note: OpId): { readonly isStruck: boolean } | null {
  const row = prepared<{ isStruck: number }>(
    db,
    `SELECT EXISTS (SELECT 1 FROM note_strike s WHERE s.incident = note.incident AND s.note = note.op) AS isStruck
     FROM note WHERE incident = ? AND op = ?`,
  ).get(incident, note)
  return row === undefined ? null : { isStruck: row.isStruck === 1 }
}

/** The incident a report belongs to, or null when there is no such report. */
export function reportFacts(db: Db, report: ReportId): { readonly incident: IncidentId } | null {
  const rows = prepared<{ incident: IncidentId; at: string }>(
    db,
    'SELECT incident, at FROM report_added WHERE report = ? ORDER BY op',
  ).all(report)
  const [first, ...others] = rows
  if (first === undefined) return null
  return { incident: others.reduce((earlier, row) => (row.at < earlier.at ? row : earlier), first).incident }
}
