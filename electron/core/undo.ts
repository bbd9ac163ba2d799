// How an own action can be taken back: the ops that do it, or why it cannot be. It appends nothing.
import type { Fault } from '#domain/fault.ts'
import type { IncidentId, RelayId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import { outsideActions, type LeftBehind } from '#domain/undo.ts'
import type { AnyKnownOp } from '#db/apply/known-op.ts'
import type { OwnAction } from '#db/local/own-action.ts'
import { relayFacts } from '#db/queries/relay-facts.ts'
import { changedCards, relayOp } from './card.ts'
import type { Desk } from './desk.ts'
import { struckBlock, struckContact, struckEntry, struckReport, struckStep } from './undo-entry.ts'
import { fieldBack, knownOp } from './undo-field.ts'
import { calledOff, cancelledOpening, struckNote, toldAgain, writtenAgain } from './undo-incident.ts'
import { refused, type Context, type Part } from './undo-part.ts'

/** `ops` and `after` are made only when they are wanted: a card must be signed. */
export type Undo = {
  readonly ops: () => NewOp[]
  /** The agencies' cards, once the rest is what it was. */
  readonly after: () => NewOp[]
  readonly leaves: LeftBehind | null
}

/** The action that Ctrl+Z would take back next: the newest that was neither taken back nor passed over. */
export function nextUndo(actions: readonly OwnAction[]): OwnAction | undefined {
  return actions.find(({ state, undoes }) => state === 'done' && undoes === null)
}

/** How to take an action back, or a refusal. `actions` are all of the session. */
export function planUndo(desk: Desk, action: OwnAction, actions: readonly OwnAction[]): Undo | Fault {
  if (outsideActions.includes(action.name)) return refused('undo_outside')
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
  const reopened = new Set(parts.flatMap((part) => part.reopened ?? []))
  return {
    ops: () => parts.flatMap((part) => part.make() ?? []),
    after: () => [
      ...[...told].flatMap((incident) => changedCards(desk, incident)),
      ...[...reopened].flatMap((relay) => cardAgain(desk, relay, told)),
    ],
    leaves: leftBy(parts),
  }
}

function leftBy(parts: readonly Part[]): LeftBehind | null {
  const left = parts.flatMap(({ leaves }) => leaves ?? [])
  return left.includes('acknowledged') ? 'acknowledged' : (left[0] ?? null)
}

/** An agency that was believed to be done with a relay was not told what changed since. */
function cardAgain(desk: Desk, relay: RelayId, told: ReadonlySet<IncidentId>): NewOp[] {
  const facts = relayFacts(desk.db, relay)
  if (facts === null || facts.channel !== 'mqtt' || told.has(facts.incident)) return []
  return [relayOp(desk, facts.incident, 'changed', { ...facts, over: facts.cards }) ?? []].flat()
}

/** What takes one op back; null when it needs nothing of its own. */
function undone(context: Context, op: AnyKnownOp): Part | Fault | null {
  const has = (kind: AnyKnownOp['kind'], on?: string): boolean =>
    context.ops.some((one) => one.kind === kind && (on === undefined || one.on === on))
  switch (op.kind) {
    case 'CallSeen':
    case 'RelayChanged':
      return null
    case 'IncidentOpened':
      return cancelledOpening(context, op)
    // An incident that was opened stays on record, called off, with all that was said of it.
    case 'ReportAdded':
      return has('IncidentOpened') ? null : struckReport(context, op)
    case 'ReportFieldSet':
      return has('ReportAdded', op.on) ? null : fieldBack(context, op)
    case 'IncidentFieldSet':
    case 'QuestionAnswered':
      return has('IncidentOpened', op.on) ? null : fieldBack(context, op)
    case 'CallFieldSet':
      // A contact that was struck needs no class.
      return has('ContactTaken', op.on) ? null : fieldBack(context, op)
    case 'NoteAdded':
      return has('IncidentOpened', op.on) ? null : struckNote(context, op)
    case 'NoteStruck':
      return writtenAgain(context, op)
    case 'RelayMade':
      return calledOff(context, op)
    case 'RelayCancelled':
      return toldAgain(context, op)
    case 'RelayStepped':
    case 'RelayTold':
    case 'RelayAlarmHandled':
      return has('RelayMade', op.on) ? null : struckStep(context, op)
    case 'ContactTaken':
      return struckContact(context, op)
    case 'BlockRequested':
    case 'BlockDecided':
    case 'BlockLifted':
      return struckBlock(context, op)
    case 'CallPrompted':
    case 'OperatorStateSet':
    case 'LogAlarmHandled':
      return struckEntry(context, op)
    default:
      return refused('undo_fact')
  }
}
