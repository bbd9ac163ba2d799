// Ctrl+Z: takes back the newest action of this session that was not taken back yet, and never another than the one shown.
import { fault, type Fault } from '#domain/fault.ts'
import { undoMs } from '#domain/undo.ts'
import { ownActions, settleOwnAction } from '#db/local/own-action.ts'
import type { Actor, Desk } from '../desk.ts'
import { takers, type Decision, type Rules } from '../rule.ts'
import { nextUndo, planUndo } from '../undo.ts'

/** What cannot be taken back is passed over, so that pressing again reaches what was done before it. */
function undoLast(desk: Desk, input: { action: string }, actor: Actor): Decision<Record<string, never>> | Fault {
  const actions = ownActions(desk.db, actor.session)
  const next = nextUndo(actions)
  if (next?.action !== input.action) return fault('changed_meanwhile')
  if (desk.clock.now() - next.at > undoMs) return fault('undo_too_old')
  const undo = planUndo(desk, next, actions)
  settleOwnAction(desk.db, next.action, 'fault' in undo ? 'passed' : 'undone')
  if ('fault' in undo) return undo
  return { ops: undo.ops(), after: undo.after, reply: {}, undoes: next.action }
}

export const undoRules: Pick<Rules, 'undoLast'> = {
  // An admin deals with alarms about logs.
  undoLast: { roles: [...takers, 'admin'], decide: undoLast },
}
