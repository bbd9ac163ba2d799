// Taking back entries that stay on record and count no more: a report, a step, a contact, a word about a block. It appends nothing.
import type { BlockId } from '#domain/block.ts'
import type { Fault } from '#domain/fault.ts'
import type { CallId, OpId, RelayId, ReportId } from '#domain/id.ts'
import { isFinished } from '#domain/relay.ts'
import { undoReason } from '#domain/undo.ts'
import type { AnyKnownOp, KnownOp } from '#db/apply/known-op.ts'
import { blockFacts, openBlockOf } from '#db/queries/blocks.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import { hasStepAfter, isStruck, writersOfReport } from '#db/queries/entries.ts'
import { ownOrigins } from '#db/queries/own-origins.ts'
import { relayFacts, relaysOf } from '#db/queries/relay-facts.ts'
import { idOf, refused, type Context, type Part } from './undo-part.ts'
import { trueNow } from './silent.ts'

/** The entry is struck; whoever looks finds both. */
export function struckEntry({ desk }: Context, { id, on, about }: AnyKnownOp): Part | Fault {
  const entry = id as OpId
  if (isStruck(desk.db, on, entry)) return refused('undo_changed')
  const place = { on, ...(about === undefined ? {} : { about }) }
  return { make: () => ({ kind: 'EntryStruck', ...place, body: { entry }, personal: { reason: undoReason } }) }
}

/** A caller who was added counts no more, unless somebody else has already written down what he says. */
export function struckReport(context: Context, op: KnownOp<'ReportAdded'>): Part | Fault {
  const { desk, ops } = context
  const own = ownOrigins(desk.db)
  if (writersOfReport(desk.db, idOf<ReportId>(op.on)).some((origin) => !own.has(origin)))
    return refused('undo_built_on')
  const part = struckEntry(context, op)
  // Agencies that were told of him are told again.
  const isTold = ops.some(({ kind }) => kind === 'RelayChanged')
  return 'fault' in part || !isTold ? part : { ...part, told: [op.body.incident] }
}

type StepOp = KnownOp<'RelayStepped'> | KnownOp<'RelayTold'> | KnownOp<'RelayAlarmHandled'>

/**
 * What was recorded of an agency counts no more while nobody has gone on from it. What was said to the agency, or what it
 * answered, has been said all the same; an alarm that somebody took simply comes back.
 */
export function struckStep(context: Context, op: StepOp): Part | Fault {
  const { db } = context.desk
  const relay = relayFacts(db, idOf<RelayId>(op.on))
  if (relay === null || relay.step === 'cancelled' || hasStepAfter(db, relay.relay, op.id as OpId)) {
    return refused('undo_built_on')
  }
  const isEnd = op.kind === 'RelayStepped' && isFinished(relay.step)
  const isToldAnew = relaysOf(db, relay.incident).some(
    ({ relay: other, agency, step }) => other !== relay.relay && agency === relay.agency && !isFinished(step),
  )
  if (isEnd && isToldAnew) return refused('undo_changed')
  const part = struckEntry(context, op)
  if ('fault' in part || op.kind === 'RelayAlarmHandled') return part
  return { ...part, leaves: 'said', ...(isEnd ? { reopened: relay.relay } : {}) }
}

/** A contact that was noted counts no more, unless it has become part of an incident. */
export function struckContact(context: Context, op: KnownOp<'ContactTaken'>): Part | Fault {
  const call = callFacts(context.desk.db, idOf<CallId>(op.on))
  return call?.incident === null ? struckEntry(context, op) : refused('undo_built_on')
}

type BlockOp = KnownOp<'BlockRequested'> | KnownOp<'BlockDecided'> | KnownOp<'BlockLifted'>

/** A word about a block counts no more while nobody has spoken after it, and no other block of the number is open. */
export function struckBlock(context: Context, op: BlockOp): Part | Fault {
  const { desk } = context
  const facts = blockFacts(desk.db, idOf<BlockId>(op.on))
  if (facts === null) return refused('undo_changed')
  const isLifted = facts.liftedAt !== null
  const isBuiltOn = op.kind === 'BlockLifted' ? false : isLifted || (op.kind === 'BlockRequested' && facts.isDecided)
  if (isBuiltOn) return refused('undo_built_on')
  const other = facts.number === null ? null : openBlockOf(desk.db, facts.number, trueNow(desk))
  if (other !== null && other.block !== facts.block) return refused('undo_changed')
  return struckEntry(context, op)
}
