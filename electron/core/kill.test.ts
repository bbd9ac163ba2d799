// SIGKILL of core at every named point of a commit: what the page was told is there, nothing is there twice, a retry answers the same.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CommandName } from '#contract/commands.ts'
import type { CoreStart } from '#contract/shell.ts'
import type { CallId, IncidentId, RelayId, ReportId, SessionId } from '#domain/id.ts'
import { putLogin } from '#db/local/login.ts'
import { rebuildAll } from '#db/apply/rebuild.ts'
import { stateHash } from '#db/apply/state-hash.ts'
import { aggregates, opsOn } from '#db/log/stored-op.ts'
import { startBroker, type TrialBroker } from '../trial/brokers.ts'
import { startTrialExchange, type TrialExchange } from '../trial/exchange.ts'
import { hashPin } from './pin.ts'
import { startCore, type Core } from './start.ts'
import { commandSteps, recordSteps } from './step.ts'
import { coreStartIn, newFolder, openPage, siteText, type Page } from './test-desk.ts'
import type { KillPlan } from './test-kill-child.ts'

const root = newFolder()
const onFatal = (error: unknown): never => {
  throw error
}
const incident = randomUUID() as IncidentId
const draft = { on: `incident:${incident}`, field: 'landmark', over: [] as never[] }
let template: CoreStart
let session: SessionId
let admin: { readonly start: CoreStart; readonly session: SessionId }
let broker: TrialBroker
let exchange: TrialExchange

beforeAll(async () => {
  broker = await startBroker()
  exchange = await startTrialExchange({
    site: 'demak-uji',
    bridge: 'pbx1',
    broker: broker.url,
    members: ['B'],
    clock: { now: Date.now },
    canSteer: true,
  })
  template = coreStartIn(join(root, 'template'), siteText({ exchange: broker.url }))
  const { core, page } = await opened(template, null)
  session = await page.signIn()
  const ids = { incident, report: randomUUID() as ReportId }
  await page.done('openIncident', { ...ids, call: null, source: 'walk-in', type: 'BKR-RMH', priority: null })
  await page.done('saveDraft', { ...draft, text: 'depan pa' })
  await core.stop()
  admin = await adminDesk()
})
afterAll(async () => {
  await exchange?.stop()
  await broker?.close()
  rmSync(root, { recursive: true, force: true })
})

async function opened(start: CoreStart, own: SessionId | null): Promise<{ core: Core; page: Page }> {
  const core = await startCore(start, { onFatal, checkOutput: true })
  return { core, page: openPage(core, own) }
}

/** The same desk with an admin in the chair, who also set an operator already. */
async function adminDesk(): Promise<{ readonly start: CoreStart; readonly session: SessionId }> {
  const dir = join(root, 'admin')
  cpSync(template.dataDir, dir, { recursive: true })
  const start = { ...template, dataDir: dir, siteFile: join(dir, 'site.yaml') }
  const { core, page } = await opened(start, null)
  const own = await page.signIn('admin')
  putLogin(core.store.db, { operator: 'budi', name: 'Budi', role: 'operator', isActive: true }, await hashPin('112112'))
  await core.stop()
  return { start, session: own }
}

type Case = Pick<KillPlan, 'name' | 'input'> & Partial<KillPlan>

/** Runs a desk on a copy of the template until it kills itself; gives its folder and what its page was told. */
async function killed(point: string, facts: Case) {
  const dir = join(root, randomUUID())
  const from = facts.start ?? template
  cpSync(from.dataDir, dir, { recursive: true })
  const start = { ...from, dataDir: dir, siteFile: join(dir, 'site.yaml') }
  const command = randomUUID()
  const plan: KillPlan = { session, point, command, needsRing: false, needsCentre: false, ...facts, start }
  const child = spawn(process.execPath, [resolve('electron/core/test-kill-child.ts'), JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()))
  const [, signal] = await new Promise<[number | null, string | null]>((done) =>
    child.once('close', (code, by) => done([code, by])),
  )
  expect(signal, `the point ${point} of ${facts.name} was never reached`).toBe('SIGKILL')
  return { start, command, told: told === '' ? null : (JSON.parse(told) as object) }
}

/** Ops of the own log by kind. */
function opKinds(core: Core): string[] {
  return core.store.db.prepare('SELECT kind FROM op ORDER BY log, seq').pluck().all() as string[]
}

/** Every row follows from the ops: making all of it again changes nothing. */
function expectWholeState(core: Core): void {
  const { db } = core.store
  const before = stateHash(db)
  expect(rebuildAll(db, aggregates(db), opsOn)).toEqual([])
  expect(stateHash(db)).toBe(before)
}

