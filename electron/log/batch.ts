// Batches: a run of ops of one log with their personal parts under one seal. It must not look inside an op.
import { fromBase64url, isHash, isInteger, isObject, parseJson } from './bytes.ts'
import { isOrigin, opHash, personalHash } from './hash.ts'
import { readSeal } from './seal.ts'
import type { Seal } from './seal.ts'

/** The limits of a writer (wire format 1, section 2): bytes of one op with its part, ops and JSON bytes of one run. */
export const maxOpBytes = 16_384
export const maxRunOps = 64
export const maxRunBytes = 60 * 1024

/** One op of a batch; `salt` is base64url. */
export type BatchOp = {
  readonly op: string
  readonly personal: string | null
  readonly salt: string | null
  readonly erasedBy?: string
}
/** A run of ops; `after` is the hash before `from`. */
export type Batch = {
  readonly origin: string
  readonly from: number
  readonly after: string
  readonly ops: readonly BatchOp[]
  readonly seal: Seal
}

/** A batch out of a payload's text, or the reason why it is none. Neither chain nor signature are checked here. */
export function readBatch(text: string): Batch | { readonly refused: string } {
  const value = parseJson(text)
  if (!isObject(value)) return { refused: 'no JSON object' }
  const { origin, from, after, ops } = value
  const seal = readSeal(value.seal)
  if (!isOrigin(origin) || !isInteger(from, 1) || !isHash(after)) return { refused: 'origin, from or after' }
  if (!Array.isArray(ops) || ops.length === 0) return { refused: 'no ops' }
  if (seal === undefined || seal.seq !== from + ops.length - 1) return { refused: 'seal' }
  const read: BatchOp[] = []
  for (const entry of ops) {
    const op = readBatchOp(entry)
    if (op === undefined) return { refused: 'op' }
    read.push(op)
  }
  return { origin, from, after, ops: read, seal }
}

function readBatchOp(entry: unknown): BatchOp | undefined {
  if (!Array.isArray(entry)) return undefined
  const [op, personal, salt, erasedBy] = entry as unknown[]
  if (typeof op !== 'string' || !op.isWellFormed()) return undefined
  if (typeof personal === 'string' && !personal.isWellFormed()) return undefined
  return {
    op,
    personal: typeof personal === 'string' ? personal : null,
    salt: typeof salt === 'string' ? salt : null,
    ...(isHash(erasedBy) ? { erasedBy } : {}),
  }
}

/** The payload of a batch. */
export function writeBatch(batch: Batch): string {
  const ops = batch.ops.map((op) =>
    op.erasedBy === undefined ? [op.op, op.personal, op.salt] : [op.op, op.personal, op.salt, op.erasedBy],
  )
  return JSON.stringify({ origin: batch.origin, from: batch.from, after: batch.after, ops, seal: batch.seal })
}

/** The hash of every op of a batch, in order, starting from its `after`. */
export function chainOf(batch: Batch): string[] {
  let before = batch.after
  return batch.ops.map((entry) => (before = opHash(before, entry.op)))
}

/** The salt and text of a personal part that fits its hash, or undefined: then the part is missing. */
export function fittingPart(
  entry: BatchOp,
  hash: string,
): { readonly salt: Buffer; readonly text: string } | undefined {
  const salt = fromBase64url(entry.salt, 16)
  if (salt === undefined || entry.personal === null) return undefined
  return personalHash(salt, entry.personal) === hash ? { salt, text: entry.personal } : undefined
}

/** JSON bytes that one op adds to a run; what `maxRunBytes` is counted in. */
export function runBytes(op: string, personal: string | null): number {
  const salt = personal === null ? 4 : 24
  return Buffer.byteLength(JSON.stringify(op)) + Buffer.byteLength(JSON.stringify(personal)) + salt + 5
}
