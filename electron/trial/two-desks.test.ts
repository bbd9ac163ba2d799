// Two whole desks of one site with a centre, an agency desk and one exchange: they end alike, and people settle what they changed differently.
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallId, IncidentId, RelayId, ReportId } from '#domain/id.ts'
import type { Scope } from '#log/member.ts'
import { rebuildAll } from '#db/apply/rebuild.ts'
import { stateHash } from '#db/apply/state-hash.ts'
import { aggregates, opsOn } from '#db/log/stored-op.ts'
import { rootKey } from '../centre/member-list.ts'
import { startCore, type Core } from '../core/start.ts'
import { movingClock, until } from '../core/sync/test-site.ts'
import { coreStartIn, newFolder, openPage, siteText, type Page } from '../core/test-desk.ts'
import { startBroker, type TrialBroker } from './brokers.ts'
import { startTrialExchange, type TrialExchange } from './exchange.ts'
import { startSimulatedAgency } from './simulated-agency.ts'
import { startTrialCentre } from './trial-centre.ts'

const dir = newFolder()
const site = 'demak-uji'
const clock = movingClock()
const root = Buffer.alloc(32, 7)
const scopes: ReadonlyMap<string, Scope> = new Map([
  ['B', 'full'],
  ['C', 'full'],
  ['BPBD-1', 'agency:BPBD'],
])
const onFatal = (error: unknown): never => {
  throw error
}
const stops: (() => Promise<void>)[] = []
let sync: TrialBroker
let exchange: TrialExchange
let exchangeUrl: string

type Desk = { readonly core: Core; readonly page: Page }
let b: Desk
let c: Desk

/** An agency's desk reads the same site file; it gets its name from elsewhere. */
const startIn = (member: string, letters = member) =>
  coreStartIn(
    join(dir, member),
    siteText({ member: letters, sync: sync.url, exchange: exchangeUrl, centreKey: rootKey(root).key }),
  )

async function startDesk(member: string, operator: string): Promise<Desk> {
  const core = await startCore(startIn(member), {
    clock,
    onFatal,
    checkOutput: true,
    unactedMs: () => 50,
    timing: { unconfirmedMs: 500, resendMs: 1_000, haveEveryMs: 1_000, wantEveryMs: 500 },
  })
  stops.push(core.stop)
  const page = openPage(core)
  await page.signIn(operator)
  return { core, page }
}
const startAgency = () =>
  startSimulatedAgency({ start: startIn('BPBD-1', 'B'), code: 'BPBD', member: 'BPBD-1', clock, pace: 0.01, onFatal })

beforeAll(async () => {
  sync = await startBroker({
    site,
    roleOf: (user) => {
      if (user === 'PUSAT') return { kind: 'centre' }
      if (user === 'BPBD-1') return { kind: 'agency', code: 'BPBD' }
      return scopes.has(user) ? { kind: 'desk' } : null
    },
  })
  const line = await startBroker()
  exchangeUrl = line.url
  const { nativeBinding, migrationsDir, key, version } = coreStartIn(join(dir, 'centre'))
  const store = { dataDir: join(dir, 'centre'), secondDir: null, nativeBinding, migrationsDir, key, clock }
  const centre = await startTrialCentre({ store, site, rootSeed: root, broker: sync.url, version, clock, scopes })
  const members = ['B', 'C']
  exchange = await startTrialExchange({ site, bridge: 'pbx1', broker: line.url, members, clock, canSteer: true })
  stops.push(line.close, sync.close, centre.stop, exchange.stop)
  b = await startDesk('B', 'siti')
  c = await startDesk('C', 'andi')
  await settled()
})
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop()
  rmSync(dir, { recursive: true, force: true })
})

const hash = ({ core }: Desk): string => stateHash(core.store.db)

/** Both desks have everything confirmed and hold the same state; making all of it again changes nothing. */
async function settled(): Promise<void> {
  for (const desk of [b, c]) await desk.page.until('sync', {}, ({ link, waiting }) => link === 'up' && waiting === 0)
  await until('the same state on both', () => hash(b) === hash(c))
  const { db } = b.core.store
  const before = stateHash(db)
  expect(rebuildAll(db, aggregates(db), opsOn)).toEqual([])
  expect(stateHash(db)).toBe(before)
}

async function openIncident({ page }: Desk, type = 'BCN-BJR'): Promise<IncidentId> {
  const ids = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
  await page.done('openIncident', { ...ids, call: null, source: 'walk-in', type, priority: null })
  return ids.incident
}
const landmark = ({ page }: Desk, incident: IncidentId) =>
  page.read('incident', { incident }).then((view) => view?.landmark)

