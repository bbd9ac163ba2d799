// Every command of the desk: what takes it back leaves everything as people saw it before, or it says why it cannot be taken back.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BlockId } from '#domain/block.ts'
import { commands, type CommandName } from '#contract/commands.ts'
import { newId, type CallId, type IncidentId, type RelayId, type ReportId } from '#domain/id.ts'
import { raiseAlarm } from '#db/log/log.ts'
import { seen, undoDesk, type UndoDesk } from './test-undo.ts'

/** Sets the stage and gives the act that is taken back. */
type Back = (desk: UndoDesk) => Promise<() => Promise<unknown>>
/** `stays`: what people still see of it afterwards, because it must not vanish. */
type Answer =
  | Back
  | { readonly back: Back; readonly stays: RegExp }
  | { readonly lead: Back }
  | { readonly not: string }

const outside = {
  not: 'it happens on the telephone; the exchange has a key for the opposite, or nothing brings it back',
}
const session = { not: 'who sits at the desk is no record of an incident' }
const admin = { not: 'an admin changes it again on the same screen; undo belongs to call takers' }
const typing = { not: 'text that is being typed has the undo of its own field' }
const reading = { not: 'it reads, or says that a notice was read' }

const reason = 'salah tekan'
const fieldOf = async ({ page }: UndoDesk, incident: IncidentId) => (await page.read('incident', { incident }))!
const newReport = () => newId<ReportId>()
const block = (): { block: BlockId; number: string; hours: 24; reason: string } => ({
  block: randomUUID() as BlockId,
  number: `0857${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`,
  hours: 24,
  reason: 'iseng berulang',
})
const paper = (at: number) => ({
  incident: newId<IncidentId>(),
  report: newReport(),
  happenedAt: at,
  source: '110' as const,
  number: '0812-0000-4486',
  name: 'Bu Sri',
  type: 'BKR-RMH',
  priority: null,
  village: '33.21.03.2001',
  landmark: '',
  words: 'rumah terbakar',
})

