// Who is signed in on this desk. Survives a restart of core, not of the program.
import type { SessionId } from '#domain/id.ts'
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

export type DeskSession = { readonly session: SessionId; readonly operator: string }

/** The session of this run of the program (`boot`), or null. */
export function deskSession(db: Db, boot: string): DeskSession | null {
  const row = prepared<DeskSession, [string]>(db, 'SELECT session, operator FROM desk_session WHERE boot = ?').get(boot)
  return row ?? null
}

/** Sessions left over from earlier runs: they ended without a word. */
export function staleSessions(db: Db, boot: string): DeskSession[] {
  return prepared<DeskSession, [string]>(db, 'SELECT session, operator FROM desk_session WHERE boot <> ?').all(boot)
}

/** Opens the one session of the desk. */
export function putDeskSession(db: Db, session: DeskSession, boot: string, now: number): void {
  prepared(db, 'INSERT INTO desk_session (session, operator, boot, opened_at) VALUES (?, ?, ?, ?)').run(
    session.session,
    session.operator,
    boot,
    now,
  )
}

/** Ends a session. */
export function dropDeskSession(db: Db, session: SessionId): void {
  prepared(db, 'DELETE FROM desk_session WHERE session = ?').run(session)
}
