// Signing in and out, and who may. Works without any network.
import { fault, type Fault } from '#domain/fault.ts'
import { newId, type SessionId } from '#domain/id.ts'
import { afterWrongTry, noTries, type Role } from '#domain/operator.ts'
import type { NewOp } from '#domain/op.ts'
import { dropDeskSession, putDeskSession, deskSession } from '#db/local/desk-session.ts'
import { allLogins, findLogin, putLogin, setTries, type Login } from '#db/local/login.ts'
import { forgetSecretReply } from '#db/local/reply.ts'
import type { Actor, Caller, Desk } from '../desk.ts'
import { actorOf } from '../dispatch.ts'
import { hashPin, isPin } from '../pin.ts'
import { Refusal } from '../recorder.ts'
import { anyRole, keepReply, type Rules } from '../rule.ts'

const on = (session: SessionId): string => `session:${session}`

/** Counts a wrong try and says until when this operator is locked now; 0 = not locked. */
function wrongTry(desk: Desk, login: Login): number {
  const tries = afterWrongTry({ wrong: login.wrongTries, locks: login.locks, lockedUntil: 0 }, desk.clock.now())
  setTries(desk.db, login.operator, tries)
  return tries.lockedUntil
}

/** Ends the desk's session, if there is one, and opens another in one transaction. */
function openSession(desk: Desk, login: Login): SessionId {
  const session = newId<SessionId>()
  desk.recorder.transact({ by: login.operator, session }, () => {
    setTries(desk.db, login.operator, noTries)
    // Whoever signs in has seen the recovery code that was shown before.
    forgetSecretReply(desk.db)
    const ops: NewOp[] = []
    const old = deskSession(desk.db, desk.boot)
    if (old !== null) {
      dropDeskSession(desk.db, old.session)
      ops.push({ kind: 'SessionClosed', on: on(old.session), body: {} })
    }
    putDeskSession(desk.db, { session, operator: login.operator }, desk.boot, desk.clock.now())
    ops.push({ kind: 'SessionOpened', on: on(session), body: { role: login.role } })
    return ops
  })
  return session
}

function lockOf(desk: Desk, login: Login | null): Fault | null {
  if (login === null || login.lockedUntil <= desk.clock.now()) return null
  return fault('locked', { field: 'pin', detail: String(login.lockedUntil) })
}

async function signIn(desk: Desk, input: { operator: string; pin: string }) {
  const known = findLogin(desk.db, input.operator)
  const locked = lockOf(desk, known)
  if (locked !== null) return locked
  // An unknown operator costs the same time, so that codes cannot be guessed by the clock.
  const stored = known ?? { salt: '00'.repeat(16), hash: '00'.repeat(32) }
  const fits = await isPin(input.pin, stored)
  // Many tries at once must not slip past the lock that the first of them brought.
  const login = findLogin(desk.db, input.operator)
  const lockedNow = lockOf(desk, login)
  if (lockedNow !== null) return lockedNow
  if (login === null || !login.isActive) return fault('wrong_pin', { field: 'pin' })
  if (!fits) {
    const until = wrongTry(desk, login)
    desk.changed()
    return until > 0 ? fault('locked', { field: 'pin', detail: String(until) }) : fault('wrong_pin', { field: 'pin' })
  }
  const session = openSession(desk, login)
  return { session, operator: login.operator, name: login.name, role: login.role }
}

/** The record that an operator was made or changed. */
export function operatorSet(operator: string, name: string, role: Role, active: boolean): NewOp {
  return { kind: 'OperatorSet', on: `operator:${operator}`, body: { role, active }, personal: { name } }
}

type OperatorInput = { operator: string; name: string; role: Role; pin: string | null; active: boolean }

/** The last way in must not be locked from inside: by an admin on himself, nor by two admins on each other. */
function checkAdminLeft(desk: Desk, input: OperatorInput, actor: Actor): void {
  if (input.role === 'admin' && input.active) return
  const field = input.role === 'admin' ? 'active' : 'role'
  const isOther = (login: Login): boolean => login.operator !== input.operator && login.role === 'admin'
  if (actor.operator === input.operator || !allLogins(desk.db).some(isOther)) {
    throw new Refusal(fault('forbidden', { field }))
  }
}

/** A code that is in use already is a change of that operator. */
async function setOperator(desk: Desk, input: OperatorInput, actor: Caller | null) {
  if (actor === null) return fault('not_signed_in')
  const pin = input.pin === null ? null : await hashPin(input.pin)
  desk.recorder.transact({ by: actor.operator, session: actor.session }, () => {
    // Hashing took a while: who asked for this may have signed out, or may be admin no longer.
    const now = actorOf(desk, actor.session)
    if ('fault' in now) throw new Refusal(now)
    if (now.role !== 'admin') throw new Refusal(fault('forbidden'))
    if (pin === null && findLogin(desk.db, input.operator) === null) {
      throw new Refusal(fault('field_needed', { field: 'pin' }))
    }
    checkAdminLeft(desk, input, actor)
    putLogin(desk.db, { ...input, isActive: input.active }, pin)
    keepReply(desk, actor, {})
    return [operatorSet(input.operator, input.name, input.role, input.active)]
  })
  return {}
}

export const operatorRules: Pick<Rules, 'signIn' | 'signOut' | 'setOperator'> = {
  signIn: { roles: 'anyone', request: signIn },
  setOperator: { roles: ['admin'], request: setOperator },
  signOut: {
    roles: anyRole,
    decide: (desk, _input, actor) => {
      dropDeskSession(desk.db, actor.session)
      return { ops: [{ kind: 'SessionClosed', on: on(actor.session), body: {} }], reply: {} }
    },
  },
}
