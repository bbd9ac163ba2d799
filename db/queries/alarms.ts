// Reads the alarms of P1 relays: which ring, and when the next one will.
import type { IncidentId, RelayId } from '#domain/id.ts'
import { alarmDueAt } from '#domain/relay.ts'
import type { Channel, RelayStep } from '#domain/relay.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { AlarmClock } from './relay-facts.ts'

/** An unanswered P1 relay over its limit. `dueAt` is when it rang first; it rings again each `limitMs` after that. */
export type Alarm = {
  readonly relay: RelayId
  readonly incident: IncidentId
  readonly label: string
  readonly agency: string
  readonly type: string | null
  readonly village: string | null
  readonly channel: Channel
  readonly step: RelayStep
  readonly toldAt: number
  readonly dueAt: number
  readonly limitMs: number
}

const shown = 100

/** The longest waiting first, at most 100. */
export function alarms(db: Db, { now, limitMs }: AlarmClock): Alarm[] {
  const rows = prepared<Omit<Alarm, 'dueAt' | 'limitMs'>>(
    db,
    `SELECT relay, relay.incident, label, agency, type, village, channel, step, told_at AS toldAt
     FROM relay JOIN incident ON incident.incident = relay.incident
     WHERE alarm_since <= ? ORDER BY alarm_since, relay LIMIT ?`,
  ).all(now - limitMs, shown)
  return rows.map((row) => ({ ...row, dueAt: alarmDueAt(row.toldAt, limitMs), limitMs }))
}

/** When an alarm rings next after `now` (UTC ms), first or repeated; null while no P1 relay waits. */
export function nextAlarmAt(db: Db, { now, limitMs }: AlarmClock): number | null {
  const rows = prepared<{ since: number }>(
    db,
    'SELECT alarm_since AS since FROM relay WHERE alarm_since IS NOT NULL ORDER BY alarm_since LIMIT ?',
  ).all(shown)
  const next = rows.map(({ since }) => since + limitMs * Math.max(1, Math.floor((now - since) / limitMs) + 1))
  return next.length === 0 ? null : Math.min(...next)
}
