// Who may do what: PIN and locks, the role of every command, sessions that are over or made up.
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { IncidentId, ReportId, SessionId } from '#domain/id.ts'
import { startCore } from './start.ts'
import { movingClock } from './sync/test-site.ts'
import { newFolder, openPage, startTestDesk, type Page } from './test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})
async function desk() {
  const clock = movingClock()
  const made = await startTestDesk({ options: { clock } })
  ends.push(made.end)
  return { ...made, clock }
}
const minute = 60_000
const signIn = (page: Page, pin: string, operator = 'siti') => page.send('signIn', { operator, pin })
async function wrongTries(page: Page, count: number): Promise<string[]> {
  const faults: string[] = []
  for (let n = 0; n < count; n += 1) faults.push(((await signIn(page, '000000')) as { fault: string }).fault)
  return faults
}

describe('sign-in', () => {
  it('locks an operator for a minute after five wrong PINs, then twice as long, and nobody else', async () => {
    const { page, clock } = await desk()
    expect(await wrongTries(page, 5)).toEqual(['wrong_pin', 'wrong_pin', 'wrong_pin', 'wrong_pin', 'locked'])
    // The right PIN does not open a lock, and another operator is not touched by it.
    expect(await signIn(page, '112112')).toMatchObject({ fault: 'locked' })
    expect(await signIn(page, '112112', 'andi')).toMatchObject({ operator: 'andi' })
    clock.move(minute - 10_000)
    expect(await signIn(page, '112112')).toMatchObject({ fault: 'locked' })
    clock.move(10_000)
    expect(await wrongTries(page, 5)).toEqual(['wrong_pin', 'wrong_pin', 'wrong_pin', 'wrong_pin', 'locked'])
    clock.move(minute)
    expect(await signIn(page, '112112')).toMatchObject({ fault: 'locked' })
    clock.move(minute)
    expect(await signIn(page, '112112')).toMatchObject({ operator: 'siti' })
    // The right PIN forgives: the next lock is a short one again.
    expect((await wrongTries(page, 5)).at(-1)).toBe('locked')
    clock.move(minute)
    expect(await signIn(page, '112112')).toMatchObject({ operator: 'siti' })
  })

  it('counts a wrong try that is still at work when core stops', async () => {
    const dir = newFolder()
    ends.push(() => Promise.resolve(rmSync(dir, { recursive: true, force: true })))
    const fatal: unknown[] = []
    const options = { clock: movingClock(), onFatal: (error: unknown): void => void fatal.push(error) }
    const first = await startTestDesk({ dir, options })
    await wrongTries(first.page, 4)
    void signIn(first.page, '000000')
    // Its answer comes after core has taken up the try before it, which is then being hashed.
    await first.page.read('session', {})
    await first.core.stop()
    const second = await startTestDesk({ dir, options })
    expect(await signIn(second.page, '112112')).toMatchObject({ fault: 'locked' })
    await second.core.stop()
    expect(fatal).toEqual([])
  })

  it('keeps wrong tries and locks over a restart', async () => {
    const dir = newFolder()
    ends.push(() => Promise.resolve(rmSync(dir, { recursive: true, force: true })))
    const clock = movingClock()
    const first = await startTestDesk({ dir, options: { clock } })
    await wrongTries(first.page, 4)
    await first.core.stop()
    const onFatal = (error: unknown): never => {
      throw error
    }
    const second = await startCore({ ...first.start, boot: randomUUID() }, { clock, onFatal })
    expect(await wrongTries(openPage(second), 1)).toEqual(['locked'])
    await second.stop()
    const third = await startCore({ ...first.start, boot: randomUUID() }, { clock, onFatal })
    expect(await signIn(openPage(third), '112112')).toMatchObject({ fault: 'locked' })
    clock.move(minute)
    expect(await signIn(openPage(third), '112112')).toMatchObject({ operator: 'siti' })
    await third.stop()
  })

  it('does not let many tries at once slip past the lock', async () => {
    const { page } = await desk()
    // Far more than the hashes that run at the same time, so that the right one comes after the lock.
    const pins = [...Array<string>(12).fill('000000'), '112112']
    const replies = await Promise.all(pins.map((pin) => signIn(page, pin)))
    expect(replies.at(-1)).toMatchObject({ fault: 'locked' })
  })

  it('tells nobody whether an operator exists', async () => {
    const { page } = await desk()
    expect(await signIn(page, '000000', 'nobody')).toEqual(await signIn(page, '000000', 'siti'))
  })
})

describe('a session', () => {
  const opened = async (page: Page): Promise<IncidentId> => {
    const ids = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
    await page.done('openIncident', { ...ids, call: null, source: 'walk-in', type: null, priority: null })
    return ids.incident
  }

  it('that another one replaced is refused, and the text typed in it is kept for its author', async () => {
    const { core, page } = await desk()
    await page.signIn('siti')
    const incident = await opened(page)
    const draft = { on: `incident:${incident}`, field: 'landmark', over: [] }
    await page.done('saveDraft', { ...draft, text: 'depan pas' })
    const other = openPage(core)
    await other.signIn('andi')
    const late = { incident, field: 'landmark', value: 'depan pasar', over: [] as never[] } as const
    expect(await page.send('setIncidentField', late)).toEqual({ fault: 'session_expired' })
    expect(await page.send('saveDraft', { ...draft, text: 'depan pasar' })).toEqual({ fault: 'session_expired' })
    // Another person does not see it; its author finds it again.
    expect((await other.read('incident', { incident }))?.landmark).toMatchObject({ value: null, draft: null })
    await page.signIn('siti')
    expect((await page.read('incident', { incident }))?.landmark.draft?.text).toBe('depan pas')
  })

  it('cannot be made up, borrowed from an earlier run or used after it was closed', async () => {
    const { core, page } = await desk()
    const own = await page.signIn('siti')
    const incident = await opened(page)
    const note = { incident, text: 'palsu' }
    for (const forged of [randomUUID(), '', 'siti', 'system', own.toUpperCase(), `${own} `]) {
      const other = openPage(core, forged as SessionId)
      // What is no session id at all is not even answered; the ping behind it is.
      const reply = await Promise.race([other.send('addNote', note), other.client.ping().then(() => 'refused')])
      expect([{ fault: 'session_expired' }, 'refused']).toContainEqual(reply)
    }
    expect(await openPage(core).send('addNote', note)).toEqual({ fault: 'session_expired' })
    await page.done('signOut', {})
    expect(await openPage(core, own).send('addNote', note)).toEqual({ fault: 'not_signed_in' })
    await page.signIn('andi')
    expect(await openPage(core, own).send('addNote', note)).toEqual({ fault: 'session_expired' })
    expect((await page.read('incident', { incident }))?.notes).toEqual([])
  })
})
