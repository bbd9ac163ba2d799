// Reads the P1 relays that wait for an answer, and which of them ring.
import type { IncidentId, RelayId } from '#domain/id.ts'
import { alarmDueAt } from '#domain/relay.ts'
import type { Channel, RelayStep } from '#domain/relay.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

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

/** P1 relays that wait for an answer, the longest waiting first, at most 100; `since` is when the agency was told (UTC ms). */
export function waitingRelays(db: Db): { readonly relay: RelayId; readonly since: number }[] {
  return prepared<{ relay: RelayId; since: number }>(
    db,
    'SELECT relay, alarm_since AS since FROM relay WHERE alarm_since IS NOT NULL ORDER BY alarm_since, relay LIMIT ?',
  ).all(shown)
}

export type AlarmRule = { readonly limitMs: number; readonly waitedMs: (relay: RelayId, since: number) => number }

/** The longest waiting first, at most 100. */
export function alarms(db: Db, { limitMs, waitedMs }: AlarmRule): Alarm[] {
  const rows = prepared<Omit<Alarm, 'dueAt' | 'limitMs'> & { since: number }>(
    db,
    `SELECT relay, relay.incident, label, agency, type, village, channel, step, told_at AS toldAt, alarm_since AS since
     FROM relay JOIN incident ON incident.incident = relay.incident
     WHERE alarm_since IS NOT NULL ORDER BY alarm_since, relay LIMIT ?`,
  ).all(shown)
  return rows
    .filter(({ relay, since }) => waitedMs(relay, since) >= limitMs)
    .map(({ since: _since, ...row }) => ({ ...row, dueAt: alarmDueAt(row.toldAt, limitMs), limitMs }))
}
