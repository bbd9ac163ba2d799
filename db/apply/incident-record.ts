// Reads everything recorded of one incident: what its row and the row of its root are derived from.
import type { RelayStep } from '#domain/relay.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { Activity } from './activity.ts'
import { see, seeText } from './activity.ts'
import type { Fact } from './fact.ts'
import { compareFacts } from './fact.ts'
import type { Heads, StoredSet } from './field.ts'
import { hasManyHeads, headsAmong, setsOf } from './field.ts'
import { standing, strikesOn } from './strike.ts'

export type Opened = Fact & {
  readonly label: string
  readonly source: string | null
  readonly happened_at: number | null
}
type ReportAdded = Fact & { readonly report: string }
type Strike = Fact & { readonly note: string }
export type RelayRow = {
  readonly relay: string
  readonly step: RelayStep
  readonly told_at: number
  readonly handled_due_at: number | null
  readonly alarm_since: number | null
  readonly typed_at: number | null
  readonly activity: string
}

/** `openings` in their order; `reports` that count, `reportIds` without doubles; `struckReports` were taken back. */
export type IncidentRecord = {
  readonly incident: string
  readonly sets: readonly StoredSet[]
  readonly heads: Heads
  readonly openings: readonly Opened[]
  readonly notes: readonly Fact[]
  readonly strikes: readonly Strike[]
  readonly reports: readonly ReportAdded[]
  readonly reportIds: readonly string[]
  readonly struckReports: readonly ReportAdded[]
  readonly relays: readonly RelayRow[]
}

export function incidentRecord(db: Db, incident: string): IncidentRecord {
  const sets = setsOf(db, `incident:${incident}`)
  const added = factsOf<ReportAdded>(db, 'report_added', incident)
  const reports = added.filter((row) => standing([row], strikesOn(db, `report:${row.report}`)).length > 0)
  return {
    incident,
    sets,
    heads: headsAmong(sets),
    openings: factsOf<Opened>(db, 'incident_opened', incident).sort(compareFacts),
    notes: prepared<Fact>(db, 'SELECT op, at, time, by, origin, seq FROM note WHERE incident = ?').all(incident),
    strikes: factsOf<Strike>(db, 'note_strike', incident),
    reports,
    reportIds: [...new Set(reports.map((row) => row.report))],
    struckReports: added.filter((row) => !reports.includes(row)),
    relays: relaysOf(db, incident),
  }
}

/** The relays of an incident, also of one whose opening is not known. */
export function relaysOf(db: Db, incident: string): RelayRow[] {
  return prepared<RelayRow>(
    db,
    `SELECT relay, step, told_at, handled_due_at, alarm_since, typed_at, activity FROM relay
     WHERE incident = ? ORDER BY told_at, relay`,
  ).all(incident)
}

/** The facts of one table about an incident. */
function factsOf<Row>(db: Db, table: 'incident_opened' | 'note_strike' | 'report_added', incident: string): Row[] {
  return prepared<Row>(db, `SELECT * FROM ${table} WHERE incident = ?`).all(incident)
}

/** Adds what touched an incident to an activity. Gives true when two people set a field of one of its reports differently. */
export function seeRecord(db: Db, record: IncidentRecord, activity: Activity): boolean {
  const { sets, openings, notes, strikes, reports, struckReports, relays } = record
  for (const facts of [sets, openings, notes, strikes, reports, struckReports]) see(activity, facts)
  for (const relay of relays) seeText(activity, relay.activity)
  for (const { report } of struckReports) {
    if (!record.reportIds.includes(report)) seeReport(db, report, activity)
  }
  return record.reportIds.map((report) => seeReport(db, report, activity)).includes(true)
}

function seeReport(db: Db, report: string, activity: Activity): boolean {
  const sets = setsOf(db, `report:${report}`)
  see(activity, sets)
  see(activity, strikesOn(db, `report:${report}`))
  return hasManyHeads(headsAmong(sets))
}
