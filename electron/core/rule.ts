// The shape of a command's rule: which roles may, and what it does. The rules themselves are in commands/.
import type { CommandInput, CommandName, CommandOutput } from '#contract/commands.ts'
import type { Fault } from '#domain/fault.ts'
import type { OpId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import type { Role } from '#domain/operator.ts'
import type { ActionName } from '#domain/undo.ts'
import { putOwnAction } from '#db/local/own-action.ts'
import { storeReply } from '#db/local/reply.ts'
import type { Actor, Caller, Desk } from './desk.ts'

/** What a recorded command decided: ops to append and its reply, which may need the ids of those ops. */
export type Decision<Reply> = {
  readonly ops: readonly NewOp[]
  readonly reply: Reply | ((ids: readonly OpId[]) => Reply)
  /** Ops that follow from the state after the first ones, e.g. the changed cards of an edited incident. */
  readonly after?: () => readonly NewOp[]
  /** The action that these ops take back. */
  readonly undoes?: string
}

/** Decides inside the transaction of the command; may write local tables, appends nothing itself. */
export type Recorded<K extends CommandName> = {
  readonly roles: readonly Role[]
  readonly decide: (desk: Desk, input: CommandInput<K>, actor: Actor) => Decision<CommandOutput<K>> | Fault
}

/** Asks something outside the database: the telephone, a file, a PIN. `null` actor only where `roles` is 'anyone'. */
export type Requested<K extends CommandName> = {
  readonly roles: readonly Role[] | 'anyone'
  /** `command` is the id under which a reply is kept. */
  readonly request: (
    desk: Desk,
    input: CommandInput<K>,
    actor: Caller | null,
    command: string,
  ) => Promise<CommandOutput<K> | Fault>
}

export type Rule<K extends CommandName> = Recorded<K> | Requested<K>
export type Rules<K extends CommandName = CommandName> = { readonly [N in K]: Rule<N> }

/** Keeps the reply of a request in the transaction of its ops, so that a retry after a crash records nothing twice. */
export function keepReply(desk: Desk, { command }: Caller, reply: object): void {
  storeReply(desk.db, command, JSON.stringify(reply), desk.clock.now())
}

/**
 * Makes a request that recorded or did something the last action, in the transaction of its ops: a person who presses Ctrl+Z
 * then takes this one back, or is told that it cannot be.
 */
export function keepAction(
  desk: Desk,
  { command, session }: Caller,
  name: ActionName,
  ops: readonly OpId[] = [],
): void {
  putOwnAction(desk.db, { action: command, session, name, at: desk.clock.now(), ops, undoes: null })
}

/** People who take and work on calls. */
export const takers = ['operator', 'lead'] as const satisfies readonly Role[]
/** Everyone who has a session. */
export const anyRole = ['operator', 'lead', 'agency', 'admin'] as const satisfies readonly Role[]

/** A decision without ops, for commands that only write local tables. */
export const nothing: Decision<Record<string, never>> = { ops: [], reply: {} }

/** A decision of some ops whose reply is empty. */
export function record(...ops: readonly NewOp[]): Decision<Record<string, never>> {
  return { ops, reply: {} }
}
