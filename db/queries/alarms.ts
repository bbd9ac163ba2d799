// Reads the P1 relays that wait for an answer, and which of them ring.
import type { IncidentId, RelayId } from '#domain/id.ts'
import { alarmDueAt, alarmRound } from '#domain/relay.ts'
import type { Channel, RelayStep } from '#domain/relay.ts'
import { originParts } from '#log/hash.ts'
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
  /** How often it has rung by now: 1, 2, 3 ... */
  readonly round: number
  /** The desk whose first card made the relay, or null while that card is not known. */
  readonly relayedBy: string | null
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
  const rows = prepared<
    Omit<Alarm, 'dueAt' | 'limitMs' | 'round' | 'relayedBy'> & { since: number; origin: string | null }
  >(
    db,
    `SELECT relay, shown.incident, shown.label, agency, shown.type, shown.village, channel, step, told_at AS toldAt,
       alarm_since AS since, (SELECT origin FROM (SELECT origin, min(at || op) FROM relay_card
         WHERE relay_card.relay = relay.relay AND at IS NOT NULL)) AS origin
     FROM relay JOIN incident AS own ON own.incident = relay.incident
     JOIN incident AS shown ON shown.incident = COALESCE(own.root, own.incident)
     WHERE alarm_since IS NOT NULL ORDER BY alarm_since, relay LIMIT ?`,
  ).all(shown)
  return rows
    .map(({ since, origin, ...row }) => ({
      ...row,
      dueAt: alarmDueAt(row.toldAt, limitMs),
      limitMs,
      round: alarmRound(waitedMs(row.relay, since), limitMs),
      relayedBy: origin === null ? null : originParts(origin).member,
    }))
    .filter(({ round }) => round > 0)
}