describe('two desks of one site', () => {
  it('exchange what they record and end with the same state', async () => {
    const incident = await openIncident(b)
    await c.page.until('incident', { incident }, (view) => view !== null)
    await c.page.done('addNote', { incident, text: 'dari meja C' })
    await b.page.done('addNote', { incident, text: 'dari meja B' })
    const other = await openIncident(c)
    await b.page.until('incident', { incident: other }, (view) => view !== null)
    const { notes } = (await b.page.until('incident', { incident }, (view) => view?.notes.length === 2))!
    expect(new Set(notes.map(({ by, text }) => `${by}: ${text}`))).toEqual(
      new Set(['Andi P.: dari meja C', 'Siti N.: dari meja B']),
    )
    // Labels of two desks cannot meet: the letters are the desk's.
    const labels = (await c.page.read('board', { limit: 10 })).rows.map(({ label }) => label.slice(7))
    expect(labels.toSorted()).toEqual(['B001', 'C001'])
    await settled()
  })

  it('show two values of one field to both people, until one of them settles it', async () => {
    const incident = await openIncident(b)
    await c.page.until('incident', { incident }, (view) => view !== null)
    await sync.cut()
    await b.page.until('sync', {}, ({ link }) => link !== 'up')
    const set = { incident, field: 'landmark', over: [] as never[] } as const
    await b.page.done('setIncidentField', { ...set, value: 'depan pasar' })
    await c.page.done('setIncidentField', { ...set, value: 'belakang masjid' })
    await sync.restore()
    for (const desk of [b, c]) {
      await desk.page.until('incident', { incident }, (view) => (view?.landmark.conflicts.length ?? 0) > 0)
    }
    const [atB, atC] = [await landmark(b, incident), await landmark(c, incident)]
    expect(atB).toEqual(atC)
    const shown = [atB?.value, ...(atB?.conflicts.map(({ value }) => value) ?? [])]
    expect(new Set(shown)).toEqual(new Set(['belakang masjid', 'depan pasar']))
    await c.page.done('setIncidentField', { ...set, value: 'depan pasar', over: atC?.over ?? [] })
    for (const desk of [b, c]) {
      const view = await desk.page.until('incident', { incident }, (now) => now?.landmark.conflicts.length === 0)
      expect(view?.landmark.value).toBe('depan pasar')
    }
    await settled()
  })

  it('know a call that both saw as one call, and only the desk that answered records it', async () => {
    exchange.ring('laka-pantura')
    const rings = await Promise.all(
      [b, c].map(({ page }) => page.until('calls', {}, ({ ringing }) => ringing.some((row) => row.isRecorded))),
    )
    const [atB, atC] = rings.map(({ ringing }) => ringing[0]?.call)
    expect(atB).toBe(atC)
    const call = atB as CallId
    await c.page.done('answerCall', { call })
    await c.page.until('calls', {}, ({ active }) => active?.call === call && active.state === 'connected')
    await b.page.until('calls', {}, ({ ringing }) => ringing.length === 0)
    expect((await b.page.read('calls', {})).active).toBeNull()
    expect(await b.page.send('endCall', { call })).toMatchObject({ fault: 'exchange_refused' })
    await c.page.done('endCall', { call })
    await c.page.until('calls', {}, ({ active }) => active?.state === 'ended')
    await c.page.done('classifyCall', { call, class: 'INFO' })
    await settled()
    const kinds = b.core.store.db.prepare('SELECT kind FROM op WHERE aggregate = ? ORDER BY log, seq').pluck()
    expect(kinds.all(`call:${call}`)).toEqual(['CallAnswered', 'CallEnded', 'CallFieldSet'])
    expect((await b.page.read('missedCalls', {})).rows).toEqual([])
  })

  it('both keep a call that nobody answered as one missed call', async () => {
    const name = exchange.ring('informasi')
    for (const { page } of [b, c]) await page.until('calls', {}, ({ ringing }) => ringing.some((row) => row.isRecorded))
    exchange.hangUpCaller(name)
    for (const { page } of [b, c]) await page.until('missedCalls', {}, ({ total }) => total === 1)
    await settled()
    for (const { page } of [b, c]) expect((await page.read('missedCalls', {})).total).toBe(1)
  })
})

describe('a broker that accepts and forgets', () => {
  it('is seen through: sent is not confirmed, and everything is confirmed when it is honest again', async () => {
    sync.setForgetful(true)
    const incident = await openIncident(b)
    await b.page.until('incident', { incident }, (view) => view?.recordState === 'sent')
    const facts = await b.page.until('sync', {}, ({ isUnconfirmed }) => isUnconfirmed)
    expect(facts.waiting).toBeGreaterThan(0)
    expect(await c.page.read('incident', { incident })).toBeNull()
    sync.setForgetful(false)
    await b.page.until('incident', { incident }, (view) => view?.recordState === 'confirmed')
    await c.page.until('incident', { incident }, (view) => view !== null)
    expect(await b.page.until('sync', {}, (now) => now.waiting === 0)).toMatchObject({ isUnconfirmed: false })
    await settled()
  })
})

describe('an agency desk that was off for an hour', () => {
  it('gets one card per relay, and its answers end the alarms', async () => {
    const [first, second] = [await openIncident(b), await openIncident(b)]
    const relays = [randomUUID() as RelayId, randomUUID() as RelayId] as const
    const targets = (relay: RelayId) => [{ relay, agency: 'BPBD', channel: 'mqtt' as const }]
    await b.page.done('makeRelays', { incident: first, targets: targets(relays[0]) })
    await b.page.done('makeRelays', { incident: second, targets: targets(relays[1]) })
    for (const value of ['satu', 'dua', 'tiga']) {
      await b.page.done('setIncidentField', { incident: first, field: 'landmark', value, over: [] })
    }
    await b.page.done('tellByVoice', { relay: relays[0], channel: 'phone', person: 'Bu Ani' })
    clock.move(3_600_000)
    const alarms = await b.page.read('alarms', {})
    expect(alarms.length).toBeGreaterThan(0)
    const agency = await startAgency()
    stops.push(agency.stop)
    const stepOf = (incident: IncidentId) =>
      b.page.until(
        'incident',
        { incident },
        (view) => view?.agencies.some((row) => row.relay?.step === 'done') ?? false,
      )
    await stepOf(first)
    await stepOf(second)
    const kinds = b.core.store.db.prepare('SELECT kind FROM op WHERE aggregate = ?').pluck()
    for (const relay of relays) {
      expect(kinds.all(`relay:${relay}`).filter((kind) => kind === 'CardReceived')).toHaveLength(1)
    }
    expect(await b.page.until('alarms', {}, (rows) => rows.length === 0)).toEqual([])
    await settled()
  })
})
