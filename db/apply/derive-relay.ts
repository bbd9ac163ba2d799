// What the cards and events of one relay add up to: its present step and its times. Its alarm depends on the incident and is derived there.
import type { RelayStep } from '#domain/relay.ts'
import { presentStep, recordedSteps } from '#domain/relay.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { Activity } from './activity.ts'
import { activityText, see } from './activity.ts'
import { derivedRow, putDerived } from './derived-row.ts'
import type { Fact } from './fact.ts'
import { compareFacts } from './fact.ts'
import type { Strike } from './strike.ts'
import { standing, strikesOn } from './strike.ts'

type Card = Fact & {
  readonly card: string
  readonly is_head: number
  readonly state: 'made' | 'changed' | 'cancelled'
  readonly incident: string | null
  readonly agency: string
  readonly channel: string
  readonly happened_at: number | null
}
type Event = Fact & {
  readonly kind: RelayStep | 'toldByVoice' | 'alarmHandled'
  readonly person: string | null
  readonly reason: string | null
  readonly is_read_back: number
  readonly card: string | null
  readonly due_at: number | null
  readonly happened_at: number | null
}

const cardColumns = 'card, is_head, op, at, time, by, origin, seq, state, incident, agency, channel, happened_at'
const eventColumns = 'op, kind, at, time, by, origin, seq, person, reason, is_read_back, card, due_at, happened_at'

/** Writes the row of a relay, or none while no card of it is known: a step waits. Gives the incidents that it belonged to and belongs to. */
export function deriveRelay(db: Db, relay: string): string[] {
  const before = derivedRow<{ incident: string | null }>(db, 'relay', relay)?.incident ?? null
  const cards = prepared<Card>(db, `SELECT ${cardColumns} FROM relay_card WHERE relay = ? AND at IS NOT NULL`)
    .all(relay)
    .sort(compareFacts)
  const recorded = prepared<Event>(db, `SELECT ${eventColumns} FROM relay_event WHERE relay = ?`)
    .all(relay)
    .sort(compareFacts)
  const strikes = strikesOn(db, `relay:${relay}`)
  const [made] = cards
  // The alarm is the incident's to set; a relay of which nobody knows the incident has none.
  const alarm = { alarm_since: null }
  const columns =
    made === undefined ? null : relayColumns(made, cards, counted(recorded, strikes), [...recorded, ...strikes])
  const row = columns !== null && columns.incident === null ? { ...columns, ...alarm } : columns
  putDerived(db, 'relay', relay, row, alarm)
  return [before, made?.incident ?? null].filter((incident) => incident !== null)
}

/** What a person recorded can be taken back; that the agency's program has a card cannot. */
function counted(events: readonly Event[], strikes: readonly Strike[]): readonly Event[] {
  const stands = new Set(standing(events, strikes))
  return events.filter((event) => event.card !== null || stands.has(event))
}

/** `happened` is everything that was recorded beside the cards, struck or not. */
function relayColumns(made: Card, cards: readonly Card[], events: readonly Event[], happened: readonly Fact[]) {
  const cancelled = cancellation(cards, events)
  const first = (kind: Event['kind']) => timeOf(events.find((event) => event.kind === kind))
  const latest = (test: (event: Event) => boolean) => events.findLast(test)
  // Of two answers that exclude each other the later counts.
  const steps = events.map((event) => event.kind).filter(isStep)
  const activity: Activity = new Map()
  see(activity, cards)
  see(activity, happened)
  return {
    incident: made.incident,
    agency: made.agency,
    channel: (cards.findLast((card) => card.is_head === 1) ?? made).channel,
    step: presentStep(cancelled === undefined ? steps.toReversed() : [...steps.toReversed(), 'cancelled']),
    told_at: made.happened_at ?? made.time,
    typed_at: made.happened_at === null ? null : made.time,
    typed_by: made.happened_at === null ? null : made.by,
    received_at: first('received'),
    acknowledged_at: first('acknowledged'),
    refused_at: first('refused'),
    under_way_at: first('underWay'),
    on_scene_at: first('onScene'),
    done_at: first('done'),
    cancelled_at: cancelled?.time ?? null,
    told_by_voice_at: first('toldByVoice'),
    person: latest((event) => event.person !== null)?.person ?? null,
    reason: latest((event) => event.reason !== null)?.reason ?? null,
    is_read_back: events.some((event) => event.is_read_back === 1) ? 1 : 0,
    handled_due_at: latest((event) => event.kind === 'alarmHandled')?.due_at ?? null,
    activity: activityText(activity),
  }
}

/** When a step was taken: by the paper it was written on, else when it was recorded. */
function timeOf(event: Event | undefined): number | null {
  return event === undefined ? null : (event.happened_at ?? event.time)
}

function isStep(kind: Event['kind']): kind is RelayStep {
  return (recordedSteps as readonly string[]).includes(kind)
}

/**
 * The cancelled card in force. A relay is cancelled while such a card is a head. When a step of the agency crossed it, it counts
 * only from the agency's receipt of that card; until then the step wins.
 */
function cancellation(cards: readonly Card[], events: readonly Event[]): Card | undefined {
  const card = cards.findLast((entry) => entry.is_head === 1 && entry.state === 'cancelled')
  if (card === undefined) return undefined
  const isCrossed = events.some((event) => isStep(event.kind) && event.kind !== 'received' && event.at > card.at)
  const isReceived = events.some((event) => event.card === card.card)
  return isCrossed && !isReceived ? undefined : card
}
