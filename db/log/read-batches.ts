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
  readonly hash: Buffer
  readonly was: Buffer | null
  readonly bytes: Buffer
  readonly part: string
  readonly salt: Buffer | null
  readonly personal: Buffer | null
  readonly seal: Buffer | null
}

/** The batch that begins at `from` and ends at the last seal that fits a slice; undefined when nothing is there. */
export function readBatchFrom(db: Db, branch: Branch, from: number): Batch | undefined {
  if (from < branch.fromSeq || from > branch.headSeq) return undefined
  const after = hashAt(db, branch, from - 1)
  if (after === undefined) return undefined
  const seq = endOfSlice(db, branch, from)
  const rows = prepared<Row>(
    db,
    `SELECT hash, was, bytes, part, salt, personal, seal FROM op WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY seq`,
  ).all(branch.log, from, seq)
  const last = rows.at(-1)
  if (last === undefined) return undefined
  // A log that the member list ended inside a run has no seal there: the list itself proves it, whatever stands as signature.
  const sig = toBase64url(last.seal ?? Buffer.alloc(64))
  const hash = last.hash.toString('hex')
  return { origin: branch.origin, from, after, ops: rows.map((row) => batchOp(db, row)), seal: { seq, hash, sig } }
}

/** The last seal within the slice, else the first one behind it, else the head. Sizes only, so that long ops are not read twice. */
function endOfSlice(db: Db, branch: Branch, from: number): number {
  const sizes = prepared<{ seq: number; size: number; sealed: number }>(
    db,
    `SELECT seq, length(bytes) + coalesce(length(personal), 0) AS size, seal IS NOT NULL AS sealed
     FROM op WHERE log = ? AND seq >= ? ORDER BY seq LIMIT ${sliceOps}`,
  ).all(branch.log, from)
  let bytes = 0
  let end: number | undefined
  for (const row of sizes) {
    bytes += row.size
    if (end !== undefined && bytes > sliceBytes) return end
    if (row.sealed === 1) end = row.seq
  }
  if (end !== undefined) return end
  const next = prepared<{ seq: number }>(
    db,
    'SELECT seq FROM op WHERE log = ? AND seq > ? AND seal IS NOT NULL ORDER BY seq LIMIT 1',
  ).get(branch.log, sizes.at(-1)?.seq ?? from)
  return next?.seq ?? branch.headSeq
}

function batchOp(db: Db, row: Row): BatchOp {
  const op = row.bytes.toString('utf8')
  if (row.part === 'kept' && row.personal !== null && row.salt !== null) {
    return { op, personal: row.personal.toString('utf8'), salt: toBase64url(row.salt) }
  }
  const by = row.part === 'erased' ? erasedBy({ db }, (row.was ?? row.hash).toString('hex')) : undefined
  return by === undefined ? { op, personal: null, salt: null } : { op, personal: null, salt: null, erasedBy: by }
}
