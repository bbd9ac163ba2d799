// Taking back what was done with a whole incident: its opening, its notes, its relays. It appends nothing.
import type { Fault } from '#domain/fault.ts'
import { newId, type OpId, type RelayId } from '#domain/id.ts'
import { isOpen } from '#domain/incident.ts'
import type { NewOp } from '#domain/op.ts'
import { shortPersonName } from '#domain/operator.ts'
import { isFinished, isUnacknowledged } from '#domain/relay.ts'
import { undoReason, undoReasonAcknowledged } from '#domain/undo.ts'
import type { KnownOp } from '#db/apply/known-op.ts'
import { headsOf } from '#db/queries/heads.ts'
import { incidentFacts, noteFacts } from '#db/queries/incident-facts.ts'
import { operatorName } from '#db/queries/operator-name.ts'
import { ownOrigins } from '#db/queries/own-origins.ts'
import { relayFacts, relaysOf } from '#db/queries/relay-facts.ts'
import { relayOp } from './card.ts'
import { knownOp } from './undo-field.ts'
import { idOf, refused, type Context, type Part } from './undo-part.ts'

/** An incident that was opened stays on record, called off: unless others have already worked on it. */
export function cancelledOpening({ desk, ops }: Context, op: KnownOp<'IncidentOpened'>): Part | Fault {
  const facts = incidentFacts(desk.db, idOf(op.on))
  if (facts === null || facts.root !== null || !isOpen(facts.status)) return refused('undo_built_on')
  const own = ownOrigins(desk.db)
  const isOwn = Object.keys(facts.activity).every((origin) => own.has(origin))
  const isPart = (relay: RelayId): boolean =>
    ops.some(({ kind, on }) => kind === 'RelayMade' && on === `relay:${relay}`)
  const isTold = relaysOf(desk.db, facts.incident).some(({ relay, step }) => !isFinished(step) && !isPart(relay))
  if (!isOwn || isTold) return refused('undo_built_on')
  const make = (): NewOp => ({
    kind: 'IncidentFieldSet',
    on: op.on,
    body: { field: 'decision', value: 'cancelled', over: headsOf(desk.db, op.on, 'decision'), saw: facts.activity },
    personal: { reason: undoReason },
  })
  return { make }
}

export function struckNote({ desk }: Context, op: KnownOp<'NoteAdded'>): Part | Fault {
  const note = op.id as OpId
  if (noteFacts(desk.db, idOf(op.on), note)?.isStruck !== false) return refused('undo_changed')
  return { make: () => ({ kind: 'NoteStruck', on: op.on, body: { note }, personal: { reason: undoReason } }) }
}

/** A struck note stays struck; its words are written again, with the name of who wrote them when it was somebody else. */
export function writtenAgain({ desk }: Context, op: KnownOp<'NoteStruck'>): Part | Fault {
  const note = knownOp(desk.db, op.body.note)
  const words = note?.kind === 'NoteAdded' ? note.personal?.text : undefined
  if (note?.kind !== 'NoteAdded' || words === undefined) return refused('undo_built_on')
  const text = note.by === op.by ? words : `${shortPersonName(operatorName(desk.db, note.by) ?? note.by)}: ${words}`
  // What was on paper keeps the time that stood there.
  const { happenedAt } = note.body
  const body = happenedAt === undefined ? {} : { happenedAt }
  return { make: () => ({ kind: 'NoteAdded', on: op.on, body, personal: { text } }) }
}

/** A relay that went out is never unsaid: a visible cancellation goes after it. */
export function calledOff({ desk }: Context, op: KnownOp<'RelayMade'>): Part | Fault {
  const relay = relayFacts(desk.db, idOf(op.on))
  if (relay === null || isFinished(relay.step)) return refused('undo_built_on')
  const isAcknowledged = !isUnacknowledged(relay.step)
  const reason = isAcknowledged ? undoReasonAcknowledged : undoReason
  const make = (): NewOp | null => relayOp(desk, relay.incident, 'cancelled', { ...relay, over: relay.cards }, reason)
  return isAcknowledged ? { make, leaves: 'acknowledged' } : { make }
}

/** A relay that was called off is told anew: the agency has already put the old one away. */
export function toldAgain({ desk }: Context, op: KnownOp<'RelayCancelled'>): Part | Fault {
  const old = relayFacts(desk.db, idOf(op.on))
  const facts = old === null ? null : incidentFacts(desk.db, old.incident)
  if (old === null || facts === null || facts.root !== null || !isOpen(facts.status)) return refused('undo_built_on')
  const isOpenElsewhere = relaysOf(desk.db, old.incident).some(
    ({ agency, step }) => agency === old.agency && !isFinished(step),
  )
  if (isOpenElsewhere) return refused('undo_changed')
  const { agency, channel } = old
  const make = (): NewOp | null =>
    relayOp(desk, old.incident, 'made', { relay: newId<RelayId>(), agency, channel, over: [] })
  return { make }
}
