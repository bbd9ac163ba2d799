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

/** `openings` in their order; `reportIds` without doubles. */
export type IncidentRecord = {
  readonly incident: string
  readonly sets: readonly StoredSet[]
  readonly heads: Heads
  readonly openings: readonly Opened[]
  readonly notes: readonly Fact[]
  readonly strikes: readonly Strike[]
  readonly reports: readonly ReportAdded[]
  readonly reportIds: readonly string[]
  readonly relays: readonly RelayRow[]
}

export function incidentRecord(db: Db, incident: string): IncidentRecord {
  const sets = setsOf(db, `incident:${incident}`)
  const reports = factsOf<ReportAdded>(db, 'report_added', incident)
  return {
    incident,
    sets,
    heads: headsAmong(sets),
    openings: factsOf<Opened>(db, 'incident_opened', incident).sort(compareFacts),
    notes: prepared<Fact>(db, 'SELECT op, at, time, by, origin, seq FROM note WHERE incident = ?').all(incident),
    strikes: factsOf<Strike>(db, 'note_strike', incident),
    reports,
    reportIds: [...new Set(reports.map((row) => row.report))],
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
  const { sets, openings, notes, strikes, reports, relays } = record
  for (const facts of [sets, openings, notes, strikes, reports]) see(activity, facts)
  for (const relay of relays) seeText(activity, relay.activity)
  return record.reportIds.map((report) => seeReport(db, report, activity)).includes(true)
}

function seeReport(db: Db, report: string, activity: Activity): boolean {
  const sets = setsOf(db, `report:${report}`)
  see(activity, sets)
  return hasManyHeads(headsAmong(sets))
}
