// Reads stored ops back as batches: for sending the own log and for answering other members. It must not decide who gets them.
import type { Batch, BatchOp } from '#log/batch.ts'
import { toBase64url } from '#log/bytes.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { erasedBy } from './effects.ts'
import { hashAt } from './log.ts'
import type { Branch } from './log.ts'

/** How much one batch carries unless a single sealed run is larger: keeps reading under 5 ms and payloads under 256 KiB. */
export const sliceBytes = 96 * 1024
const sliceOps = 512

type Row = {
  readonly seq: number
  readonly hash: Buffer
  readonly was: Buffer | null
  readonly bytes: Buffer
  readonly part: string
  readonly salt: Buffer | null
  readonly personal: Buffer | null
}

/** The batch that begins at `from` and ends at the last seal that fits a slice; undefined when nothing sealed is there. */
export function readBatchFrom(db: Db, branch: Branch, from: number): Batch | undefined {
  if (from < branch.fromSeq || from > branch.headSeq) return undefined
  const after = hashAt(db, branch, from - 1)
  const last = lastOfSlice(db, branch, from)
  const end = sealedEnd(db, branch, from, last)
  if (after === undefined || end === undefined) return undefined
  const ops: BatchOp[] = []
  let hash = ''
  for (const row of rowsOf(db, branch, from, end.seq)) {
    hash = row.hash.toString('hex')
    ops.push(batchOp(db, row, hash))
  }
  return { origin: branch.origin, from, after, ops, seal: { seq: end.seq, hash, sig: end.sig } }
}

/** Sizes first, so that long ops are not read twice. */
function lastOfSlice(db: Db, branch: Branch, from: number): number {
  const sizes = prepared<{ seq: number; size: number }>(
    db,
    `SELECT seq, length(op.bytes) + coalesce(length(personal.bytes), 0) AS size
     FROM op LEFT JOIN personal ON personal.op = op.op WHERE log = ? AND seq >= ? ORDER BY seq LIMIT ${sliceOps}`,
  ).all(branch.log, from)
  let bytes = 0
  let last = from
  for (const row of sizes) {
    bytes += row.size
    if (bytes > sliceBytes) break
    last = row.seq
  }
  return last
}

/** A log that the member list ended inside a run has no seal there: the list itself proves it, whatever stands as signature. */
function sealedEnd(db: Db, branch: Branch, from: number, last: number): { seq: number; sig: string } | undefined {
  const row =
    prepared<{ seq: number; sig: Buffer }>(
      db,
      'SELECT seq, sig FROM seal WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT 1',
    ).get(branch.log, from, last) ??
    prepared<{ seq: number; sig: Buffer }>(
      db,
      'SELECT seq, sig FROM seal WHERE log = ? AND seq > ? ORDER BY seq LIMIT 1',
    ).get(branch.log, last)
  return row === undefined
    ? { seq: branch.headSeq, sig: toBase64url(Buffer.alloc(64)) }
    : { seq: row.seq, sig: toBase64url(row.sig) }
}

function rowsOf(db: Db, branch: Branch, from: number, to: number): Row[] {
  return prepared<Row>(
    db,
    `SELECT seq, hash, was, op.bytes, part, salt, personal.bytes AS personal
     FROM op LEFT JOIN personal ON personal.op = op.op WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY seq`,
  ).all(branch.log, from, to)
}

function batchOp(db: Db, row: Row, hash: string): BatchOp {
  const op = row.bytes.toString('utf8')
  if (row.part === 'kept' && row.personal !== null && row.salt !== null) {
    return { op, personal: row.personal.toString('utf8'), salt: toBase64url(row.salt) }
  }
  const by = row.part === 'erased' ? erasedBy({ db }, row.was?.toString('hex') ?? hash) : undefined
  return by === undefined ? { op, personal: null, salt: null } : { op, personal: null, salt: null, erasedBy: by }
}
