// Stores one received op and its personal part and lets it be judged. It must not check chains or seals.
import { fittingPart } from '#log/batch.ts'
import type { BatchOp } from '#log/batch.ts'
import type { ParkedReason } from '#log/op.ts'
import { isForGood, readOp } from '#log/op.ts'
import { prepared } from '../open.ts'
import { admit, settleRelay } from './admit.ts'
import { cardFromOp } from './cards.ts'
import { erasedBy } from './effects.ts'
import { insertOp, keepPersonal } from './insert.ts'
import { observeAt } from './log.ts'
import type { Branch, Log, Standing } from './log.ts'
import { standingOf } from './standing.ts'
import { opByRow, storedOp } from './stored-op.ts'
import type { Part } from './stored-op.ts'

/** What became of one op of a batch and of its personal part. */
export type OpOutcome = {
  readonly op: 'known' | 'applied' | 'twin' | 'parked' | 'parked for good' | 'held' | 'dropped'
  readonly part: Part | 'ignored'
  readonly reason?: ParkedReason
}

/** Stores an op that is new here. Without a standing it is held: kept, not judged, not applied. */
export function storeOp(
  log: Log,
  facts: {
    readonly branch: Branch
    readonly seq: number
    readonly hash: string
    readonly entry: BatchOp
    readonly standing: Standing | null
    /** Signature when the run is sealed here. */
    readonly seal: string | null
  },
): OpOutcome {
  const { branch, seq, hash, entry, standing, seal } = facts
  const read = readOp(entry.op, { origin: branch.origin, seq })
  const known = read.parked === undefined ? read.fields : read.known
  const fitting = known.personalHash === undefined ? undefined : fittingPart(entry, known.personalHash)
  const part = partOf(log, known.was ?? hash, known.personalHash, fitting !== undefined)
  const isParked = read.parked !== undefined
  const standingNow = standing === null ? 'held' : isParked ? 'parked' : 'applied'
  const reason = read.parked ?? null
  const kept = part === 'kept' ? (fitting ?? null) : null
  const row = {
    log: branch.log,
    seq,
    hash,
    text: entry.op,
    known,
    part,
    kept,
    standing: standingNow,
    reason,
    seal,
  } as const
  const op = insertOp(log.db, row)
  const shown = part === 'none' && entry.personal !== null ? 'ignored' : part
  if (standing === null) return { op: 'held', part: shown }
  if (isParked) return { op: isForGood(read.parked) ? 'parked for good' : 'parked', part: shown, reason: read.parked }
  observeAt(log, read.fields.at)
  const personal = kept?.text ?? null
  const outcome = admit(log, storedOp({ op, hash, fields: read.fields, part, personal }), standing, 'applied')
  if (outcome === 'applied') settleSteps(log, read.fields.kind, read.fields.on)
  return typeof outcome === 'string'
    ? { op: outcome, part: shown }
    : { op: 'parked', part: shown, reason: outcome.parked }
}

function partOf(log: Log, id: string, personalHash: string | undefined, isHere: boolean): Part {
  if (personalHash === undefined) return 'none'
  if (erasedBy(log, id) !== undefined) return 'erased'
  return isHere ? 'kept' : 'missing'
}

/** Steps of agency desks count by the relay that they are on, whichever came first. */
function settleSteps(log: Log, kind: string, aggregate: string): void {
  if (kind === 'RelayMade') settleRelay(log, (origin) => standingOf(log, origin), aggregate)
}

/** Keeps the missing personal part of an op that is known already, when a batch brings one that fits. */
export function keepLatePart(log: Log, entry: BatchOp, hash: string): OpOutcome {
  const row = prepared<{ op: number; part: Part; personal_hash: Buffer | null; standing: string; aggregate: string }>(
    log.db,
    'SELECT op, part, personal_hash, standing, aggregate FROM op WHERE hash = ?',
  ).get(Buffer.from(hash, 'hex'))
  if (row === undefined || row.part !== 'missing' || row.personal_hash === null) {
    return { op: 'known', part: row?.part ?? 'none' }
  }
  const fitting = fittingPart(entry, row.personal_hash.toString('hex'))
  if (fitting === undefined) return { op: 'known', part: 'missing' }
  keepPersonal(log.db, row.op, fitting)
  const op = row.standing === 'applied' ? opByRow(log.db, row.op) : undefined
  if (op !== undefined) {
    if (op.kind.startsWith('Relay')) cardFromOp(log, op)
    log.understanding.rebuild(log.db, row.aggregate)
    log.understanding.derive(log.db)
  }
  return { op: 'known', part: 'kept' }
}
