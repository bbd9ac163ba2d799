// What the facts about one incident, its relays and its reports add up to: status, board row, news, and the alarms of its relays.
import type { Decision, Priority } from '#domain/incident.ts'
import { decisions, incidentStatus, isOpen } from '#domain/incident.ts'
import type { RelayStep } from '#domain/relay.ts'
import { isUnacknowledged } from '#domain/relay.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { Activity } from './activity.ts'
import { activityOf } from './activity.ts'
import { putDerived } from './derived-row.ts'
import { compareFacts } from './fact.ts'
import type { Head } from './field.ts'
import { headsOf, rankOf, valueOf } from './field.ts'

type Opened = {
  readonly op: string
  readonly at: string
  readonly time: number
  readonly by: string
  readonly origin: string
  readonly label: string
  readonly source: string | null
}
type RelayRow = {
  readonly relay: string
  readonly step: RelayStep
  readonly told_at: number
  readonly handled_due_at: number | null
  readonly alarm_since: number | null
}

/** Writes the row of an incident, or none while its opening is not known, and the alarms of its relays in any case. */
export function deriveIncident(db: Db, incident: string): void {
  const heads = headsOf(db, `incident:${incident}`)
  const relays = prepared<RelayRow>(
    db,
    'SELECT relay, step, told_at, handled_due_at, alarm_since FROM relay WHERE incident = ? ORDER BY told_at, relay',
  ).all(incident)
  deriveAlarms(db, rankOf(valueOf(heads, 'priority')), relays)
  const openings = prepared<Opened>(
    db,
    'SELECT op, at, time, by, origin, label, source FROM incident_opened WHERE incident = ?',
  )
    .all(incident)
    .sort(compareFacts)
  const [opened] = openings
  if (opened === undefined) return putDerived(db, 'incident', incident, null)
  const reports = reportsOf(db, incident)
  const members = [`incident:${incident}`, ...relays.map((row) => `relay:${row.relay}`), ...reports.map(aggregateOf)]
  const activity = members.map((member) => activityOf(db, member))
  const decided = heads.get('decision')?.[0]
  const decision = knownDecision(decided?.value ?? null)
  const merged = valueOf(heads, 'mergedInto') !== null
  const status = incidentStatus({ decision, merged, steps: relays.map((row) => row.step) })
  const hasNews = !isOpen(status) && decided !== undefined && hasNewsSince(db, incident, decided, activity)
  const hasConflict = openings.length > 1 || hasManyHeads(heads) || reports.some((id) => isReportInConflict(db, id))
  putDerived(db, 'incident', incident, {
    ...openedColumns(opened),
    ...fieldColumns(heads),
    decision,
    disposition: decided?.disposition ?? null,
    status,
    last_note: lastNote(db, incident),
    report_count: reports.length,
    has_news: hasNews ? 1 : 0,
    has_conflict: hasConflict ? 1 : 0,
    is_on_board: isOpen(status) || hasNews ? 1 : 0,
    activity: activityText(activity),
  })
}

function aggregateOf(report: string): string {
  return `report:${report}`
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

function fieldColumns(heads: ReadonlyMap<string, readonly Head[]>) {
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

function hasManyHeads(heads: ReadonlyMap<string, readonly Head[]>): boolean {
  return [...heads.values()].some((known) => known.length > 1)
}

function isReportInConflict(db: Db, report: string): boolean {
  return hasManyHeads(headsOf(db, `report:${report}`))
}

function reportsOf(db: Db, incident: string): string[] {
  const rows = prepared<{ report: string }>(db, 'SELECT report FROM report_added WHERE incident = ?').all(incident)
  return [...new Set(rows.map((row) => row.report))]
}

/** The latest note of a person that is not struck. */
function lastNote(db: Db, incident: string): string | null {
  const row = prepared<{ text: string | null }>(
    db,
    `SELECT text FROM note WHERE incident = ? AND by <> 'system'
       AND NOT EXISTS (SELECT 1 FROM note_strike s WHERE s.incident = note.incident AND s.note = note.op)
     ORDER BY at DESC, op DESC LIMIT 1`,
  ).get(incident)
  return row?.text ?? null
}

/** JSON { origin: highest seq }, sorted: what a person who closes the incident now has seen. */
function activityText(activity: readonly (readonly Activity[])[]): string {
  const highest = new Map<string, number>()
  for (const { origin, seq } of activity.flat()) highest.set(origin, Math.max(seq, highest.get(origin) ?? 0))
  return JSON.stringify(Object.fromEntries([...highest].sort(([a], [b]) => (a < b ? -1 : 1))))
}

/**
 * True when a report, relay, step or note, or a more urgent priority, lies beyond what the person saw who took `decided`
 * ("ada kabar baru"). What the same log recorded before the decision was seen. A decision that does not say what was seen has no news.
 */
function hasNewsSince(db: Db, incident: string, decided: Head, activity: readonly (readonly Activity[])[]): boolean {
  if (decided.saw === null) return false
  const saw = JSON.parse(decided.saw) as Readonly<Record<string, number>>
  const isBeyond = (origin: string, seq: number) =>
    seq > (Object.hasOwn(saw, origin) ? (saw[origin] ?? 0) : 0) && (origin !== decided.origin || seq > decided.seq)
  if (activity.flat().some((entry) => isBeyond(entry.origin, entry.newsSeq))) return true
  const sets = prepared<{ origin: string; seq: number; value: string | null; is_head: number }>(
    db,
    `SELECT origin, seq, value, is_head FROM field_set WHERE aggregate = ? AND field = 'priority' AND at IS NOT NULL`,
  ).all(`incident:${incident}`)
  const seen = sets.filter((set) => !isBeyond(set.origin, set.seq)).map((set) => rankOf(set.value))
  const news = sets.filter((set) => set.is_head === 1 && isBeyond(set.origin, set.seq))
  return news.some((set) => rankOf(set.value) < Math.min(5, ...seen))
}

/** An unacknowledged P1 relay alarms from the moment it was told, until it is answered, called off or dealt with by a person. */
function deriveAlarms(db: Db, rank: number, relays: readonly RelayRow[]): void {
  for (const { relay, step, told_at, handled_due_at, alarm_since } of relays) {
    const isHandled = handled_due_at !== null && handled_due_at >= told_at
    const since = rank === 1 && isUnacknowledged(step) && !isHandled ? told_at : null
    if (since !== alarm_since) prepared(db, 'UPDATE relay SET alarm_since = ? WHERE relay = ?').run(since, relay)
  }
}