const setUp = ['LogOpened', 'SessionOpened', 'IncidentOpened', 'ReportAdded']
const cases: readonly { readonly name: CommandName; readonly input: object; readonly ops: readonly string[] }[] = [
  {
    name: 'openIncident',
    input: {
      incident: randomUUID(),
      report: randomUUID(),
      call: null,
      source: 'walk-in',
      type: 'BCN-BJR',
      priority: null,
    },
    ops: ['IncidentOpened', 'ReportAdded'],
  },
  {
    name: 'setIncidentField',
    input: { incident, field: 'landmark', value: 'depan pasar', over: [] },
    ops: ['IncidentFieldSet'],
  },
  { name: 'addNote', input: { incident, text: 'api sampai atap' }, ops: ['NoteAdded'] },
  {
    name: 'makeRelays',
    input: {
      incident,
      targets: ['DAMKAR', 'POLRES'].map((agency) => ({ relay: randomUUID() as RelayId, agency, channel: 'phone' })),
    },
    ops: ['RelayMade', 'RelayMade'],
  },
  {
    name: 'closeIncident',
    input: { incident, disposition: 'TERTANGANI', reason: null },
    ops: ['IncidentFieldSet'],
  },
  { name: 'saveDraft', input: { ...draft, text: 'depan pasar' }, ops: [] },
]
const points = [...commandSteps, 'told']
const isCommitted = (point: string): boolean => points.indexOf(point) >= points.indexOf('committed')

/** Every command goes the same way, so two of them stop at every point and the others around the commit. */
const everywhere: readonly CommandName[] = ['openIncident', 'makeRelays']
const around = ['replied', 'committed', 'told']

describe.each(cases)('core killed inside $name', ({ name, input, ops }) => {
  it.concurrent.each(everywhere.includes(name) ? points : around)('at "%s"', async (point) => {
    const { start, command, told } = await killed(point, { name, input: input as Record<string, unknown> })
    expect(told !== null).toBe(point === 'told')
    const { core, page } = await opened(start, session)
    expect(opKinds(core)).toEqual(isCommitted(point) ? [...setUp, ...ops] : setUp)
    const view = await page.read('incident', { incident })
    if (name === 'saveDraft') {
      expect(view?.landmark.draft?.text).toBe(isCommitted(point) ? 'depan pasar' : 'depan pa')
    } else if (name === 'setIncidentField' && isCommitted(point)) {
      expect(view?.landmark).toMatchObject({ value: 'depan pasar', draft: null })
    } else {
      expect(view?.landmark.draft?.text).toBe('depan pa')
    }
    const reply = await page.send(name, input as never, command)
    expect(await page.send(name, input as never, command)).toEqual(reply)
    if (told !== null) expect(reply).toEqual(told)
    expect(reply).not.toHaveProperty('fault')
    expect(opKinds(core)).toEqual([...setUp, ...ops])
    expectWholeState(core)
    await core.stop()
  })
})

describe('core killed while it carries out what an admin asked for', () => {
  it.concurrent.each([
    ['setOperator', { operator: 'budi', name: 'Budi', role: 'operator', pin: null, active: true }, 'OperatorSet'],
    ['exportDailyLog', { day: '2026-11-24' }, 'ExportMade'],
  ] as const)('%s is recorded once, and the retry answers', async (name, input, kind) => {
    const { start, command } = await killed('record-committed', { name, input, ...admin })
    const { core, page } = await opened(start, admin.session)
    expect(opKinds(core).filter((found) => found === kind)).toHaveLength(1)
    const reply = await page.send(name, input as never, command)
    expect(reply).not.toHaveProperty('fault')
    expect(await page.send(name, input as never, command)).toEqual(reply)
    expect(opKinds(core).filter((found) => found === kind)).toHaveLength(1)
    expect(
      readdirSync(start.dataDir).includes('export') ? readdirSync(join(start.dataDir, 'export')) : [],
    ).toHaveLength(name === 'exportDailyLog' ? 1 : 0)
    await core.stop()
  })
})

