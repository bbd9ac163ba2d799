// How an own action can be taken back: the ops that do it, or why it cannot be. It appends nothing.
import { fault, type Fault } from '#domain/fault.ts'
import { newId, type IncidentId, type OpId, type RelayId } from '#domain/id.ts'
import { isOpen } from '#domain/incident.ts'
import type { NewOp } from '#domain/op.ts'
import { shortPersonName } from '#domain/operator.ts'
import { isFinished, isUnacknowledged } from '#domain/relay.ts'
import { undoReason, undoReasonAcknowledged, type UndoFault } from '#domain/undo.ts'
import type { AnyKnownOp, KnownOp } from '#db/apply/known-op.ts'
import type { OwnAction } from '#db/local/own-action.ts'
import { headsOf } from '#db/queries/heads.ts'
import { incidentFacts, noteFacts, reportFacts } from '#db/queries/incident-facts.ts'
import { operatorName } from '#db/queries/operator-name.ts'
import { ownOrigins } from '#db/queries/own-origins.ts'
import { relayFacts, relaysOf } from '#db/queries/relay-facts.ts'
import { changedCards, relayOp } from './card.ts'
import type { Desk } from './desk.ts'
import { isStillSet, knownOp, putBack, setBefore, setsBy, type FieldSet } from './undo-field.ts'

/** `ops` and `after` are made only when they are wanted: a card must be signed. */
export type Undo = {
  readonly ops: () => NewOp[]
  /** The agencies' cards, once the fields are what they were. */
  readonly after: () => NewOp[]
  /** An agency has already accepted a relay that this calls off. */
  readonly isAcknowledged: boolean
}

type Part = {
  readonly make: () => NewOp | null
  /** The incident whose cards change by it. */
  readonly told?: readonly IncidentId[]
  readonly isAcknowledged?: boolean
}
type Context = { readonly desk: Desk; readonly ops: readonly AnyKnownOp[]; readonly actions: readonly OwnAction[] }

const refused = (why: UndoFault): Fault => fault(why)
const idOf = <T extends string>(on: string): T => on.slice(on.indexOf(':') + 1) as T

/** The action that Ctrl+Z would take back next: the newest that was neither taken back nor passed over. */
export function nextUndo(actions: readonly OwnAction[]): OwnAction | undefined {
  return actions.find(({ state, undoes }) => state === 'done' && undoes === null)
}

/** How to take an action back, or a refusal. `actions` are all of the session. */
export function planUndo(desk: Desk, action: OwnAction, actions: readonly OwnAction[]): Undo | Fault {
  const ops = action.ops.flatMap((id) => knownOp(desk.db, id) ?? [])
  if (ops.length < action.ops.length) return refused('undo_built_on')
  const parts: Part[] = []
  // What was recorded last is taken back first.
  for (const op of ops.toReversed()) {
    const part = undone({ desk, ops, actions }, op)
    if (part === null) continue
    if ('fault' in part) return part
    parts.push(part)
  }
  if (parts.length === 0) return refused('undo_fact')
  const told = new Set(parts.flatMap((part) => part.told ?? []))
  return {
    ops: () => parts.flatMap((part) => part.make() ?? []),
    after: () => [...told].flatMap((incident) => changedCards(desk, incident)),
    isAcknowledged: parts.some((part) => part.isAcknowledged === true),
  }
}

/** What takes one op back; null when it needs nothing of its own. */
function undone(context: Context, op: AnyKnownOp): Part | Fault | null {
  const isOpening = context.ops.some(({ kind }) => kind === 'IncidentOpened')
  switch (op.kind) {
    case 'CallSeen':
    case 'ContactTaken':
    case 'RelayChanged':
      return null
    case 'IncidentOpened':
      return cancelledOpening(context, op)
    case 'ReportAdded':
      return isOpening ? null : refused('undo_fact')
    case 'ReportFieldSet':
      return isOpening ? null : fieldBack(context, op)
    case 'IncidentFieldSet':
    case 'QuestionAnswered':
    case 'CallFieldSet':
      return fieldBack(context, op)
    case 'NoteAdded':
      return struckNote(context, op)
    case 'NoteStruck':
      return writtenAgain(context, op)
    case 'RelayMade':
      return calledOff(context, op)
    case 'RelayCancelled':
      return toldAgain(context, op)
    default:
      return refused('undo_fact')
  }
}

