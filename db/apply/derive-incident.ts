// What the facts about incidents, their relays and reports add up to: status, board row, news and alarms. Of incidents that were
// merged the root shows all.
import type { Decision, Priority } from '#domain/incident.ts'
import { decisions, incidentStatus, isOpen } from '#domain/incident.ts'
import { isUnacknowledged } from '#domain/relay.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { Activity } from './activity.ts'
import { activityText } from './activity.ts'
import { putDerived } from './derived-row.ts'
import type { Fact } from './fact.ts'
import { compareFacts } from './fact.ts'
import type { Heads } from './field.ts'
import { hasManyHeads, headsOf, rankOf, valueOf } from './field.ts'
import type { IncidentRecord, Opened, RelayRow } from './incident-record.ts'
import { incidentRecord, relaysOf, seeRecord } from './incident-record.ts'
import { componentOf, relink } from './merge.ts'
import { hasNewsSince } from './news.ts'

/** Derives the rows of incidents whose facts changed, and of those that are or were one with them. */
export function deriveIncidents(db: Db, changed: Iterable<string>): void {
  const dirty = new Set<string>()
  const moved: string[] = []
  for (const incident of changed) {
    const { isMoved, before } = relink(db, incident)
    if (isMoved) moved.push(incident)
    for (const one of before) dirty.add(one)
  }
  for (const incident of moved) for (const one of componentOf(db, incident).members) dirty.add(one)
  const roots = new Map<string, readonly string[]>()
  for (const incident of dirty) {
    if (openingOf(db, incident) === undefined) deriveUnknown(db, incident)
    else {
      const { root, members } = componentOf(db, incident)
      roots.set(root, members)
      if (root !== incident) deriveAbsorbed(db, incident, root)
    }
  }
  for (const [root, members] of roots) deriveRoot(db, root, members)
}

function openingOf(db: Db, incident: string): unknown {
  return prepared(db, 'SELECT 1 FROM incident_opened WHERE incident = ? LIMIT 1').get(incident)
}

/** An incident whose opening is not here has no row, but its relays alarm all the same. */
function deriveUnknown(db: Db, incident: string): void {
  deriveAlarms(db, rankOf(valueOf(headsOf(db, `incident:${incident}`), 'priority')), relaysOf(db, incident))
  putDerived(db, 'incident', incident, null)
}

/** The row of an absorbed incident says only what is its own; it is never on the board. */
function deriveAbsorbed(db: Db, incident: string, root: string): void {
  const record = incidentRecord(db, incident)
  const activity: Activity = new Map()
  const reportsConflict = seeRecord(db, record, activity)
  putDerived(db, 'incident', incident, {
    ...ownColumns(record),
    root,
    status: 'duplikat',
    last_note: lastNote(db, [record]),
    report_count: record.reportIds.length,
    has_news: hasNewsSinceMerge(db, record) ? 1 : 0,
    has_conflict: hasConflict(record) || reportsConflict ? 1 : 0,
    is_on_board: 0,
    is_umbrella: 0,
    activity: activityText(activity),
  })
}

/** The row of an incident that stands for itself and for all that were merged into it. */
function deriveRoot(db: Db, root: string, members: readonly string[]): void {
  const own = incidentRecord(db, root)
  const records = [own, ...members.filter((one) => one !== root).map((one) => incidentRecord(db, one))]
  const activity: Activity = new Map()
  const reportsConflict = records.map((record) => seeRecord(db, record, activity)).includes(true)
  const rank = rankOf(valueOf(own.heads, 'priority'))
  for (const { heads, relays } of records) {
    deriveAlarms(db, Math.min(rank, rankOf(valueOf(heads, 'priority'))), relays)
  }
  const relays = records.flatMap((record) => record.relays)
  const decision = decisionOf(own.heads)
  const status = incidentStatus({ decision, merged: false, steps: relays.map((row) => row.step) })
  const hasNews = hasNewsOfRoot(db, own, records, isOpen(status))
  const absorbedConflict = records.some(({ heads }) => (heads.get('mergedInto')?.length ?? 0) > 1)
  putDerived(db, 'incident', root, {
    ...ownColumns(own),
    root: null,
    status,
    last_note: lastNote(db, records),
    report_count: new Set(records.flatMap((record) => record.reportIds)).size,
    has_news: hasNews ? 1 : 0,
    has_conflict: hasConflict(own) || reportsConflict || absorbedConflict ? 1 : 0,
    is_on_board: isOpen(status) || hasNews ? 1 : 0,
    is_umbrella: isOpen(status) && valueOf(own.heads, 'umbrella') === 'on' ? 1 : 0,
    activity: activityText(activity),
  })
}