describe('core killed while it makes the first admin', () => {
  it.concurrent.each(['record-committed', 'told'])('at "%s" the retry shows the recovery code', async (point) => {
    const live = { ...coreStartIn(join(root, randomUUID())), isTrial: false }
    const input = { operator: 'kepala', name: 'Budi Santoso', pin: '606060' }
    const { start, command, told } = await killed(point, {
      name: 'createFirstAdmin',
      input,
      session: null,
      start: live,
    })
    const { core, page } = await opened(start, null)
    const reply = await page.send('createFirstAdmin', input, command)
    expect(reply).toEqual({ recoveryCode: expect.stringMatching(/^([0-9A-F]{5}-){3}[0-9A-F]{5}$/) })
    if (told !== null) expect(reply).toEqual(told)
    expect(await page.send('createFirstAdmin', input, command)).toEqual(reply)
    // It was shown when somebody signs in; from then on it is kept nowhere.
    await page.signIn('kepala', '606060')
    const { recoveryCode } = reply as { recoveryCode: string }
    const kept = core.store.db.prepare('SELECT reply FROM command_reply').pluck().all().join()
    expect(kept).not.toContain(recoveryCode)
    expect(await page.send('createFirstAdmin', input, command)).toEqual({ fault: 'already_exists' })
    await page.done('recoverAdmin', { ...input, recoveryCode })
    await core.stop()
  })
})

describe('core killed while it signs somebody in', () => {
  it.concurrent.each([...recordSteps, 'told'])('at "%s"', async (point) => {
    const input = { operator: 'rina', pin: '112112' }
    const { start, told } = await killed(point, { name: 'signIn', input, session: null })
    const { core, page } = await opened(start, null)
    const isIn = !['record-begun', 'record-appended'].includes(point)
    const view = await page.read('session', {})
    expect(view.operator?.operator).toBe(isIn ? 'rina' : 'siti')
    if (told !== null) expect(told).toMatchObject({ session: view.session })
    // Whoever was told nothing signs in again; one session is open, each other one was closed once.
    await page.signIn('rina')
    expect(core.store.db.prepare('SELECT count(*) FROM desk_session').pluck().get()).toBe(1)
    const closed = opKinds(core).filter((kind) => kind === 'SessionClosed')
    expect(closed).toHaveLength(isIn ? 2 : 1)
    expectWholeState(core)
    await core.stop()
  })
})

describe('core killed while it records that a call was answered', () => {
  it.each(recordSteps)('at "%s"', async (point) => {
    const name = exchange.ring('laka-pantura')
    const { start } = await killed(point, { name: 'answerCall', input: {}, needsRing: true })
    const { core, page } = await opened(start, session)
    const { active } = await page.until(
      'calls',
      {},
      (calls) => calls.active?.state === 'connected' && calls.exchange.isOnline,
    )
    const call = active?.call as CallId
    expect(active).toMatchObject({ number: '+6281200004486', isRecorded: true })
    await page.done('endCall', { call })
    await page.until('calls', {}, (calls) => calls.active?.state === 'ended')
    await page.done('classifyCall', { call, class: 'INFO' })
    const kinds = core.store.db.prepare('SELECT kind FROM op WHERE aggregate = ? ORDER BY seq').pluck()
    expect(kinds.all(`call:${call}`)).toEqual(['CallAnswered', 'CallEnded', 'CallFieldSet'])
    expectWholeState(core)
    await core.stop()
    exchange.hangUpCaller(name)
  })
})

describe('core killed while it dials a number', () => {
  /** An exchange of its own: calls of the other cases would be recorded here too. */
  async function dialDesk() {
    const line = await startBroker()
    const facts = { site: 'demak-uji', bridge: 'pbx1', members: ['B'], clock: { now: Date.now } }
    const own = await startTrialExchange({ ...facts, broker: line.url, canSteer: true })
    const dir = join(root, randomUUID())
    cpSync(template.dataDir, dir, { recursive: true })
    const end = async (): Promise<void> => {
      await own.stop()
      await line.close()
    }
    return { start: { ...coreStartIn(dir, siteText({ exchange: line.url })), boot: template.boot }, end }
  }

  it.each(['record-appended', 'record-committed', 'told'])('at "%s" it never dials twice', async (point) => {
    const number = `+62812000${String(points.length + recordSteps.indexOf(point as never)).padStart(5, '0')}`
    const input = { number, call: null }
    const desk = await dialDesk()
    const facts = { name: 'dialNumber', input, needsExchange: true, start: desk.start }
    const { start, command, told } = await killed(point, facts)
    const { core, page } = await opened(start, session)
    await page.until('calls', {}, (calls) => calls.exchange.isOnline)
    const first = await page.send('dialNumber', input, command)
    expect(await page.send('dialNumber', input, command)).toEqual(first)
    if (told !== null) expect(first).toEqual(told)
    // Asked, and nobody knows what became of it: the operator decides whether to dial again.
    if (point === 'record-committed') expect(first).toMatchObject({ fault: 'exchange_unreachable' })
    const dialled = core.desk.calls.calls().filter((call) => call.number === number)
    expect(dialled).toHaveLength(point === 'record-committed' ? 0 : 1)
    await core.stop()
    await desk.end()
  })
})