const answers: { readonly [K in CommandName]: Answer } = {
  signIn: session,
  signOut: session,
  createFirstAdmin: admin,
  recoverAdmin: admin,
  newRecoveryCode: { not: 'the code before is void, and nobody knows it any more; another one is made the same way' },
  setOperator: admin,
  checkBorders: admin,
  cancelBorders: admin,
  acceptBorders: admin,
  answerCall: outside,
  holdCall: outside,
  muteCall: outside,
  endCall: outside,
  repeatRelay: { not: 'the agency has the same card once more; nothing was recorded' },
  exportDailyLog: { not: 'the file is out of the desk' },
  findIncidents: reading,
  dismissNotice: reading,
  saveDraft: typing,
  dropDraft: typing,
  undoLast: { not: 'what was taken back is simply done again' },
  // These need an exchange: undo-telephone.test.ts.
  dialNumber: outside,
  transferCall: outside,
  releaseCall: outside,
  promptCall: { not: 'a spoken prompt is taken back, a callback is not: undo-telephone.test.ts' },

  setOperatorState: async ({ page }) => {
    await page.done('setOperatorState', { state: 'not-ready', reason: 'istirahat', text: null })
    return () => page.done('setOperatorState', { state: 'not-ready', reason: 'sholat', text: null })
  },
  classifyCall: async ({ page, call, core }) => {
    const id = call(true)
    const on = `session:${page.session() ?? ''}`
    core.desk.recorder.transact({ by: 'siti', session: page.session() ?? '' }, () => [
      { kind: 'OperatorStateSet', on, body: { state: 'wrap-up', call: id } },
    ])
    return () => page.done('classifyCall', { call: id, class: 'PRANK' })
  },
  setFollowUp: async ({ page, call }) => {
    const [first] = [call(false), call(false)]
    return () => page.done('setFollowUp', { call: first!, followUp: 'selesai' })
  },
  noteContact: async ({ page }) => {
    const contact = { call: randomUUID() as CallId, source: 'whatsapp', class: 'INFO', name: 'Bu Ani' } as const
    return () => page.done('noteContact', { ...contact, number: '0812-0000-4487', happenedAt: null })
  },
  requestBlock: async ({ page }) => {
    return () => page.done('requestBlock', block())
  },
  decideBlock: {
    lead: async ({ page }) => {
      const asked = block()
      await page.done('requestBlock', asked)
      return () => page.done('decideBlock', { block: asked.block, approved: true, reason: null })
    },
  },
  liftBlock: {
    lead: async ({ page }) => {
      const asked = block()
      await page.done('requestBlock', asked)
      await page.signIn('rina')
      await page.done('decideBlock', { block: asked.block, approved: true, reason: null })
      return () => page.done('liftBlock', { block: asked.block, reason })
    },
  },
  handleLogAlarm: {
    lead: async ({ page, db }) => {
      const origin = 'A.aaaaaaaaaaaaaaaa'
      raiseAlarm({ db, clock: { now: () => 1_795_486_500_000 } } as never, 'fork', origin)
      return () => page.done('handleLogAlarm', { alarm: 'fork', origin })
    },
  },

  openIncident: {
    back: async ({ page, call }) => {
      const made = { incident: randomUUID() as IncidentId, report: newReport(), call: call(true) }
      return () => page.done('openIncident', { ...made, source: '112', type: 'BKR-RMH', priority: null })
    },
    stays: /"status":"dibatalkan"/,
  },
  enterPaper: {
    back: async ({ page, clock }) => {
      const at = clock.now() - 7_200_000
      const told = [{ relay: newId<RelayId>(), agency: 'DAMKAR', at, person: 'Pak Budi', readBack: true }]
      return () => page.done('enterPaper', { ...paper(at), told, notes: [{ at, text: 'air naik' }] })
    },
    stays: /"status":"dibatalkan"/,
  },
  addPaper: async ({ page, relayed, clock }) => {
    const { incident } = await relayed()
    const at = clock.now()
    const row = { relay: newId<RelayId>(), at, person: 'Pak Budi', reason: '' }
    const steps = [
      { ...row, agency: 'DAMKAR', step: 'acknowledged' as const },
      { ...row, agency: 'POLRES', step: 'told' as const },
    ]
    return () => page.done('addPaper', { incident, steps, notes: [{ at, text: 'air naik' }] })
  },
  setIncidentField: async (desk) => {
    const { incident } = await desk.open()
    const { over } = (await fieldOf(desk, incident)).type
    return () => desk.page.done('setIncidentField', { incident, field: 'type', value: 'JLN-RSK', over })
  },
  addReport: async ({ page, open, call }) => {
    const added = { incident: (await open()).incident, report: newReport(), call: call(true) }
    return () => page.done('addReport', { ...added, source: '112' })
  },
  setReportField: async ({ page, open }) => {
    const { report } = await open()
    return () => page.done('setReportField', { report, field: 'name', value: 'Bu Sri', over: [] })
  },
  answerQuestion: async (desk) => {
    const { incident } = await desk.open()
    const { protocols } = await desk.page.read('reference', {})
    const asked = protocols.list.find(({ code }) => code.startsWith('BKR') || code === 'KEBAKARAN')!.questions[0]!
    const give = async (answer: string | undefined) => {
      const over = (await fieldOf(desk, incident)).answers[asked.id]?.over ?? []
      await desk.page.done('answerQuestion', { incident, question: asked.id, answer: answer ?? null, over })
    }
    // By which protocol was asked stays on record; the answer is what goes back.
    await give(asked.answers[1]?.code)
    return () => give(asked.answers[0]?.code)
  },
  addNote: async ({ page, open }) => {
    const { incident } = await open()
    return () => page.done('addNote', { incident, text: 'api besar' })
  },
  strikeNote: async ({ page, open }) => {
    const { incident } = await open()
    const { note } = await page.done('addNote', { incident, text: 'api besar' })
    return () => page.done('strikeNote', { incident, note, reason })
  },
  verifyIncident: async ({ page, open }) => {
    const { incident } = await open()
    return () => page.done('verifyIncident', { incident })
  },
  postponeIncident: async ({ page, open }) => {
    const { incident } = await open()
    await page.done('verifyIncident', { incident })
    return () => page.done('postponeIncident', { incident, reason })
  },
  cancelIncident: async ({ page, relayed }) => {
    const { incident } = await relayed()
    return () => page.done('cancelIncident', { incident, reason })
  },
  closeIncident: async ({ page, relayed }) => {
    const { incident } = await relayed()
    return () => page.done('closeIncident', { incident, disposition: 'TERTANGANI', reason: null })
  },
  reopenIncident: async ({ page, open }) => {
    const { incident } = await open()
    await page.done('closeIncident', { incident, disposition: 'WARGA', reason: null })
    return () => page.done('reopenIncident', { incident, reason })
  },

  makeRelays: async ({ page, open }) => {
    const { incident } = await open()
    const target = { relay: newId<RelayId>(), agency: 'BPBD', channel: 'mqtt' as const }
    return () => page.done('makeRelays', { incident, targets: [target] })
  },
  cancelRelay: async ({ page, relayed }) => {
    const { relay } = await relayed('BPBD', 'mqtt')
    return () => page.done('cancelRelay', { relay, reason })
  },
  stepRelay: async ({ page, relayed }) => {
    const { relay } = await relayed()
    const step = { step: 'acknowledged', person: 'Pak Budi', reason: null, readBack: true } as const
    return () => page.done('stepRelay', { relay, ...step })
  },
  tellByVoice: async ({ page, relayed }) => {
    const { relay } = await relayed('BPBD', 'mqtt')
    return () => page.done('tellByVoice', { relay, channel: 'phone', person: 'Pak Budi' })
  },
  handleAlarm: async ({ page, relayed, clock }) => {
    const { relay } = await relayed()
    clock.move(61_000)
    return () => page.done('handleAlarm', { relay })
  },

  mergeIncident: async ({ page, open }) => {
    const [first, second] = [await open(), await open('LAIN')]
    return () => page.done('mergeIncident', { incident: first.incident, into: second.incident })
  },
  separateIncident: async ({ page, open }) => {
    const [first, second] = [await open(), await open('LAIN')]
    await page.done('mergeIncident', { incident: first.incident, into: second.incident })
    return () => page.done('separateIncident', { incident: first.incident })
  },
  joinIncident: async ({ page, open, call }) => {
    const into = await open()
    const made = { incident: randomUUID() as IncidentId, report: newReport(), call: call(true) }
    await page.done('saveDraft', { on: `incident:${made.incident}`, field: 'note', text: 'api besar', over: [] })
    await page.done('saveDraft', { on: `report:${made.report}`, field: 'name', text: 'Bu Sri', over: [] })
    return () => page.done('joinIncident', { ...made, into: into.incident, source: '112' })
  },
  setUmbrella: async ({ page, open }) => {
    const { incident } = await open()
    return () => page.done('setUmbrella', { incident, on: true })
  },
}

