// Logs that nobody vouches for: kept up to a limit, applied when the member list knows them, set aside again when it forgets them.
import type { BatchOp } from '#log/batch.ts'
import { readOp } from '#log/op.ts'
import { prepared } from '../open.ts'
import { admit, settleRelay, takeBack } from './admit.ts'
import { setStanding } from './insert.ts'
import { allBranches } from './log.ts'
import type { Branch, Log, Standing } from './log.ts'
import { standingOf } from './standing.ts'
import { storedOp } from './stored-op.ts'
import type { Part } from './stored-op.ts'

/** Bytes that are held for unknown members of one site. */
export const maxHeldBytes = 64 * 1024 * 1024

/** Marks a log as held and says whether there is room for these ops of it. */
export function keepHeld(log: Log, branch: Branch, ops: readonly BatchOp[]): boolean {
  prepared(log.db, 'UPDATE log SET is_held = 1 WHERE log = ?').run(branch.log)
  const held = log.memory.heldBytes ?? heldBytes(log)
  const more = ops.reduce(
    (sum, entry) => sum + Buffer.byteLength(entry.op) + Buffer.byteLength(entry.personal ?? ''),
    0,
  )
  log.memory.heldBytes = held + more
  if (log.memory.heldBytes <= maxHeldBytes) return true
  log.memory.heldBytes = held
  log.memory.heldRefused += 1
  return false
}

/** Counted once and then kept, because the sum reads every held row. */
function heldBytes(log: Log): number {
  const sql = `SELECT coalesce(sum(length(bytes) + coalesce(length(personal), 0)), 0) AS bytes
    FROM log JOIN op USING (log) WHERE log.is_held = 1`
  return prepared<{ bytes: number }>(log.db, sql).get()?.bytes ?? 0
}

/** After a new member list: applies what is known now and sets aside what is not known any more. */
export function settleHeld(log: Log): void {
  log.memory.heldBytes = null
  log.memory.heldRefused = 0
  for (const branch of allBranches(log.db)) {
    const standing = standingOf(log, branch.origin)
    if (standing !== null && branch.isHeld) release(log, branch, standing)
    if (standing === null && !branch.isHeld) setAside(log, branch)
  }
}

type HeldRow = {
  readonly op: number
  readonly seq: number
  readonly hash: Buffer
  readonly bytes: Buffer
  readonly part: Part
  readonly personal: Buffer | null
}

function release(log: Log, branch: Branch, standing: Standing): void {
  prepared(log.db, 'UPDATE log SET is_held = 0, key = ? WHERE log = ?').run(standing.key, branch.log)
  const rows = prepared<HeldRow>(
    log.db,
    `SELECT op, seq, hash, bytes, part, personal FROM op
     WHERE log = ? AND standing = 'held' ORDER BY seq`,
  ).all(branch.log)
  for (const row of rows) {
    const read = readOp(row.bytes.toString('utf8'), { origin: branch.origin, seq: row.seq })
    if (read.parked !== undefined) {
      setStanding(log.db, row.op, 'parked', read.parked)
      continue
    }
    const personal = row.personal?.toString('utf8') ?? null
    const { op, part } = row
    const stored = storedOp({ op, hash: row.hash.toString('hex'), fields: read.fields, part, personal })
    const isApplied = admit(log, stored, standing, 'held') === 'applied'
    if (isApplied && stored.kind === 'RelayMade') settleRelay(log, (origin) => standingOf(log, origin), stored.on)
  }
}

function setAside(log: Log, branch: Branch): void {
  prepared(log.db, 'UPDATE log SET is_held = 1 WHERE log = ?').run(branch.log)
  const touched = prepared<{ aggregate: string }>(
    log.db,
    `SELECT DISTINCT aggregate FROM op WHERE log = ? AND standing = 'applied'`,
  ).all(branch.log)
  prepared(log.db, `UPDATE op SET standing = 'held', reason = NULL WHERE log = ?`).run(branch.log)
  takeBack(
    log,
    (origin) => standingOf(log, origin),
    touched.map((row) => row.aggregate),
  )
}
