// Who may give which command: the role is checked in core for every one, whatever a page shows.
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { commands, type CommandName } from '#contract/commands.ts'
import type { BlockId } from '#domain/block.ts'
import { roles, type Role } from '#domain/operator.ts'
import { putLogin } from '#db/local/login.ts'
import { hashPin } from './pin.ts'
import { movingClock } from './sync/test-site.ts'
import { startTestDesk } from './test-desk.ts'

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
