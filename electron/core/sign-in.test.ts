// Who may do what: PIN and locks, the role of every command, sessions that are over or made up.
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { commands, type CommandName } from '#contract/commands.ts'
import type { BlockId } from '#domain/block.ts'
import type { IncidentId, ReportId, SessionId } from '#domain/id.ts'
import { roles, type Role } from '#domain/operator.ts'
import { putLogin } from '#db/local/login.ts'
import { hashPin } from './pin.ts'
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

const takers: readonly Role[] = ['operator', 'lead']
const everyone: readonly Role[] = ['operator', 'lead', 'agency', 'admin']
/** Who may do what, written down here by hand; nothing in core is asked for it. */
const may: Readonly<Record<CommandName, readonly Role[]>> = {
  signIn: everyone,
  createFirstAdmin: everyone,
  recoverAdmin: everyone,
  newRecoveryCode: ['admin'],
  signOut: everyone,
  setOperator: ['admin'],
  checkBorders: ['admin'],
  cancelBorders: ['admin'],
  acceptBorders: ['admin'],
  answerCall: takers,
  holdCall: takers,
  muteCall: takers,
  endCall: takers,
  dialNumber: takers,
  classifyCall: takers,
  promptCall: takers,
  transferCall: takers,
  releaseCall: takers,
  requestBlock: takers,
  setOperatorState: takers,
  decideBlock: ['lead'],
  liftBlock: ['lead'],
  setFollowUp: takers,
  openIncident: takers,
  setIncidentField: takers,
  addReport: takers,
  setReportField: takers,
  addNote: takers,
  strikeNote: takers,
  answerQuestion: takers,
  verifyIncident: takers,
  postponeIncident: takers,
  cancelIncident: takers,
  closeIncident: takers,
  reopenIncident: takers,
  findIncidents: ['operator', 'lead', 'admin'],
  joinIncident: takers,
  mergeIncident: takers,
  separateIncident: takers,
  setUmbrella: takers,
  makeRelays: takers,
  cancelRelay: takers,
  stepRelay: ['operator', 'lead', 'agency'],
  tellByVoice: takers,
  repeatRelay: takers,
  handleAlarm: takers,
  undoLast: ['operator', 'lead', 'admin'],
  saveDraft: takers,
  dropDraft: takers,
  exportDailyLog: ['lead', 'admin'],
  dismissNotice: everyone,
  noteContact: takers,
  enterPaper: takers,
  addPaper: takers,
  handleLogAlarm: ['lead', 'admin'],
}

