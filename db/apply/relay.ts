// Rows of a relay: the cards that went out, and what the agency and the desks recorded since. It must not derive the present step.
import type { JsonObject } from '#log/bytes.ts'
import { isObject, parseJson } from '#log/bytes.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { factOf, idAmong, splitAggregate } from './fact.ts'
import { insertFact } from './insert.ts'
import type { KnownOp } from './known-op.ts'

type CardOp = KnownOp<'RelayMade'> | KnownOp<'RelayChanged'> | KnownOp<'RelayCancelled'>
type RelayEventOp =
  | KnownOp<'RelayTold'>
  | KnownOp<'CardReceived'>
  | KnownOp<'RelayStepped'>
  | KnownOp<'RelayAlarmHandled'>

const stateOf = { RelayMade: 'made', RelayChanged: 'changed', RelayCancelled: 'cancelled' } as const

const cite = `INSERT INTO relay_card (relay, card, is_head) VALUES (?, ?, 0)
  ON CONFLICT (relay, card) DO UPDATE SET is_head = 0 WHERE is_head = 1`

// Two ops with one card: the earlier counts. A row that only was cited so far gets its content and stays cited.
const insert = `INSERT INTO relay_card (relay, card, is_head, op, at, time, by, origin, seq, state, incident, agency, channel, happened_at)
  VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (relay, card) DO UPDATE SET op = excluded.op, at = excluded.at, time = excluded.time, by = excluded.by,
    origin = excluded.origin, seq = excluded.seq, state = excluded.state, incident = excluded.incident, agency = excluded.agency, channel = excluded.channel,
    happened_at = excluded.happened_at
  WHERE at IS NULL OR (excluded.at, excluded.op) < (at, op)`

/**
 * A card and its edges to the cards it replaces. The incident is the one the op is about, so that it is known without the
 * personal part; an op that names none is taken at its card's word.
 */
export function applyCard(db: Db, op: CardOp): void {
  const relay = splitAggregate(op.on).id
  const card = cardOf(op)
  const { op: id, at, time, by, origin, seq } = factOf(op)
  const over = Array.isArray(card?.over) ? card.over.filter((entry) => typeof entry === 'string') : []
  for (const target of over) prepared(db, cite).run(relay, target)
  const named = typeof card?.incident === 'string' ? card.incident : null
  prepared(db, insert).run(
    relay,
    op.body.card,
    id,
    at,
    time,
    by,
    origin,
    seq,
    stateOf[op.kind],
    idAmong(op.about, 'incident') ?? named,
    op.body.agency,
    op.body.channel,
    op.kind === 'RelayMade' ? (op.body.happenedAt ?? null) : null,
  )
}

function cardOf(op: CardOp): JsonObject | null {
  const card = op.personal === null ? null : parseJson(op.personal.card)
  return isObject(card) ? card : null
}

/** A step, a receipt of the agency's program, a call to the agency, or an alarm that a person dealt with. */
export function applyRelayEvent(db: Db, op: RelayEventOp): void {
  insertFact(db, 'relay_event', { relay: splitAggregate(op.on).id, ...factOf(op), ...eventOf(op) })
}

function toldOf(op: KnownOp<'RelayTold'>) {
  const { channel, happenedAt = null } = op.body
  return { channel, person: op.personal?.person ?? null, happened_at: happenedAt }
}

/** `kind` is a step of the relay, "toldByVoice" or "alarmHandled". */
function eventOf(op: RelayEventOp) {
  const nothing = {
    channel: null,
    person: null,
    reason: null,
    is_read_back: 0,
    card: null,
    due_at: null,
    happened_at: null,
  }
  switch (op.kind) {
    case 'RelayTold':
      return { ...nothing, kind: 'toldByVoice', ...toldOf(op) }
    case 'CardReceived':
      return { ...nothing, kind: 'received', card: op.body.card }
    case 'RelayAlarmHandled':
      return { ...nothing, kind: 'alarmHandled', due_at: op.body.dueAt }
    case 'RelayStepped':
      return {
        ...nothing,
        kind: op.body.step,
        person: op.personal?.person ?? null,
        reason: op.personal?.reason ?? null,
        is_read_back: op.body.readBack === true ? 1 : 0,
        happened_at: op.body.happenedAt ?? null,
      }
  }
}