function fieldBack({ desk, actions }: Context, op: AnyKnownOp): Part | Fault | null {
  const [set] = setsBy(op)
  if (set === undefined) return null
  if (!isStillSet(desk.db, set, actions)) return refused('undo_changed')
  if (setBefore(desk.db, set)?.isGone === true) return refused('undo_built_on')
  const incident = incidentOf(desk, op)
  const facts = incident === null ? null : incidentFacts(desk.db, incident)
  // What agencies read is the root's: a change of an absorbed incident would reach nobody.
  if (op.kind === 'IncidentFieldSet' && facts !== null && facts.root !== null && set.field !== 'mergedInto')
    return refused('undo_built_on')
  const make = (): NewOp | null => putBack(desk.db, set, facts?.activity ?? {})
  return { make, told: toldBy(set, incident) }
}

/** A decision and an umbrella are not told to agencies; a link changes the cards at both its ends. */
function toldBy(set: FieldSet, incident: IncidentId | null): IncidentId[] {
  if (incident === null || set.field === 'decision' || set.field === 'umbrella') return []
  const other = set.field === 'mergedInto' && set.value !== null ? [set.value as IncidentId] : []
  return [...other, incident]
}

function incidentOf(desk: Desk, op: AnyKnownOp): IncidentId | null {
  if (op.on.startsWith('incident:')) return idOf(op.on)
  return op.kind === 'ReportFieldSet' ? (reportFacts(desk.db, idOf(op.on))?.incident ?? null) : null
}

/** An incident that was opened stays on record, called off: unless others have already worked on it. */
function cancelledOpening({ desk }: Context, op: KnownOp<'IncidentOpened'>): Part | Fault {
  const facts = incidentFacts(desk.db, idOf(op.on))
  if (facts === null || facts.root !== null || !isOpen(facts.status)) return refused('undo_built_on')
  const own = ownOrigins(desk.db)
  const isOwn = Object.keys(facts.activity).every((origin) => own.has(origin))
  const isTold = relaysOf(desk.db, facts.incident).some(({ step }) => !isFinished(step))
  if (!isOwn || isTold) return refused('undo_built_on')
  const make = (): NewOp => ({
    kind: 'IncidentFieldSet',
    on: op.on,
    body: { field: 'decision', value: 'cancelled', over: headsOf(desk.db, op.on, 'decision'), saw: facts.activity },
    personal: { reason: undoReason },
  })
  return { make }
}

function struckNote({ desk }: Context, op: KnownOp<'NoteAdded'>): Part | Fault {
  const note = op.id as OpId
  if (noteFacts(desk.db, idOf(op.on), note)?.isStruck !== false) return refused('undo_changed')
  return { make: () => ({ kind: 'NoteStruck', on: op.on, body: { note }, personal: { reason: undoReason } }) }
}

/** A struck note stays struck; its words are written again, with the name of who wrote them when it was somebody else. */
function writtenAgain({ desk }: Context, op: KnownOp<'NoteStruck'>): Part | Fault {
  const note = knownOp(desk.db, op.body.note)
  const words = note?.kind === 'NoteAdded' ? note.personal?.text : undefined
  if (note === null || words === undefined) return refused('undo_built_on')
  const text = note.by === op.by ? words : `${shortPersonName(operatorName(desk.db, note.by) ?? note.by)}: ${words}`
  return { make: () => ({ kind: 'NoteAdded', on: op.on, body: {}, personal: { text } }) }
}

/** A relay that went out is never unsaid: a visible cancellation goes after it. */
function calledOff({ desk }: Context, op: KnownOp<'RelayMade'>): Part | Fault {
  const relay = relayFacts(desk.db, idOf(op.on))
  if (relay === null || isFinished(relay.step)) return refused('undo_built_on')
  const isAcknowledged = !isUnacknowledged(relay.step)
  const reason = isAcknowledged ? undoReasonAcknowledged : undoReason
  const make = (): NewOp | null => relayOp(desk, relay.incident, 'cancelled', { ...relay, over: relay.cards }, reason)
  return { make, isAcknowledged }
}

/** A relay that was called off is told anew: the agency has already put the old one away. */
function toldAgain({ desk }: Context, op: KnownOp<'RelayCancelled'>): Part | Fault {
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
