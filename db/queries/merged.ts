// Reads which incidents are one: the root of an incident, and what was merged into a root.
import type { IncidentId } from '#domain/id.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/** An incident that was merged into another; `hasNews` = something came that the merging person had not seen. */
export type MergedRow = {
  readonly incident: IncidentId
  readonly label: string
  readonly openedAt: number
  readonly hasNews: boolean
}

/** The incident that shows everything of this one: itself unless it was merged. */
export function rootOf(db: Db, incident: IncidentId): IncidentId {
  const row = prepared<{ root: IncidentId | null }>(db, 'SELECT root FROM incident WHERE incident = ?').get(incident)
  return row?.root ?? incident
}

/** What was merged into a root, the oldest first; nothing for an absorbed incident. */
export function mergedInto(db: Db, root: IncidentId): MergedRow[] {
  const rows = prepared<Omit<MergedRow, 'hasNews'> & { hasNews: number }>(
    db,
    `SELECT incident, label, opened_at AS openedAt, has_news AS hasNews FROM incident
     WHERE root = ? LIMIT 200`,
  ).all(root)
  return rows
    .map((row) => ({ ...row, hasNews: row.hasNews === 1 }))
    .sort((a, b) => a.openedAt - b.openedAt || (a.incident < b.incident ? -1 : 1))
}

/** An incident with all that were merged into it. */
export function withMerged(db: Db, incident: IncidentId): IncidentId[] {
  return [incident, ...mergedInto(db, incident).map((row) => row.incident)]
}
