// Who may work on a live desk: the admin makes and changes operators, and the recovery code brings an admin back.
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { roles } from '#domain/operator.ts'
import { prepared } from '#db/open.ts'
import { putLogin } from '#db/local/login.ts'
import { hashPin } from './pin.ts'
import { startCore, type Core } from './start.ts'
import { movingClock } from './sync/test-site.ts'
import { newFolder, openPage, startTestDesk } from './test-desk.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const minute = 60_000
const kepala = { operator: 'kepala', name: 'Budi Santoso', pin: '482913' }
const siti = { operator: 'siti', name: 'Siti Nuraini', role: 'operator', pin: '730164', active: true } as const

/** A live desk with its first admin, who is signed in. */
async function liveDesk() {
  const clock = movingClock()
  const dir = newFolder()
  ends.push(() => Promise.resolve(rmSync(dir, { recursive: true, force: true })))
  const made = await startTestDesk({ dir, start: { isTrial: false }, options: { clock } })
  ends.push(made.core.stop)
  const { recoveryCode } = await made.page.done('createFirstAdmin', kepala)
  await made.page.signIn(kepala.operator, kepala.pin)
  return { ...made, clock, recoveryCode }
}
type Set = { by: string; on: string; body: { role: string; active: boolean } }
/** Everything the log says about operators, oldest first. */
function recorded(core: Core): Set[] {
  const rows = prepared<{ bytes: Buffer }, []>(core.store.db, 'SELECT bytes FROM op ORDER BY seq').all()
  const ops = rows.map(({ bytes }) => JSON.parse(bytes.toString('utf8')) as Set & { kind: string })
  return ops.filter(({ kind }) => kind === 'OperatorSet').map(({ by, on, body }) => ({ by, on, body }))
}

describe('an admin', () => {
  it('makes operators who can sign in, and sees everyone with lock and without any hash', async () => {
    const { core, page } = await liveDesk()
    await page.done('setOperator', siti)
    await page.done('setOperator', { ...siti, operator: 'andi', name: 'Andi Prasetyo', active: false })
    let last: unknown
    for (let tries = 0; tries < 5; tries += 1) last = await page.send('signIn', { operator: 'siti', pin: '000000' })
    const lockedUntil = Number((last as { detail: string }).detail)
    expect(await page.read('operators', {})).toEqual([
      { operator: 'andi', name: 'Andi Prasetyo', role: 'operator', isActive: false, lockedUntil: null },
      { operator: 'kepala', name: 'Budi Santoso', role: 'admin', isActive: true, lockedUntil: null },
      { operator: 'siti', name: 'Siti Nuraini', role: 'operator', isActive: true, lockedUntil },
    ])
    expect(recorded(core).at(-1)).toEqual({
      by: 'kepala',
      on: 'operator:andi',
      body: { role: 'operator', active: false },
    })
    const other = openPage(core)
    expect(await other.send('signIn', { operator: 'andi', pin: '730164' })).toMatchObject({ fault: 'wrong_pin' })
    // A new PIN from the admin's hand lifts the lock.
    await page.done('setOperator', { ...siti, pin: '991177' })
    await other.signIn('siti', '991177')
  })

  it('changes an operator whose code is in use already, and keeps the PIN when none is given', async () => {
    const { page } = await liveDesk()
    await page.done('setOperator', siti)
    await page.done('setOperator', { ...siti, name: 'Siti Nuraini Hapsari', role: 'lead', pin: null })
    expect((await page.read('operators', {})).find(({ operator }) => operator === 'siti')).toMatchObject({
      name: 'Siti Nuraini Hapsari',
      role: 'lead',
    })
    expect(await page.send('signIn', { operator: 'siti', pin: siti.pin })).toMatchObject({ role: 'lead' })
  })

  it.each([
    ['pin', { pin: '12345' }, 'invalid'],
    ['pin', { pin: '1234567890123' }, 'invalid'],
    ['pin', { pin: '12345a' }, 'invalid'],
    ['pin', { pin: null }, 'field_needed'],
    ['operator', { operator: 'Siti' }, 'invalid'],
    ['operator', { operator: 's' }, 'invalid'],
    ['name', { name: '   ' }, 'invalid'],
    ['role', { role: 'chief' }, 'invalid'],
  ])('is told which field is at fault: %s %j', async (field, wrong, fault) => {
    const { core, page } = await liveDesk()
    expect(await page.send('setOperator', { ...siti, ...wrong } as never)).toMatchObject({ fault, field })
    expect(recorded(core)).toHaveLength(1)
  })

  it('can neither lock himself out nor be talked out of it by a second command in flight', async () => {
    const { core, page } = await liveDesk()
    const own = { operator: 'kepala', name: 'Budi', pin: null }
    const away = { ...own, role: 'admin', active: false } as const
    expect(await page.send('setOperator', { ...own, role: 'lead', active: true })).toEqual({
      fault: 'forbidden',
      field: 'role',
    })
    expect(await page.send('setOperator', away)).toEqual({ fault: 'forbidden', field: 'active' })
    // Also with a second admin it is that one who must do it.
    await page.done('setOperator', { ...siti, role: 'admin' })
    expect(await page.send('setOperator', away)).toEqual({ fault: 'forbidden', field: 'active' })
    await page.done('setOperator', { ...own, role: 'admin', active: true, pin: '555666' })
    // Signed out while the new PIN is still being hashed: nothing is changed any more.
    const late = page.send('setOperator', { ...siti, role: 'operator' })
    await page.done('signOut', {})
    expect(await late).toEqual({ fault: 'not_signed_in' })
    expect(recorded(core).at(-1)).toMatchObject({ on: 'operator:kepala' })
    await page.signIn('siti', siti.pin)
    await page.done('setOperator', away)
    expect(await page.send('signIn', { operator: 'kepala', pin: '555666' })).toMatchObject({ fault: 'wrong_pin' })
  })
})

