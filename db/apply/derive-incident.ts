// What the facts about one incident, its relays and its reports add up to: status, board row, news, and the alarms of its relays.
import type { Decision, Priority } from '#domain/incident.ts'
import { decisions, incidentStatus, isOpen } from '#domain/incident.ts'
import type { RelayStep } from '#domain/relay.ts'
import { isUnacknowledged } from '#domain/relay.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { Activity } from './activity.ts'
import { activityText, see, seeText } from './activity.ts'
import { putDerived } from './derived-row.ts'
import type { Fact } from './fact.ts'
import { compareFacts } from './fact.ts'
import type { Heads } from './field.ts'
import { hasManyHeads, headsAmong, rankOf, setsOf, valueOf } from './field.ts'
import { hasNewsSince } from './news.ts'

type Opened = Fact & { readonly label: string; readonly source: string | null }
type ReportAdded = Fact & { readonly report: string }
type Strike = Fact & { readonly note: string }
type RelayRow = {
  readonly relay: string
  readonly step: RelayStep
  readonly told_at: number
  readonly handled_due_at: number | null
  readonly alarm_since: number | null
  readonly activity: string
}

/** Writes the row of an incident, or none while its opening is not known, and the alarms of its relays in any case. */
export function deriveIncident(db: Db, incident: string): void {
  const sets = setsOf(db, `incident:${incident}`)
  const heads = headsAmong(sets)
  const relays = relaysOf(db, incident)
  deriveAlarms(db, rankOf(valueOf(heads, 'priority')), relays)
  const openings = factsOf<Opened>(db, 'incident_opened', incident).sort(compareFacts)
  const [opened] = openings
  if (opened === undefined) return putDerived(db, 'incident', incident, null)
  const notes = prepared<Fact>(db, 'SELECT op, at, time, by, origin, seq FROM note WHERE incident = ?').all(incident)
  const strikes = factsOf<Strike>(db, 'note_strike', incident)
  const reports = factsOf<ReportAdded>(db, 'report_added', incident)
  const activity: Activity = new Map()
  for (const facts of [sets, openings, notes, strikes, reports]) see(activity, facts)
  for (const relay of relays) seeText(activity, relay.activity)
  const reportIds = [...new Set(reports.map((row) => row.report))]
  const reportsConflict = reportIds.map((report) => seeReport(db, report, activity)).includes(true)
  const decided = heads.get('decision')?.[0]
  const decision = knownDecision(decided?.value ?? null)
  const merged = valueOf(heads, 'mergedInto') !== null
  const status = incidentStatus({ decision, merged, steps: relays.map((row) => row.step) })
  const recorded = { notes, reports, sets, relays: relays.map((row) => row.relay) }
  const hasNews = !isOpen(status) && decided !== undefined && hasNewsSince(db, decided, recorded)
  const hasConflict = openings.length > 1 || hasManyHeads(heads) || reportsConflict
  putDerived(db, 'incident', incident, {
    ...openedColumns(opened),
    ...fieldColumns(heads),
    decision,
    disposition: decided?.disposition ?? null,
    status,
    last_note: lastNote(db, incident, notes, strikes),
    report_count: reportIds.length,
    has_news: hasNews ? 1 : 0,
    has_conflict: hasConflict ? 1 : 0,
    is_on_board: isOpen(status) || hasNews ? 1 : 0,
    activity: activityText(activity),
  })
}

function relaysOf(db: Db, incident: string): RelayRow[] {
  return prepared<RelayRow>(
    db,
    `SELECT relay, step, told_at, handled_due_at, alarm_since, activity FROM relay
     WHERE incident = ? ORDER BY told_at, relay`,
  ).all(incident)
}

/** The facts of one table about an incident. */
function factsOf<Row>(db: Db, table: 'incident_opened' | 'note_strike' | 'report_added', incident: string): Row[] {
  return prepared<Row>(db, `SELECT * FROM ${table} WHERE incident = ?`).all(incident)
}

/** Adds the sets of a report to the activity and gives true when two people set one of its fields differently. */
function seeReport(db: Db, report: string, activity: Activity): boolean {
  const sets = setsOf(db, `report:${report}`)
  see(activity, sets)
  return hasManyHeads(headsAmong(sets))
}

/** The earlier of two openings counts. A label "241126-B019" is also kept as series "241126-B" and number 19. */
function openedColumns(opened: Opened) {
  const [, series = null, number] = /^(\d{6}-[A-Z]+)(\d{3,9})$/.exec(opened.label) ?? []
  return {
    label: opened.label,
    label_series: series,
    label_number: number === undefined ? null : Number(number),
    opened_at: opened.time,
    opened_by: opened.by,
    origin: opened.origin,
    source: opened.source,
  }
}

function fieldColumns(heads: Heads) {
  const rank = rankOf(valueOf(heads, 'priority'))
  const priority: Priority | null = rank === 5 ? null : (`P${rank}` as Priority)
  return {
    type: valueOf(heads, 'type'),
    priority,
    rank,
    village: valueOf(heads, 'village'),
    landmark: valueOf(heads, 'landmark'),
  }
}

function knownDecision(value: string | null): Decision | null {
  return decisions.find((decision) => decision === value) ?? null
}

/** The latest note of a person that is not struck. */
function lastNote(db: Db, incident: string, notes: readonly Fact[], strikes: readonly Strike[]): string | null {
  const struck = new Set(strikes.map((strike) => strike.note))
  let last: Fact | undefined
  for (const note of notes) {
    if (note.by === 'system' || struck.has(note.op)) continue
    if (last === undefined || compareFacts(last, note) < 0) last = note
  }
  if (last === undefined) return null
  const sql = 'SELECT text FROM note WHERE incident = ? AND op = ?'
  return prepared<{ text: string | null }>(db, sql).get(incident, last.op)?.text ?? null
}

/** An unacknowledged P1 relay alarms from the moment it was told, until it is answered, called off or dealt with by a person. */
function deriveAlarms(db: Db, rank: number, relays: readonly RelayRow[]): void {
  for (const { relay, step, told_at, handled_due_at, alarm_since } of relays) {
    const isHandled = handled_due_at !== null && handled_due_at >= told_at
    const since = rank === 1 && isUnacknowledged(step) && !isHandled ? told_at : null
    if (since !== alarm_since) prepared(db, 'UPDATE relay SET alarm_since = ? WHERE relay = ?').run(since, relay)
  }
}
