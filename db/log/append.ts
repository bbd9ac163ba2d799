// Appends own ops to the own log inside the caller's transaction. It must not apply them and must not touch another log.
import { fault } from '#domain/fault.ts'
import type { Fault } from '#domain/fault.ts'
import { nextAt } from '#log/at.ts'
import { maxOpBytes, maxRunBytes, maxRunOps, runBytes } from '#log/batch.ts'
import { canonical } from '#log/bytes.ts'
import { opHash, personalHash } from '#log/hash.ts'
import { writeOp } from '#log/op.ts'
import type { OpFields } from '#log/op.ts'
import { makeSeal } from '#log/seal.ts'
import { afterApplied } from './effects.ts'
import { insertOp, setHead } from './insert.ts'
import { branchByRow, correctedNow } from './log.ts'
import type { Log } from './log.ts'
import { storedOp } from './stored-op.ts'
import type { StoredOp } from './stored-op.ts'

/** A change to record. `v` is 1 unless said; `personal` lies outside the hash chain so that it can be erased. */
export type OwnOp = {
  readonly kind: string
  readonly v?: number
  readonly on: string
  readonly about?: readonly string[]
  readonly body: { readonly [key: string]: unknown }
  readonly personal?: { readonly [key: string]: unknown } | undefined
  readonly by: string
  readonly session: string
}

type Written = {
  readonly fields: OpFields
  readonly text: string
  readonly hash: string
  readonly part: { readonly salt: Buffer; readonly text: string } | null
}

/**
 * Appends ops and the seals over them and gives them as stored; the caller applies them in the same transaction.
 * Gives a `too_large` Fault, and appends nothing, when an op with its personal part exceeds 16 KiB.
 */
export function appendOwn(log: Log, ops: readonly OwnOp[]): StoredOp[] | Fault {
  const own = branchByRow(log.db, log.memory.ownLog)
  const written: Written[] = []
  let { headSeq: seq, headHash: hash } = own
  for (const op of ops) {
    seq += 1
    const next = write(log, op, seq, hash)
    const bytes = Buffer.byteLength(next.text) + (next.part === null ? 0 : Buffer.byteLength(next.part.text))
    if (bytes > maxOpBytes) return fault('too_large', { detail: op.kind })
    written.push(next)
    hash = next.hash
  }
  const ends = new Set(runEnds(written))
  const stored = written.map((entry) => store(log, own.log, entry, ends.has(entry)))
  setHead(log.db, own.log, seq, hash)
  for (const op of stored) afterApplied(log, op)
  return stored
}

function write(log: Log, op: OwnOp, seq: number, before: string): Written {
  const { memory } = log
  const at = nextAt(correctedNow(log), memory.greatestAt)
  memory.greatestAt = at
  const part = op.personal === undefined ? null : { salt: log.randomBytes(16), text: canonical(op.personal) }
  const text = writeOp({
    origin: memory.key.origin,
    seq,
    at,
    wall: log.clock.now(),
    offset: memory.offset,
    by: op.by,
    session: op.session,
    kind: op.kind,
    v: op.v ?? 1,
    on: op.on,
    ...(op.about === undefined ? {} : { about: op.about }),
    body: op.body as OpFields['body'],
    ...(part === null ? {} : { personalHash: personalHash(part.salt, part.text) }),
  })
  return { fields: JSON.parse(text) as OpFields, text, hash: opHash(before, text), part }
}

function store(log: Log, ownLog: number, entry: Written, isEnd: boolean): StoredOp {
  const { fields, text, hash, part } = entry
  const state = part === null ? 'none' : 'kept'
  const op = insertOp(log.db, {
    log: ownLog,
    seq: fields.seq,
    hash,
    text,
    known: fields,
    part: state,
    kept: part,
    standing: 'applied',
    reason: null,
    seal: isEnd ? makeSeal(log.site, log.memory.key, fields.seq, hash).sig : null,
  })
  return storedOp({ op, hash, fields, part: state, personal: part?.text ?? null })
}

/** The ops that get a seal: the last one, and the one before a run would pass 64 ops or 60 KiB of batch JSON. */
function runEnds(written: readonly Written[]): Written[] {
  const ends: Written[] = []
  let ops = 0
  let bytes = 0
  let last: Written | undefined
  for (const entry of written) {
    const size = runBytes(entry.text, entry.part?.text ?? null)
    if (last !== undefined && (ops + 1 > maxRunOps || bytes + size > maxRunBytes)) {
      ends.push(last)
      ops = 0
      bytes = 0
    }
    ops += 1
    bytes += size
    last = entry
  }
  return last === undefined ? ends : [...ends, last]
}
