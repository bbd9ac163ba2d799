// Checks the end of the own log at start: what a torn write would hit first. A full check is verify-log's work.
import { opHash } from '#log/hash.ts'
import { verifySeal } from '#log/seal.ts'
import { toBase64url } from '#log/bytes.ts'
import { DatabaseError, prepared } from '../open.ts'
import { branchByRow, hashAt } from './log.ts'
import type { Log } from './log.ts'

const tailOps = 256

/** Throws a DatabaseError `corrupted` when the last ops of the own log are not the ones that were chained and sealed. */
export function checkTail(log: Log): void {
  const own = branchByRow(log.db, log.memory.ownLog)
  const from = Math.max(1, own.headSeq - tailOps + 1)
  const rows = prepared<{ seq: number; hash: Buffer; bytes: Buffer; seal: Buffer | null }>(
    log.db,
    'SELECT seq, hash, bytes, seal FROM op WHERE log = ? AND seq >= ? ORDER BY seq',
  ).all(own.log, from)
  let hash = hashAt(log.db, own, from - 1) ?? ''
  for (const [place, row] of rows.entries()) {
    hash = opHash(hash, row.bytes.toString('utf8'))
    if (row.seq !== from + place || hash !== row.hash.toString('hex')) throw broken(row.seq)
  }
  const last = rows.at(-1)
  if (own.headSeq === 0) return
  if (last === undefined || last.seq !== own.headSeq || hash !== own.headHash || last.seal === null)
    throw broken(own.headSeq)
  const seal = { seq: last.seq, hash, sig: toBase64url(last.seal) }
  if (!verifySeal(log.site, own.origin, own.key, seal)) throw broken(last.seq)
}

function broken(seq: number): DatabaseError {
  return new DatabaseError('corrupted', `the own log does not hold at ${seq}`)
}
