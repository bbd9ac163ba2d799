// Reads the rows of a daily log: every call of a day with its incident, then incidents that came without a call. It must not format them.
import type { CallClass, Source } from '#domain/call.ts'
import { callClasses, sources } from '#domain/call.ts'
import type { Disposition, IncidentStatus, Priority } from '#domain/incident.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { RecordActivity, RecordState } from './record-state.ts'
import { activityOf, recordStates } from './record-state.ts'

/** Times are UTC ms. `desk` is the member that answered. */
export type DayCall = {
  readonly direction: 'in' | 'out'
  readonly offeredAt: number
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly desk: string | null
  readonly operator: string | null
  readonly source: Source
  readonly number: string | null
  readonly class: CallClass | null
  /** Who typed it from paper and when; null = recorded as it happened. */
  readonly paper: DayPaper
}
type DayPaper = { readonly by: string; readonly at: number } | null
export type DayRelay = {
  readonly agency: string
  readonly toldAt: number
  readonly acknowledgedAt: number | null
  readonly onSceneAt: number | null
  readonly doneAt: number | null
}
/** `village` is a code or what was typed. A merged incident bears the label of its root and DUPLIKAT; its relays stay its own. */
export type DayIncident = {
  readonly label: string
  readonly openedAt: number
  readonly desk: string
  readonly operator: string
  readonly source: Source
  readonly type: string | null
  readonly priority: Priority | null
  readonly village: string | null
  readonly landmark: string | null
  readonly relays: readonly DayRelay[]
  readonly status: IncidentStatus
  readonly disposition: Disposition | null
  readonly lastNote: string | null
  readonly paper: DayPaper
  /** Notes and steps that were typed from paper. */
  readonly byHand: number
}
export type DayRow = {
  readonly call: DayCall | null
  readonly incident: DayIncident | null
  readonly recordState: RecordState
}

type CallColumns = {
  readonly call: string
  readonly direction: 'in' | 'out'
  readonly offered_at: number
  readonly answered_at: number | null
  readonly ended_at: number | null
  readonly answered_origin: string | null
  readonly answered_by: string | null
  readonly source: Source | null
  readonly dialled: string | null
  readonly number: string | null
  readonly class: string | null
  readonly typed_at: number | null
  readonly incident: string | null
  readonly activity: string
}
type IncidentColumns = {
  readonly incident: string
  readonly label: string
  readonly root_label: string | null
  readonly opened_at: number
  readonly origin: string
  readonly opened_by: string
  readonly typed_at: number | null
  readonly source: Source | null
  readonly type: string | null
  readonly priority: Priority | null
  readonly village: string | null
  readonly landmark: string | null
  readonly status: IncidentStatus
  readonly disposition: Disposition | null
  readonly last_note: string | null
  readonly activity: string
}
const selectIncidents = `SELECT own.*, root.label AS root_label FROM incident AS own
  LEFT JOIN incident AS root ON root.incident = own.root`

type Found = { readonly incident: DayIncident; readonly activity: RecordActivity }

/** Every call, incoming or made by a desk, and every incident from `from` until before `to` (UTC ms), in that order. */
export function dailyLogRows(db: Db, facts: { readonly from: number; readonly to: number }): DayRow[] {
  const stateOf = recordStates(db)
  const calls = prepared<CallColumns>(
    db,
    'SELECT * FROM call WHERE offered_at >= ? AND offered_at < ? ORDER BY offered_at',
  ).all(facts.from, facts.to)
  const rows: DayRow[] = calls.map((row) => {
    const found = row.incident === null ? null : findIncident(db, row.incident)
    const activity = joined(activityOf(row), found?.activity ?? {})
    return { call: callOf(row), incident: found?.incident ?? null, recordState: stateOf(activity) }
  })
  // Walk-ins, radio and the like. An incident of a call of another day stands on that day.
  const others = prepared<IncidentColumns>(
    db,
    `${selectIncidents} WHERE own.opened_at >= ? AND own.opened_at < ?
       AND NOT EXISTS (SELECT 1 FROM call WHERE call.incident = own.incident) ORDER BY own.opened_at`,
  ).all(facts.from, facts.to)
  for (const row of others) {
    const { incident, activity } = incidentOf(db, row)
    rows.push({ call: null, incident, recordState: stateOf(activity) })
  }
  const cameAt = (row: DayRow) => row.call?.offeredAt ?? row.incident?.openedAt ?? 0
  return rows.sort((a, b) => cameAt(a) - cameAt(b))
}

function callOf(row: CallColumns): DayCall {
  return {
    direction: row.direction,
    offeredAt: row.offered_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    desk: row.answered_origin === null ? null : memberOf(row.answered_origin),
    operator: row.answered_by,
    source: row.source ?? sources.find((known) => known === row.dialled) ?? '112',
    number: row.number,
    class: callClasses.find((known) => known === row.class) ?? null,
    paper: paperOf(row.typed_at, row.answered_by),
  }
}

function findIncident(db: Db, incident: string): Found | null {
  const row = prepared<IncidentColumns>(db, `${selectIncidents} WHERE own.incident = ?`).get(incident)
  return row === undefined ? null : incidentOf(db, row)
}

function incidentOf(db: Db, row: IncidentColumns): Found {
  const relays = prepared<DayRelay>(
    db,
    `SELECT agency, told_at AS toldAt, acknowledged_at AS acknowledgedAt, on_scene_at AS onSceneAt, done_at AS doneAt
     FROM relay WHERE incident = ? ORDER BY told_at, relay`,
  ).all(row.incident)
  const incident = {
    label: row.root_label ?? row.label,
    openedAt: row.opened_at,
    desk: memberOf(row.origin),
    operator: row.opened_by,
    source: row.source ?? 'other',
    type: row.type,
    priority: row.priority,
    village: row.village,
    landmark: row.landmark,
    relays,
    status: row.status,
    disposition: row.root_label === null ? row.disposition : ('DUPLIKAT' as const),
    lastNote: row.last_note,
    paper: paperOf(row.typed_at, row.opened_by),
    byHand: byHand(db, row.incident),
  }
  return { incident, activity: activityOf(row) }
}

/** How many notes and steps of an incident came from paper and count. */
function byHand(db: Db, incident: string): number {
  const notes = `SELECT count(*) AS count FROM note WHERE incident = ? AND happened_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM note_strike s WHERE s.incident = note.incident AND s.note = note.op)`
  const steps = `SELECT count(*) AS count FROM relay JOIN relay_event AS event ON event.relay = relay.relay
    WHERE relay.incident = ? AND event.happened_at IS NOT NULL AND relay.step <> 'cancelled'
    AND NOT EXISTS (SELECT 1 FROM entry_strike s WHERE s.aggregate = 'relay:' || event.relay AND s.entry = event.op)`
  const count = (sql: string): number => prepared<{ count: number }>(db, sql).get(incident)?.count ?? 0
  return count(notes) + count(steps)
}

function paperOf(at: number | null, by: string | null): DayPaper {
  return at === null ? null : { by: by ?? '', at }
}

/** The member of an origin "B.2s374kd5vxkxph2a". */
function memberOf(origin: string): string {
  return origin.slice(0, Math.max(0, origin.indexOf('.')))
}

function joined(a: RecordActivity, b: RecordActivity): RecordActivity {
  const all = { ...a }
  for (const [origin, seq] of Object.entries(b)) all[origin] = Math.max(seq, all[origin] ?? 0)
  return all
}