let desk: UndoDesk
beforeAll(async () => {
  desk = await undoDesk()
})
afterAll(() => desk.end())

test('every command has an answer, and no answer is of a command that is gone', () => {
  expect(Object.keys(answers).sort()).toEqual(Object.keys(commands).sort())
})

const backs = Object.entries(answers).flatMap(([name, answer]) =>
  typeof answer === 'object' && 'not' in answer ? [] : [{ name, answer }],
)

test.each(backs)('$name is taken back, and everything is as it was', async ({ name, answer }) => {
  await desk.page.signIn('siti')
  const stage =
    typeof answer === 'function' ? answer : 'lead' in answer ? answer.lead : 'back' in answer ? answer.back : null
  const act = await stage!(desk)
  if (typeof answer === 'object' && 'lead' in answer) await desk.page.signIn('rina')
  const before = JSON.stringify(await seen(desk), null, 1)
  await act()
  const done = JSON.stringify(await seen(desk), null, 1)
  expect(done).not.toBe(before)
  expect(await desk.last()).toMatchObject({ name, why: null })
  const ops = desk.db.prepare('SELECT count(*) FROM op').pluck().get() as number
  expect(await desk.undo()).toEqual({})
  // Nothing is deleted: what takes back is more records.
  expect(desk.db.prepare('SELECT count(*) FROM op').pluck().get()).toBeGreaterThan(ops)
  const after = await seen(desk)
  if (typeof answer === 'object' && 'stays' in answer) expect(JSON.stringify(after)).toMatch(answer.stays)
  else expect(JSON.stringify(after, null, 1)).toBe(before)
})
