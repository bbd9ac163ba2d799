// The main job end to end on the trial site: real core, real brokers, real centre, two agency desks, simulated exchange.
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFault } from '#domain/fault.ts'
import type { IncidentId, RelayId, ReportId } from '#domain/id.ts'
import { startCore, type Core } from '../core/start.ts'
import { coreStartIn, newFolder, openPage, type Page } from '../core/test-desk.ts'
import { startTrialSite, type TrialSite } from './trial-site.ts'

const dir = newFolder()
let site: TrialSite
let core: Core
let page: Page
const onFatal = (error: unknown): never => {
  throw error
}

beforeAll(async () => {
  const start = {
    nativeBinding: null,
    migrationsDir: resolve('db/migrations'),
    resourcesDir: resolve('resources'),
    version: '0.1.0',
  }
  site = await startTrialSite({ ...start, dir: join(dir, 'site') }, { pace: 0.02, onFatal })
  core = await startCore(
    { ...coreStartIn(join(dir, 'desk')), siteFile: site.siteFile },
    { onFatal, checkOutput: true, unactedMs: () => 50 },
  )
  page = openPage(core)
  await page.signIn()
})
afterAll(async () => {
  await core?.stop()
  await site?.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** Rings a caller and waits until the desk shows the ring. */
async function ring(scenario: string) {
  await site.handlers.ringCall({ scenario }, { command: randomUUID(), session: null })
  const { ringing } = await page.until('calls', {}, (calls) => calls.ringing.some((call) => call.isRecorded))
  const [call] = ringing
  if (call === undefined) throw new Error('no call rings')
  return call
}
async function answer(call: Awaited<ReturnType<typeof ring>>): Promise<void> {
  await page.done('answerCall', { call: call.call })
  await page.until('calls', {}, ({ active }) => active?.call === call.call && active.state === 'connected')
}
async function hangUp(call: Awaited<ReturnType<typeof ring>>): Promise<void> {
  // A caller of the trial site hangs up after a while: on a slow machine before the operator does.
  const reply = await page.send('endCall', { call: call.call })
  if (isFault(reply)) expect(reply).toMatchObject({ fault: 'wrong_state', detail: 'ended' })
  await page.until(
    'calls',
    {},
    ({ active }) => active === null || active.call !== call.call || active.state === 'ended',
  )
}
async function openFrom(call: Awaited<ReturnType<typeof ring>>, type: string): Promise<IncidentId> {
  const incident = randomUUID() as IncidentId
  await page.done('openIncident', {
    incident,
    report: randomUUID() as ReportId,
    call: call.call,
    source: '112',
    type,
    priority: null,
  })
  return incident
}
const confirmed = () => page.until('sync', {}, ({ waiting, link }) => waiting === 0 && link === 'up')

describe('the main job', () => {
  it('connects the desk with the exchange, the centre and both agencies', async () => {
    await page.until('calls', {}, ({ exchange }) => exchange.isOnline && exchange.capabilities.includes('answer'))
    const sync = await page.until('sync', {}, ({ connected }) => connected.length === 2)
    expect(sync.connected).toEqual(['POLRES', 'PSC119'])
    expect((await confirmed()).confirmedAt).toBeGreaterThan(0)
  })

  it('closes a prank call by its class alone', async () => {
    const call = await ring('iseng-anak')
    expect(call).toMatchObject({ number: '+6285700001213', numberTrust: 'asserted', isRecorded: true })
    await answer(call)
    await page.done('classifyCall', { call: call.call, class: 'PRANK' })
    await hangUp(call)
    const { active } = await page.until('calls', {}, (calls) => calls.active === null)
    expect(active).toBeNull()
    expect((await page.read('board', { limit: 10 })).total).toBe(0)
  })

  it('keeps a call nobody answered until it is called back', async () => {
    await ring('putus')
    const { rows } = await page.until('missedCalls', {}, ({ total }) => total === 1)
    expect(rows[0]).toMatchObject({ number: '+6281900002048', endReason: 'abandoned', followUp: 'belum' })
    const { call } = rows[0]!
    await page.done('dialNumber', { number: '+6281900002048', call })
    await page.until('missedCalls', {}, ({ total }) => total === 0)
    const { active } = await page.until('calls', {}, (calls) => calls.active?.direction === 'out')
    await hangUp(active!)
    await page.until('calls', {}, (calls) => calls.active === null)
  })

  it('relays a crash to two agencies, whose steps come back, and everything is confirmed', async () => {
    const call = await ring('laka-pantura')
    await answer(call)
    const incident = await openFrom(call, 'LAKA-LL')
    const detail = await page.read('incident', { incident })
    expect(detail?.reports[0]?.callback.value).toBe('+6281200004486')
    expect(detail?.agencies.map(({ agency, channel, isConnected }) => [agency, channel, isConnected])).toEqual([
      ['POLRES', 'mqtt', true],
      ['PSC119', 'mqtt', true],
      ['DAMKAR', 'phone', false],
    ])
    const targets = ['POLRES', 'PSC119'].map((agency) => ({
      relay: randomUUID() as RelayId,
      agency,
      channel: 'mqtt' as const,
    }))
    await page.done('makeRelays', { incident, targets })
    const steps = (value: Awaited<ReturnType<typeof page.read<'incident'>>>) =>
      value?.agencies.map(({ relay }) => relay?.step ?? null)
    await page.until(
      'incident',
      { incident },
      (value) =>
        steps(value)
          ?.slice(0, 2)
          .every((step) => step === 'done') ?? false,
    )
    const told = await page.until('incident', { incident }, (value) => value?.recordState === 'confirmed')
    expect(told).toMatchObject({ status: 'selesai' })
    for (const row of told?.agencies.slice(0, 2) ?? []) {
      const { toldAt, receivedAt, acknowledgedAt, onSceneAt, doneAt } = row.relay!
      // Each desk's clock is corrected by what it measured against the centre, which is good to some tenths of a second.
      const steps = [toldAt, receivedAt, acknowledgedAt, onSceneAt, doneAt].map((time) => Math.round(time! / 1000))
      expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(10)
    }
    await hangUp(call)
    await page.done('closeIncident', { incident, disposition: 'TERTANGANI', reason: null })
    await confirmed()
  })

  it('goes on with the plug pulled and delivers everything when it is back', async () => {
    await site.sync.cut()
    await page.until('sync', {}, ({ link, connected }) => link !== 'up' && connected.length === 0)
    const call = await ring('kebakaran-pasar')
    await answer(call)
    const incident = await openFrom(call, 'BKR-RMH')
    await page.done('setIncidentField', { incident, field: 'landmark', value: 'Pasar Buyaran', over: [] })
    await page.done('addNote', { incident, text: 'Masih ada orang di dalam' })
    const relay = randomUUID() as RelayId
    const before = await page.read('incident', { incident })
    expect(before?.agencies.every(({ channel }) => channel === 'phone')).toBe(true)
    await page.done('makeRelays', { incident, targets: [{ relay, agency: 'DAMKAR', channel: 'phone' }] })
    await page.done('stepRelay', { relay, step: 'acknowledged', person: 'Pak Joko', reason: null, readBack: true })
    // A relay by message while the link is down waits in the log.
    const waiting = randomUUID() as RelayId
    await page.done('makeRelays', { incident, targets: [{ relay: waiting, agency: 'PSC119', channel: 'mqtt' }] })
    await hangUp(call)
    const cut = await page.read('sync', {})
    expect(cut.waiting).toBeGreaterThan(5)
    expect((await page.read('incident', { incident }))?.recordState).toBe('local')
    await site.sync.restore()
    await page.until(
      'incident',
      { incident },
      (value) =>
        value?.agencies.some(({ agency, relay: sent }) => agency === 'PSC119' && sent?.acknowledgedAt != null) ?? false,
    )
    await page.until('incident', { incident }, (value) => value?.recordState === 'confirmed')
    await confirmed()
  })
})
