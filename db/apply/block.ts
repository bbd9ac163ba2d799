// Rows of blocked numbers: who asked, who decided, when it ends. It must not know what time it is.
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { putDerived } from './derived-row.ts'
import type { Fact } from './fact.ts'
import { compareFacts, factOf, splitAggregate } from './fact.ts'
import { insertFact } from './insert.ts'
import type { KnownOp } from './known-op.ts'
import { standing, strikesOn } from './strike.ts'

type BlockOp = KnownOp<'BlockRequested'> | KnownOp<'BlockDecided'> | KnownOp<'BlockLifted'>

/** A request, a decision of a lead, or an early end. */
export function applyBlock(db: Db, op: BlockOp): void {
  const requested = op.kind === 'BlockRequested' ? op : null
  insertFact(db, 'block_event', {
    block: splitAggregate(op.on).id,
    ...factOf(op),
    kind: op.kind,
    hours: requested?.body.hours ?? null,
    approved: op.kind === 'BlockDecided' ? Number(op.body.approved) : null,
    number: requested?.personal?.number ?? null,
    reason: op.personal?.reason ?? null,
  })
}

type Event = Fact & {
  readonly kind: BlockOp['kind']
  readonly hours: number | null
  readonly approved: number | null
  readonly number: string | null
  readonly reason: string | null
}

const hourMs = 3_600_000

/** The row of a block; none while its request is not known. Of two decisions the earlier counts. */
export function deriveBlock(db: Db, block: string): void {
  const recorded = prepared<Event>(db, 'SELECT * FROM block_event WHERE block = ?').all(block).sort(compareFacts)
  const events = standing(recorded, strikesOn(db, `block:${block}`))
  const first = (kind: Event['kind']) => events.find((event) => event.kind === kind)
  const requested = first('BlockRequested')
  if (requested === undefined) return putDerived(db, 'block', block, null)
  const decided = first('BlockDecided')
  const lifted = first('BlockLifted')
  const hours = requested.hours ?? 0
  putDerived(db, 'block', block, {
    number: requested.number,
    reason: requested.reason,
    hours,
    requested_at: requested.time,
    requested_by: requested.by,
    approved: decided?.approved ?? null,
    decided_at: decided?.time ?? null,
    decided_by: decided?.by ?? null,
    until: decided?.approved === 1 ? decided.time + hours * hourMs : null,
    lifted_at: lifted?.time ?? null,
    lifted_by: lifted?.by ?? null,
  })
}