/** What nobody saw who ended the root, or, while it is open, who merged another into it. */
function hasNewsOfRoot(db: Db, own: IncidentRecord, records: readonly IncidentRecord[], isOpenRoot: boolean): boolean {
  if (isOpenRoot) return records.some((record) => record !== own && hasNewsSinceMerge(db, record))
  const decided = own.heads.get('decision')?.[0]
  if (decided === undefined) return false
  return hasNewsSince(db, decided, {
    notes: records.flatMap((record) => record.notes),
    reports: records.flatMap((record) => record.reports),
    sets: records.flatMap((record) => record.sets),
    relays: records.flatMap((record) => record.relays.map((row) => row.relay)),
  })
}

function hasNewsSinceMerge(db: Db, { heads, notes, reports, sets, relays }: IncidentRecord): boolean {
  const merged = heads.get('mergedInto')?.[0]
  if (merged === undefined) return false
  return hasNewsSince(db, merged, { notes, reports, sets, relays: relays.map((row) => row.relay) })
}

function hasConflict({ openings, heads }: IncidentRecord): boolean {
  return openings.length > 1 || hasManyHeads(heads)
}

function ownColumns({ openings, heads }: IncidentRecord) {
  const [opened] = openings
  if (opened === undefined) throw new Error('an incident without an opening has no row')
  const rank = rankOf(valueOf(heads, 'priority'))
  const priority: Priority | null = rank === 5 ? null : (`P${rank}` as Priority)
  return {
    ...openedColumns(opened),
    type: valueOf(heads, 'type'),
    priority,
    rank,
    village: valueOf(heads, 'village'),
    landmark: valueOf(heads, 'landmark'),
    decision: decisionOf(heads),
    disposition: heads.get('decision')?.[0]?.disposition ?? null,
  }
}

/** The earlier of two openings counts. A label "241126-B019" is also kept as series "241126-B" and number 19. */
function openedColumns(opened: Opened) {
  const [, series = null, number] = /^(\d{6}-[A-Z]+)(\d{3,9})$/.exec(opened.label) ?? []
  return {
    label: opened.label,
    label_series: series,
    label_number: number === undefined ? null : Number(number),
    opened_at: opened.happened_at ?? opened.time,
    typed_at: opened.happened_at === null ? null : opened.time,
    opened_by: opened.by,
    origin: opened.origin,
    source: opened.source,
  }
}

function decisionOf(heads: Heads): Decision | null {
  const value = valueOf(heads, 'decision')
  return decisions.find((decision) => decision === value) ?? null
}

/** The latest note of a person that is not struck. */
function lastNote(db: Db, records: readonly IncidentRecord[]): string | null {
  let last: (Fact & { readonly incident: string }) | undefined
  for (const { incident, notes, strikes } of records) {
    const struck = new Set(strikes.map((strike) => strike.note))
    for (const note of notes) {
      if (note.by === 'system' || struck.has(note.op)) continue
      if (last === undefined || compareFacts(last, note) < 0) last = { ...note, incident }
    }
  }
  if (last === undefined) return null
  const sql = 'SELECT text FROM note WHERE incident = ? AND op = ?'
  return prepared<{ text: string | null }>(db, sql).get(last.incident, last.op)?.text ?? null
}

/** An unacknowledged P1 relay alarms from the moment it was told, until it is answered, called off or dealt with by a person. */
function deriveAlarms(db: Db, rank: number, relays: readonly RelayRow[]): void {
  for (const { relay, step, told_at, handled_due_at, alarm_since, typed_at } of relays) {
    const isHandled = handled_due_at !== null && handled_due_at >= told_at
    // Nobody waits for the answer to what was told long ago and typed now.
    const isDue = rank === 1 && isUnacknowledged(step) && typed_at === null
    const since = isDue && !isHandled ? told_at : null
    if (since !== alarm_since) prepared(db, 'UPDATE relay SET alarm_since = ? WHERE relay = ?').run(since, relay)
  }
}
