// Calls this desk saw: committed at once while they ring, kept until an op for them is known.
import type { CallId } from '#domain/id.ts'
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

export type SeenCall = {
  readonly call: CallId
  readonly bridge: string
  /** The newest call document, JSON text. */
  readonly document: string
  readonly seenAt: number
  readonly endedAt: number | null
}
type Row = { call: CallId; bridge: string; document: string; seen_at: number; ended_at: number | null }

/** Keeps the newest document of a call. */
export function putSeenCall(db: Db, seen: SeenCall): void {
  prepared(
    db,
    `INSERT INTO seen_call (call, bridge, document, seen_at, ended_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (call) DO UPDATE SET document = excluded.document, ended_at = excluded.ended_at`,
  ).run(seen.call, seen.bridge, seen.document, seen.seenAt, seen.endedAt)
}

/** Calls that are still open or whose record is not settled, oldest first. */
export function unsettledCalls(db: Db): SeenCall[] {
  return prepared<Row, []>(db, 'SELECT * FROM seen_call WHERE is_settled = 0 ORDER BY seen_at LIMIT 500')
    .all()
    .map((row) => ({
      call: row.call,
      bridge: row.bridge,
      document: row.document,
      seenAt: row.seen_at,
      endedAt: row.ended_at,
    }))
}

/** The call ended and an op for it is known: nothing more to do here. */
export function settleCall(db: Db, call: CallId): void {
  prepared(db, 'UPDATE seen_call SET is_settled = 1 WHERE call = ?').run(call)
}

/** Drops settled rows seen before `before`; the record is in the log. */
export function forgetSettledCalls(db: Db, before: number): void {
  prepared(db, 'DELETE FROM seen_call WHERE is_settled = 1 AND seen_at < ?').run(before)
}
