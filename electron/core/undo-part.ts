// What taking one op back is made of. It decides nothing.
import { fault, type Fault } from '#domain/fault.ts'
import type { IncidentId, RelayId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import type { LeftBehind, UndoFault } from '#domain/undo.ts'
import type { AnyKnownOp } from '#db/apply/known-op.ts'
import type { OwnAction } from '#db/local/own-action.ts'
import type { Desk } from './desk.ts'

export type Part = {
  readonly make: () => NewOp | null
  /** The incidents whose cards change by it. */
  readonly told?: readonly IncidentId[]
  /** A relay that was finished and is not any more. */
  readonly reopened?: RelayId
  readonly leaves?: LeftBehind
}

/** `ops` are those of the action that is taken back, `actions` all of the session. */
export type Context = {
  readonly desk: Desk
  readonly ops: readonly AnyKnownOp[]
  readonly actions: readonly OwnAction[]
}

/** Why an op cannot be taken back. */
export function refused(why: UndoFault): Fault {
  return fault(why)
}

/** The id in "relay:uuid". */
export function idOf<T extends string>(on: string): T {
  return on.slice(on.indexOf(':') + 1) as T
}
