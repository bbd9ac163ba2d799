// The way in when nobody can sign in as admin: the first start of a live site, the recovery code afterwards, and a new one.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { fault, type Fault } from '#domain/fault.ts'
import { afterWrongTry, noTries, type Tries } from '#domain/operator.ts'
import { everyLogin, putLogin } from '#db/local/login.ts'
import { storeSecretReply } from '#db/local/reply.ts'
import { setSetting, setting } from '#db/local/setting.ts'
import type { Caller, Desk } from '../desk.ts'
import { actorOf } from '../dispatch.ts'
import { hashPin, isPin, type PinHash } from '../pin.ts'
import { Refusal } from '../recorder.ts'
import type { Rules } from '../rule.ts'
import { operatorSet } from './operator.ts'

type NewAdmin = { readonly operator: string; readonly name: string; readonly pin: string }
/** What the desk keeps of the recovery code: never the code itself, and the wrong tries, which survive a restart. */
const kept = z.object({
  salt: z.string(),
  hash: z.string(),
  tries: z.object({ wrong: z.number(), locks: z.number(), lockedUntil: z.number() }).default(noTries),
})
type Kept = z.infer<typeof kept>

function keptCode(desk: Desk): Kept | null {
  const text = setting(desk.db, 'recovery')
  return text === null ? null : kept.parse(JSON.parse(text))
}

function keep(desk: Desk, { salt, hash }: PinHash, tries: Tries): void {
  setSetting(desk.db, 'recovery', JSON.stringify({ salt, hash, tries }))
}

/** In groups of five, so that it can be read from paper. */
function grouped(digits: string): string {
  return digits.toUpperCase().replace(/(.{5})(?=.)/g, '$1-')
}

/** What a person typed as it was printed: small letters, spaces and missing dashes do not matter. */
function asPrinted(typed: string): string {
  return grouped(typed.replace(/[\s-]/g, ''))
}

function newCode(): string {
  return grouped(randomBytes(10).toString('hex'))
}

/** Makes an admin with a new PIN and a new recovery code; `check` is asked after the hashing, right before the record. */
async function makeAdmin(desk: Desk, admin: NewAdmin, command: string, check: () => Fault | null) {
  const recoveryCode = newCode()
  const [pin, code] = [await hashPin(admin.pin), await hashPin(recoveryCode)]
  const refused = check()
  if (refused !== null) return refused
  desk.recorder.transact({ by: admin.operator, session: 'system' }, () => {
    putLogin(desk.db, { operator: admin.operator, name: admin.name, role: 'admin', isActive: true }, pin)
    keep(desk, code, noTries)
    // A retry after a crash must show the code, or nobody would ever know it.
    storeSecretReply(desk.db, command, JSON.stringify({ recoveryCode }), desk.clock.now())
    return [operatorSet(admin.operator, admin.name, 'admin', true)]
  })
  return { recoveryCode }
}

function createFirstAdmin(desk: Desk, input: NewAdmin, _actor: Caller | null, command: string) {
  const check = (): Fault | null => (desk.isTrial || everyLogin(desk.db).length > 0 ? fault('already_exists') : null)
  return makeAdmin(desk, input, command, check)
}

function lockOf(desk: Desk, { tries }: Kept): Fault | null {
  if (tries.lockedUntil <= desk.clock.now()) return null
  return fault('locked', { field: 'recoveryCode', detail: String(tries.lockedUntil) })
}

function wrongCode(desk: Desk, stored: Kept): Fault {
  const tries = afterWrongTry(stored.tries, desk.clock.now())
  keep(desk, stored, tries)
  return lockOf(desk, { ...stored, tries }) ?? fault('wrong_pin', { field: 'recoveryCode' })
}

type Recovery = NewAdmin & { readonly recoveryCode: string }

async function recoverAdmin(desk: Desk, input: Recovery, _actor: Caller | null, command: string) {
  const before = keptCode(desk)
  if (desk.isTrial || before === null) return fault('wrong_state')
  const locked = lockOf(desk, before)
  if (locked !== null) return locked
  const fits = await isPin(asPrinted(input.recoveryCode), before)
  // Many tries at once must not slip past the lock that the first of them brought, nor use one code twice.
  const check = (): Fault | null => {
    const now = keptCode(desk)
    if (now === null) return fault('wrong_state')
    return lockOf(desk, now) ?? (now.hash === before.hash && fits ? null : wrongCode(desk, now))
  }
  return check() ?? makeAdmin(desk, input, command, check)
}

/** A new code while an admin is signed in: the paper was lost, or somebody has read it. */
async function newRecoveryCode(desk: Desk, _input: object, actor: Caller | null, command: string) {
  if (actor === null) return fault('not_signed_in')
  if (desk.isTrial) return fault('wrong_state')
  const recoveryCode = newCode()
  const code = await hashPin(recoveryCode)
  desk.recorder.transact({ by: actor.operator, session: actor.session }, () => {
    // Hashing took a while: who asked for this may have signed out, or may be admin no longer.
    const now = actorOf(desk, actor.session)
    if ('fault' in now) throw new Refusal(now)
    if (now.role !== 'admin') throw new Refusal(fault('forbidden'))
    keep(desk, code, noTries)
    storeSecretReply(desk.db, command, JSON.stringify({ recoveryCode }), desk.clock.now())
    return [{ kind: 'RecoveryCodeMade', on: `operator:${actor.operator}`, body: {} }]
  })
  return { recoveryCode }
}

export const recoveryRules: Pick<Rules, 'createFirstAdmin' | 'recoverAdmin' | 'newRecoveryCode'> = {
  newRecoveryCode: { roles: ['admin'], request: newRecoveryCode },
  createFirstAdmin: { roles: 'anyone', request: createFirstAdmin },
  recoverAdmin: { roles: 'anyone', request: recoverAdmin },
}
