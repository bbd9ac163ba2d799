// Replies of commands already carried out, so that a retry after a crash answers the same and applies nothing twice.
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

const keptMs = 24 * 3_600_000

/** The stored reply of a command (JSON text), or null when it was never carried out. */
export function storedReply(db: Db, command: string): string | null {
  const row = prepared<{ reply: string }, [string]>(db, 'SELECT reply FROM command_reply WHERE command = ?').get(
    command,
  )
  return row?.reply ?? null
}

/** Keeps the reply in the transaction of the command. */
export function storeReply(db: Db, command: string, reply: string, at: number): void {
  prepared(db, 'INSERT INTO command_reply (command, reply, at) VALUES (?, ?, ?)').run(command, reply, at)
}

/** Forgets replies older than 24 h. */
export function forgetOldReplies(db: Db, now: number): void {
  prepared(db, 'DELETE FROM command_reply WHERE at < ?').run(now - keptMs)
}
