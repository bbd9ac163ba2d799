// Reads which numbers are asked to be blocked and which are, until when. A block that has ended is found in the log only.
import type { BlockId } from '#domain/block.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/** Times are true time (UTC ms). `until` is null while nobody has approved it. */
export type Block = {
  readonly block: BlockId
  readonly number: string | null
  readonly reason: string | null
  readonly hours: number
  readonly requestedAt: number
  readonly requestedBy: string
  readonly decidedBy: string | null
  readonly until: number | null
}

const columns = `block, number, reason, hours, requested_at AS requestedAt, requested_by AS requestedBy,
  decided_by AS decidedBy, until`
const shown = 200

/** What waits for a lead, the oldest first, then what is blocked at `now`, the next to end first. */
export function openBlocks(db: Db, now: number): Block[] {
  const requested = prepared<Block>(
    db,
    `SELECT ${columns} FROM block WHERE decided_at IS NULL AND lifted_at IS NULL ORDER BY requested_at LIMIT ?`,
  ).all(shown)
  const running = prepared<Block>(
    db,
    `SELECT ${columns} FROM block WHERE until > ? AND lifted_at IS NULL ORDER BY until LIMIT ?`,
  ).all(now, shown)
  return [...requested, ...running]
}

/** Until when a number is blocked at `now`, or null. */
export function blockedUntil(db: Db, number: string, now: number): number | null {
  const row = prepared<{ until: number }>(
    db,
    'SELECT until FROM block WHERE number = ? AND until > ? AND lifted_at IS NULL ORDER BY until DESC LIMIT 1',
  ).get(number, now)
  return row?.until ?? null
}

/** One block whatever became of it, or null. */
export function blockFacts(db: Db, block: BlockId): (Block & { liftedAt: number | null; isDecided: boolean }) | null {
  const row = prepared<Block & { liftedAt: number | null; decidedAt: number | null }>(
    db,
    `SELECT ${columns}, lifted_at AS liftedAt, decided_at AS decidedAt FROM block WHERE block = ?`,
  ).get(block)
  return row === undefined ? null : { ...row, isDecided: row.decidedAt !== null }
}

/** An open request or running block of a number, or null. */
export function openBlockOf(db: Db, number: string, now: number): Block | null {
  return openBlocks(db, now).find((block) => block.number === number) ?? null
}
