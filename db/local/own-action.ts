// Which own ops were one command of a session: what an undo takes back as a whole. Survives a restart of core.
import type { OpId } from '#domain/id.ts'
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

/** One recorded command. `action` is its command id; `undoes` the action it took back. */
export type OwnAction = {
  readonly action: string
  readonly name: string
  readonly at: number
  readonly ops: readonly OpId[]
  readonly undoes: string | null
  readonly state: 'done' | 'undone' | 'passed'
}

/** Longer than an undo and the undone action before it can be apart (ms). */
const keptMs = 3_600_000

type Recorded = Pick<OwnAction, 'action' | 'name' | 'at' | 'ops' | 'undoes'> & { readonly session: string }

/** Keeps an action in the transaction of its command and forgets old ones. */
export function putOwnAction(db: Db, { action, session, name, at, ops, undoes }: Recorded): void {
  prepared(db, 'DELETE FROM own_action WHERE at < ?').run(at - keptMs)
  prepared(
    db,
    `INSERT INTO own_action (action, session, name, at, ops, undoes, state) VALUES (?, ?, ?, ?, ?, ?, 'done')`,
  ).run(action, session, name, at, JSON.stringify(ops), undoes)
}

type Row = Omit<OwnAction, 'ops'> & { readonly place: number; readonly ops: string }

/** The actions of a session, the newest first; undos are among them. */
export function ownActions(db: Db, session: string): OwnAction[] {
  return prepared<Row>(db, 'SELECT place, action, name, at, ops, undoes, state FROM own_action WHERE session = ?')
    .all(session)
    .sort((a, b) => b.place - a.place)
    .map(({ place: _place, ops, ...row }) => ({ ...row, ops: JSON.parse(ops) as OpId[] }))
}

/** An action was taken back, or it cannot be and the one before it is next. */
export function settleOwnAction(db: Db, action: string, state: 'undone' | 'passed'): void {
  prepared(db, 'UPDATE own_action SET state = ? WHERE action = ?').run(state, action)
}