/** An input of each command that its schema takes and that changes nothing, because what it names does not exist. */
function harmless(): { readonly [K in CommandName]?: object } {
  const [incident, report, relay, call] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const note = '0'.repeat(64)
  const field = { field: 'landmark', value: 'x', over: [] }
  return {
    createFirstAdmin: { operator: 'boss', name: 'Boss', pin: '123456' },
    newRecoveryCode: {},
    recoverAdmin: { recoveryCode: 'x', operator: 'boss', name: 'Boss', pin: '123456' },
    setOperator: { operator: 'baru', name: 'Baru', role: 'operator', pin: null, active: true },
    checkBorders: { file: 'x', text: 'x', property: null },
    cancelBorders: {},
    acceptBorders: { source: 'x', licence: 'x' },
    answerCall: { call },
    holdCall: { call, hold: true },
    muteCall: { call, mute: true },
    endCall: { call },
    dialNumber: { number: '081200000000', call: null },
    classifyCall: { call, class: 'PRANK' },
    promptCall: { call, prompt: 'ucap' },
    transferCall: { call, number: '024000001120' },
    releaseCall: { call, reason: 'salah angkat' },
    setOperatorState: { state: 'not-ready', reason: 'sholat', text: null },
    requestBlock: { block: randomUUID() as BlockId, number: '081200000001', hours: 24, reason: 'iseng' },
    decideBlock: { block: randomUUID() as BlockId, approved: true, reason: null },
    liftBlock: { block: randomUUID() as BlockId, reason: 'selesai' },
    setFollowUp: { call, followUp: 'dihubungi' },
    openIncident: { incident, report, call, source: '112', type: null, priority: null },
    setIncidentField: { incident, ...field },
    addReport: { incident, report, call: null, source: '112' },
    setReportField: { report, field: 'words', value: 'x', over: [] },
    addNote: { incident, text: 'x' },
    strikeNote: { incident, note, reason: 'x' },
    answerQuestion: { incident, question: 'aman', answer: 'ya', over: [] },
    verifyIncident: { incident },
    postponeIncident: { incident, reason: 'x' },
    cancelIncident: { incident, reason: 'x' },
    closeIncident: { incident, disposition: 'NIHIL', reason: null },
    reopenIncident: { incident, reason: 'x' },
    makeRelays: { incident, targets: [{ relay, agency: 'BPBD', channel: 'phone' }] },
    cancelRelay: { relay, reason: 'x' },
    joinIncident: { incident, into: incident, report, call: null, source: 'radio' },
    mergeIncident: { incident, into: incident },
    separateIncident: { incident },
    setUmbrella: { incident, on: true },
    stepRelay: { relay, step: 'received', person: null, reason: null, readBack: false },
    tellByVoice: { relay, channel: 'phone', person: null },
    repeatRelay: { relay },
    handleAlarm: { relay },
    undoLast: { action: 'none' },
    saveDraft: { on: `incident:${incident}`, field: 'note', text: 'x', over: [] },
    dropDraft: { on: `incident:${incident}`, field: 'note' },
    findIncidents: {
      text: '',
      state: 'all',
      type: null,
      priority: null,
      place: null,
      from: null,
      to: null,
      after: null,
      limit: 1,
    },
    noteContact: { call: randomUUID(), source: 'radio', class: 'INFO', number: '', name: '', happenedAt: null },
    enterPaper: {
      incident: randomUUID(),
      report: randomUUID(),
      happenedAt: Date.now() + 86_400_000,
      source: 'radio',
      number: '',
      name: '',
      type: '',
      priority: null,
      village: '',
      landmark: '',
      words: '',
      told: [],
      notes: [],
    },
    addPaper: { incident, steps: [], notes: [{ at: 0, text: 'x' }] },
    exportDailyLog: { day: '2020-01-01' },
    handleLogAlarm: { alarm: 'fork', origin: 'X.none' },
    dismissNotice: { notice: 'none' },
    signOut: {},
  }
}

describe('the role of a command', () => {
  it.each(roles)('is checked in core for every command: %s', async (role) => {
    const { core, page } = await desk()
    putLogin(core.store.db, { operator: 'uji', name: 'Uji', role, isActive: true }, await hashPin('112112'))
    await page.signIn('uji')
    const inputs = { ...harmless(), signIn: { operator: 'uji', pin: '112112' } }
    // Signing in and out comes last: it ends the session that the others need.
    const names = (Object.keys(commands) as CommandName[]).sort(
      (a, b) => Number(a.startsWith('sign')) - Number(b.startsWith('sign')),
    )
    const found: Partial<Record<CommandName, boolean>> = {}
    for (const name of names) {
      const reply = (await page.send(name, inputs[name] as never)) as { fault?: string }
      expect(reply.fault, `${name} was not understood`).not.toBe('invalid')
      found[name] = reply.fault !== 'forbidden'
      if (name === 'signIn') await page.signIn('uji')
    }
    expect(found).toEqual(Object.fromEntries(names.map((name) => [name, may[name].includes(role)])))
  })

  it('is asked again at every command, so that a lead who became an operator exports nothing more', async () => {
    const { core, page } = await desk()
    await page.signIn('rina')
    putLogin(core.store.db, { operator: 'rina', name: 'Rina', role: 'operator', isActive: true }, null)
    expect(await page.send('exportDailyLog', { day: '2020-01-01' })).toEqual({ fault: 'forbidden' })
    putLogin(core.store.db, { operator: 'rina', name: 'Rina', role: 'lead', isActive: false }, null)
    expect(await page.send('exportDailyLog', { day: '2020-01-01' })).toEqual({ fault: 'not_signed_in' })
  })
})
