// The one way in: role, transaction, decision, ops, reply. What commits here is what the screen may call saved.
import { commands, type CommandName } from '#contract/commands.ts'
import type { Envelope, Handlers } from '#contract/port.ts'
import { fault, type Fault } from '#domain/fault.ts'
import type { Role } from '#domain/operator.ts'
import { deskSession } from '#db/local/desk-session.ts'
import { findLogin } from '#db/local/login.ts'
import { putOwnAction } from '#db/local/own-action.ts'
import { storedReply, storeReply } from '#db/local/reply.ts'
import { transact } from '#db/open.ts'
import type { Actor, Desk } from './desk.ts'
import { databaseFault } from './health.ts'
import { refusalOf } from './recorder.ts'
import type { Recorded, Rule, Rules } from './rule.ts'

/** The person of the desk's own session, or why there is none. */
export function actorOf(desk: Desk, session: string | null): Actor | Fault {
  const own = deskSession(desk.db, desk.boot)
  if (own === null) return fault('not_signed_in')
  if (own.session !== session) return fault('session_expired')
  const login = findLogin(desk.db, own.operator)
  if (login === null || !login.isActive) return fault('not_signed_in')
  return { operator: login.operator, role: login.role, session: own.session }
}

function allowed(roles: readonly Role[], actor: Actor | Fault): Actor | Fault {
  if ('fault' in actor) return actor
  return roles.includes(actor.role) ? actor : fault('forbidden')
}

/** One recorded command in one transaction: ops, state rows, local rows and the stored reply, or nothing. */
function carryOut(desk: Desk, name: CommandName, rule: Recorded<CommandName>, input: never, with_: Envelope): unknown {
  return transact(desk.db, () => {
    desk.step('begun')
    const stored = storedReply(desk.db, with_.command)
    if (stored !== null) return JSON.parse(stored) as unknown
    const actor = allowed(rule.roles, actorOf(desk, with_.session))
    if ('fault' in actor) return actor
    const decision = rule.decide(desk, input, actor)
    desk.step('decided')
    if ('fault' in decision) return decision
    const author = { by: actor.operator, session: actor.session }
    const ids = desk.recorder.append(decision.ops, author)
    const after = decision.after === undefined ? [] : desk.recorder.append(decision.after(), author)
    const { undoes = null } = decision
    const ops = [...ids, ...after]
    const at = desk.clock.now()
    if (ops.length > 0) putOwnAction(desk.db, { action: with_.command, session: actor.session, name, at, ops, undoes })
    desk.step('appended')
    const reply: unknown = typeof decision.reply === 'function' ? decision.reply(ids) : decision.reply
    storeReply(desk.db, with_.command, JSON.stringify(reply), at)
    desk.step('replied')
    return reply
  })
}

async function answer(
  desk: Desk,
  name: CommandName,
  rule: Rule<CommandName>,
  input: never,
  with_: Envelope,
): Promise<unknown> {
  try {
    if ('request' in rule) {
      const stored = storedReply(desk.db, with_.command)
      if (stored !== null) return JSON.parse(stored) as unknown
      const { command } = with_
      const actor = actorOf(desk, with_.session)
      if (rule.roles === 'anyone')
        return await rule.request(desk, input, 'fault' in actor ? null : { ...actor, command }, command)
      const checked = allowed(rule.roles, actor)
      return 'fault' in checked ? checked : await rule.request(desk, input, { ...checked, command }, command)
    }
    const reply = carryOut(desk, name, rule, input, with_)
    desk.step('committed')
    desk.health.wrote(null)
    desk.recorder.committed()
    desk.step('woken')
    return reply
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal !== null) return refusal
    const refused = databaseFault(error)
    if (refused === null) throw error
    desk.health.wrote(refused)
    return refused
  }
}

export type Dispatcher = {
  /** Handlers for every command of the contract, to be served on a port. */
  readonly handlers: Handlers<typeof commands>
  /** Resolves when no command is at work any more: a PIN may still be hashed, the exchange still be asked. */
  readonly idle: () => Promise<void>
}

/** The one way in for every page of a desk. */
export function dispatcher(desk: Desk, rules: Rules): Dispatcher {
  const atWork = new Set<Promise<unknown>>()
  const handler = (name: CommandName) => async (input: never, with_: Envelope) => {
    const work = answer(desk, name, rules[name] as Rule<CommandName>, input, with_)
    atWork.add(work)
    try {
      return await work
    } finally {
      atWork.delete(work)
    }
  }
  const names = Object.keys(commands) as CommandName[]
  return {
    handlers: Object.fromEntries(names.map((name) => [name, handler(name)])) as unknown as Handlers<typeof commands>,
    idle: async () => {
      while (atWork.size > 0) await Promise.allSettled(atWork)
    },
  }
}
