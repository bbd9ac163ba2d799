// Replies of commands already carried out, so that a retry after a crash answers the same and applies nothing twice.
import { leaveNoTraces, prepared } from '../open.ts'
import type { Db } from '../open.ts'
import { setSetting, setting } from './setting.ts'

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

/** Puts the true reply in the place of the one that was kept before something was asked of the world outside. */
export function replaceReply(db: Db, command: string, reply: string): void {
  prepared(db, 'UPDATE command_reply SET reply = ? WHERE command = ?').run(reply, command)
}

const secretName = 'secret-reply'

/** Keeps a reply that holds a secret, until `forgetSecretReply`; a later one takes its place. */
export function storeSecretReply(db: Db, command: string, reply: string, at: number): void {
  forgetSecretReply(db)
  storeReply(db, command, reply, at)
  setSetting(db, secretName, command)
}

/** The secret was seen: no trace of it stays. */
export function forgetSecretReply(db: Db): void {
  const command = setting(db, secretName) ?? ''
  if (command === '') return
  prepared(db, 'DELETE FROM command_reply WHERE command = ?').run(command)
  setSetting(db, secretName, '')
  leaveNoTraces(db)
}

/** Forgets replies older than 24 h. */
export function forgetOldReplies(db: Db, now: number): void {
  prepared(db, 'DELETE FROM command_reply WHERE at < ?').run(now - keptMs)
}
