// Reads relays: their present step, times, alarm and the cards that a new card must cite.
import type { IncidentId, RelayId } from '#domain/id.ts'
import type { Channel, RelayStep } from '#domain/relay.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { withMerged } from './merged.ts'
import type { RecordActivity, RecordState } from './record-state.ts'
import { activityOf } from './record-state.ts'

/** A relay. Times are UTC ms; `alarmSince` is set while a P1 relay waits for an answer and nobody dealt with it. */
export type RelayFacts = {
  readonly relay: RelayId
  readonly incident: IncidentId
  readonly agency: string
  readonly channel: Channel
  readonly step: RelayStep
  readonly toldAt: number
  readonly receivedAt: number | null
  readonly acknowledgedAt: number | null
  readonly refusedAt: number | null
  readonly underWayAt: number | null
  readonly onSceneAt: number | null
  readonly doneAt: number | null
  readonly cancelledAt: number | null
  readonly toldByVoiceAt: number | null
  readonly person: string | null
  readonly reason: string | null
  readonly isReadBack: boolean
  /** The text of its newest card was erased by the rule of retention. */
  readonly isErased: boolean
  readonly alarmSince: number | null
  /** Ids of the cards that are heads: what the next card is `over`. */
  readonly cards: string[]
  /** When and by whom it, or its present step, was typed from paper; null = recorded as it happened. */
  readonly typedAt: number | null
  readonly typedBy: string | null
  readonly activity: RecordActivity
}

type Row = Omit<RelayFacts, 'isReadBack' | 'isErased' | 'cards' | 'activity'> & {
  readonly isReadBack: number
  readonly isErased: number
  readonly activity: string
}

const select = `SELECT relay, incident, agency, channel, step, told_at AS toldAt, received_at AS receivedAt,
  acknowledged_at AS acknowledgedAt, refused_at AS refusedAt, under_way_at AS underWayAt, on_scene_at AS onSceneAt,
  done_at AS doneAt, cancelled_at AS cancelledAt, told_by_voice_at AS toldByVoiceAt, person, reason,
  is_read_back AS isReadBack, alarm_since AS alarmSince, typed_at AS typedAt, typed_by AS typedBy, activity,
  EXISTS (SELECT 1 FROM relay_card JOIN card_erased ON card_erased.agency = relay.agency AND card_erased.card = unhex(relay_card.card)
    WHERE relay_card.relay = relay.relay AND relay_card.is_head = 1) AS isErased
  FROM relay`

function factsOf(db: Db, row: Row): RelayFacts {
  const cards = prepared<{ card: string }>(
    db,
    'SELECT card FROM relay_card WHERE relay = ? AND is_head = 1 ORDER BY card',
  ).all(row.relay)
  // A step may come from paper although the relay itself was made here.
  const typed = prepared<{ at: number; by: string }>(
    db,
    `SELECT time AS at, by FROM relay_event WHERE relay = ? AND kind = ? AND happened_at IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM entry_strike s WHERE s.aggregate = 'relay:' || relay_event.relay AND s.entry = relay_event.op) LIMIT 1`,
  ).get(row.relay, row.step)
  return {
    ...row,
    typedAt: row.typedAt ?? typed?.at ?? null,
    typedBy: row.typedBy ?? typed?.by ?? null,
    isReadBack: row.isReadBack === 1,
    isErased: row.isErased === 1,
    cards: cards.map(({ card }) => card),
    activity: activityOf(row),
  }
}

/** One relay, or null while no card of it is known or none says to which incident it belongs. */
export function relayFacts(db: Db, relay: RelayId): RelayFacts | null {
  const row = prepared<Row>(db, `${select} WHERE relay = ? AND incident IS NOT NULL`).get(relay)
  return row === undefined ? null : factsOf(db, row)
}

/** The relays of an incident and of all that were merged into it, in the order in which agencies were told. */
export function relaysOf(db: Db, incident: IncidentId): RelayFacts[] {
  return withMerged(db, incident)
    .flatMap((one) => prepared<Row>(db, `${select} WHERE incident = ? ORDER BY told_at, relay`).all(one))
    .toSorted((a, b) => a.toldAt - b.toldAt || (a.relay < b.relay ? -1 : 1))
    .map((row) => factsOf(db, row))
}

/** A relay as a screen shows it. */
export type RelayRow = Omit<RelayFacts, 'incident' | 'alarmSince' | 'cards' | 'activity'> & {
  readonly isOverdue: boolean
  readonly recordState: RecordState
}

/** The moment a screen is drawn for (UTC ms), and how long a P1 relay may wait for its answer (ms). */
export type AlarmClock = { readonly now: number; readonly limitMs: number }

/** Adds what depends on the clock and on the links. */
export function relayRow(
  facts: RelayFacts,
  clock: AlarmClock,
  stateOf: (activity: RecordActivity) => RecordState,
): RelayRow {
  const { incident: _incident, alarmSince, cards: _cards, activity, ...row } = facts
  return {
    ...row,
    isOverdue: alarmSince !== null && alarmSince + clock.limitMs <= clock.now,
    recordState: stateOf(activity),
  }
}