it.each(roles)('the list of operators is for the admin alone: %s', async (role) => {
  const { core, page, end } = await startTestDesk()
  ends.push(end)
  putLogin(core.store.db, { operator: 'uji', name: 'Uji', role, isActive: true }, await hashPin('112112'))
  expect(await page.read('operators', {})).toEqual([])
  await page.signIn('uji')
  expect((await page.read('operators', {})).length).toBe(role === 'admin' ? 5 : 0)
  await page.done('signOut', {})
  expect(await page.read('operators', {})).toEqual([])
})

describe('the recovery code', () => {
  const wrong = { ...kepala, recoveryCode: '00000-00000-00000-00000' }
  const wrongCode = { fault: 'wrong_pin', field: 'recoveryCode' }

  it('is made anew by a signed-in admin: shown once, on record, the one before void, no other role may', async () => {
    const { core, page, recoveryCode } = await liveDesk()
    for (const role of ['operator', 'lead', 'agency'] as const) {
      await page.done('setOperator', { ...siti, role })
      await page.signIn('siti', siti.pin)
      expect(await page.send('newRecoveryCode', {})).toEqual({ fault: 'forbidden' })
      await page.signIn(kepala.operator, kepala.pin)
    }
    const command = randomUUID()
    const made = await page.send('newRecoveryCode', {}, command)
    expect(made).toEqual({ recoveryCode: expect.stringMatching(/^([0-9A-F]{5}-){3}[0-9A-F]{5}$/) })
    // A retry after a crash shows the same code; who signs in next leaves no trace of it.
    expect(await page.send('newRecoveryCode', {}, command)).toEqual(made)
    const next = 'recoveryCode' in made ? made.recoveryCode : ''
    expect(next).not.toBe(recoveryCode)
    const ops = prepared<{ text: string }, []>(
      core.store.db,
      `SELECT CAST(bytes AS TEXT) AS text FROM op WHERE kind = 'RecoveryCodeMade'`,
    ).all()
    expect(ops.map(({ text }) => JSON.parse(text) as object)).toMatchObject([{ by: 'kepala', on: 'operator:kepala' }])
    expect(ops[0]?.text).not.toContain(next)
    await page.done('signOut', {})
    expect(await page.send('newRecoveryCode', {})).toEqual({ fault: 'not_signed_in' })
    expect(await page.send('recoverAdmin', { ...kepala, recoveryCode })).toEqual(wrongCode)
    await page.done('recoverAdmin', { ...kepala, pin: '606060', recoveryCode: next })
    await page.signIn('kepala', '606060')
  })

  it('makes an active admin with a new PIN, lifts the lock, and is replaced by the next code', async () => {
    const { core, page, recoveryCode } = await liveDesk()
    await page.done('setOperator', siti)
    await page.done('signOut', {})
    const own = { operator: 'kepala', pin: '000000' }
    for (let tries = 0; tries < 5; tries += 1) await page.send('signIn', own)
    const again = { ...kepala, pin: '606060' }
    // As a person types it from paper.
    const typed = recoveryCode.toLowerCase().replaceAll('-', ' ')
    const reply = await page.done('recoverAdmin', { ...again, recoveryCode: typed })
    expect(reply.recoveryCode).toMatch(/^([0-9A-F]{5}-){3}[0-9A-F]{5}$/)
    expect(reply.recoveryCode).not.toBe(recoveryCode)
    await page.signIn('kepala', '606060')
    expect(recorded(core).at(-1)).toEqual({
      by: 'kepala',
      on: 'operator:kepala',
      body: { role: 'admin', active: true },
    })
    expect(await page.send('recoverAdmin', { ...again, recoveryCode })).toEqual(wrongCode)
    // Anyone who holds the code, also a person who was no admin, or one whom nobody knew.
    const second = await page.done('recoverAdmin', { ...siti, recoveryCode: reply.recoveryCode })
    await page.signIn('siti', siti.pin)
    await page.done('recoverAdmin', { ...again, operator: 'baru', recoveryCode: second.recoveryCode })
    expect((await page.read('operators', {})).map(({ operator, role }) => `${operator} ${role}`)).toEqual([
      'baru admin',
      'kepala admin',
      'siti admin',
    ])
  })

  it('can be guessed five times, then waits, also over a restart', async () => {
    const { core, page, clock, start, recoveryCode } = await liveDesk()
    for (let tries = 0; tries < 4; tries += 1) expect(await page.send('recoverAdmin', wrong)).toEqual(wrongCode)
    const locked = await page.send('recoverAdmin', wrong)
    expect(locked).toMatchObject({ fault: 'locked', field: 'recoveryCode' })
    await core.stop()
    const onFatal = (error: unknown): never => {
      throw error
    }
    const next = await startCore({ ...start, boot: randomUUID() }, { clock, onFatal })
    ends.push(next.stop)
    const right = { ...kepala, recoveryCode }
    expect(await openPage(next).send('recoverAdmin', right)).toEqual(locked)
    clock.move(minute)
    expect(await openPage(next).send('recoverAdmin', right)).toMatchObject({ recoveryCode: expect.any(String) })
  })

  it('does not let many tries at once slip past the lock, nor be used twice at once', async () => {
    const { page, recoveryCode, clock } = await liveDesk()
    const right = { ...kepala, recoveryCode }
    const flood: Promise<unknown>[] = Array.from({ length: 12 }, () => page.send('recoverAdmin', wrong))
    expect(await Promise.all([...flood, page.send('recoverAdmin', right)]).then((all) => all.at(-1))).toMatchObject({
      fault: 'locked',
    })
    clock.move(minute)
    const twice = await Promise.all(
      [right, { ...right, operator: 'lain' }].map((one) => page.send('recoverAdmin', one)),
    )
    expect(twice.filter((reply) => 'recoveryCode' in reply)).toHaveLength(1)
  })

  it('is nothing to a desk that has none, and nothing in trial mode', async () => {
    const dir = newFolder()
    ends.push(() => Promise.resolve(rmSync(dir, { recursive: true, force: true })))
    const { core, page } = await startTestDesk({ dir, start: { isTrial: false } })
    ends.push(core.stop)
    expect(await page.send('recoverAdmin', wrong)).toEqual({ fault: 'wrong_state' })
    const trial = await startTestDesk()
    ends.push(trial.end)
    expect(await trial.page.send('recoverAdmin', wrong)).toEqual({ fault: 'wrong_state' })
  })
})
