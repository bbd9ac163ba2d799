// Signing in and out, and who may. Works without any network.
import { randomBytes } from 'node:crypto'
import { fault, type Fault } from '#domain/fault.ts'
import { newId, type SessionId } from '#domain/id.ts'
import { lockMs, lockRule, type Role } from '#domain/operator.ts'
import type { NewOp } from '#domain/op.ts'
import { dropDeskSession, putDeskSession, deskSession } from '#db/local/desk-session.ts'
import { allLogins, findLogin, putLogin, setTries, type Login } from '#db/local/login.ts'
import { setSetting } from '#db/local/setting.ts'
import type { Actor, Desk } from '../desk.ts'
import { hashPin, isPin } from '../pin.ts'
import { anyRole, type Rules } from '../rule.ts'

const on = (session: SessionId): string => `session:${session}`

/** Counts a wrong try; the fifth in a row locks this operator, longer each time. */
function wrongTry(desk: Desk, login: Login): number {
  const wrong = login.wrongTries + 1
  if (wrong < lockRule.tries) {
    setTries(desk.db, login.operator, { wrong, locks: login.locks, lockedUntil: login.lockedUntil })
    return 0
  }
  const locks = login.locks + 1
  const until = desk.clock.now() + lockMs(locks)
  setTries(desk.db, login.operator, { wrong: 0, locks, lockedUntil: until })
  return until
}

/** Ends the desk's session, if there is one, and opens another in one transaction. */
function openSession(desk: Desk, login: Login): SessionId {
  const session = newId<SessionId>()
  desk.recorder.transact({ by: login.operator, session }, () => {
    setTries(desk.db, login.operator, { wrong: 0, locks: 0, lockedUntil: 0 })
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

async function createFirstAdmin(desk: Desk, input: { operator: string; name: string; pin: string }) {
  const admin = await hashPin(input.pin)
  const recoveryCode = randomBytes(10)
    .toString('hex')
    .toUpperCase()
    .replace(/(.{5})(?=.)/g, '$1-')
  const recovery = await hashPin(recoveryCode)
  if (desk.isTrial || allLogins(desk.db).length > 0) return fault('already_exists')
  desk.recorder.transact({ by: input.operator, session: 'system' }, () => {
    putLogin(desk.db, { operator: input.operator, name: input.name, role: 'admin', isActive: true }, admin)
    setSetting(desk.db, 'recovery', JSON.stringify(recovery))
    return [operatorSet(input.operator, input.name, 'admin', true)]
  })
  return { recoveryCode }
}

function operatorSet(operator: string, name: string, role: Role, active: boolean): NewOp {
  return { kind: 'OperatorSet', on: `operator:${operator}`, body: { role, active }, personal: { name } }
}

type OperatorInput = { operator: string; name: string; role: Role; pin: string | null; active: boolean }

async function setOperator(desk: Desk, input: OperatorInput, actor: Actor | null) {
  const old = findLogin(desk.db, input.operator)
  if (old === null && input.pin === null) return fault('field_needed', { field: 'pin' })
  const isSelf = actor?.operator === input.operator
  // The last way in must not be locked from inside.
  if (isSelf && (input.role !== 'admin' || !input.active)) return fault('forbidden', { field: 'role' })
  const pin = input.pin === null ? null : await hashPin(input.pin)
  desk.recorder.transact({ by: actor?.operator ?? 'system', session: actor?.session ?? 'system' }, () => {
    putLogin(desk.db, { ...input, isActive: input.active }, pin)
    return [operatorSet(input.operator, input.name, input.role, input.active)]
  })
  return {}
}

export const operatorRules: Pick<Rules, 'signIn' | 'signOut' | 'createFirstAdmin' | 'setOperator'> = {
  signIn: { roles: 'anyone', request: signIn },
  createFirstAdmin: { roles: 'anyone', request: createFirstAdmin },
  setOperator: { roles: ['admin'], request: setOperator },
  signOut: {
    roles: anyRole,
    decide: (desk, _input, actor) => {
      dropDeskSession(desk.db, actor.session)
      return { ops: [{ kind: 'SessionClosed', on: on(actor.session), body: {} }], reply: {} }
    },
  },
}
