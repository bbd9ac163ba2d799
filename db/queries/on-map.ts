// Reads what the map needs of incidents: their number, priority and place.
import type { IncidentId } from '#domain/id.ts'
import type { Priority } from '#domain/incident.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/** `village` is the recorded place: a code, or the words that were typed. */
export type MapIncident = {
  readonly incident: IncidentId
  readonly label: string
  readonly priority: Priority | null
  readonly village: string | null
}

const columns = 'SELECT incident, label, priority, village FROM incident'

/** The first `limit` incidents on the board, in its order. */
export function incidentsOnMap(db: Db, limit: number): MapIncident[] {
  const sql = `${columns} WHERE is_on_board = 1 ORDER BY rank, opened_at, incident LIMIT ?`
  return prepared<MapIncident>(db, sql).all(limit)
}

/** One incident, whether it is open or not; null when it does not exist. */
export function incidentOnMap(db: Db, incident: IncidentId): MapIncident | null {
  return prepared<MapIncident>(db, `${columns} WHERE incident = ?`).get(incident) ?? null
}

/** The calls in which an incident was reported. */
export function callsOfIncident(db: Db, incident: IncidentId): string[] {
  const sql = 'SELECT DISTINCT call FROM report_counted WHERE incident = ? AND call IS NOT NULL ORDER BY call'
  return prepared<{ call: string }>(db, sql)
    .all(incident)
    .map(({ call }) => call)
}
