// Where an alarm is heard: two whole desks of one site around a real broker. It is seen at both all the time.
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IncidentId, RelayId, ReportId } from '#domain/id.ts'
import type { Scope } from '#log/member.ts'
import { rootKey } from '../centre/member-list.ts'
import { startCore, type Core } from '../core/start.ts'
import { movingClock } from '../core/sync/test-site.ts'
import { coreStartIn, newFolder, openPage, siteText, type Page } from '../core/test-desk.ts'
import { startBroker, type TrialBroker } from './brokers.ts'
import { startTrialCentre } from './trial-centre.ts'

const minute = 60_000
const dir = newFolder()
const site = 'demak-uji'
const clock = movingClock()
const root = Buffer.alloc(32, 7)
const scopes: ReadonlyMap<string, Scope> = new Map([
  ['B', 'full'],
  ['C', 'full'],
])
const onFatal = (error: unknown): never => {
  throw error
}
const stops: (() => Promise<void>)[] = []
let sync: TrialBroker
let desks: { readonly b: Desk; readonly c: Desk }

type Desk = { readonly core: Core; readonly page: Page; readonly stop: () => Promise<void> }

async function startDesk(member: string, operator: string): Promise<Desk> {
  const text = siteText({ member, sync: sync.url, centreKey: rootKey(root).key })
  const timing = { haveEveryMs: 500, wantEveryMs: 500, freshMs: 3_000, retryToMs: 600 }
  const start = { ...coreStartIn(join(dir, member), text), boot: 'one run' }
  const core = await startCore(start, { clock, onFatal, checkOutput: true, timing })
  const page = openPage(core)
  await page.signIn(operator)
  let isStopped = false
  const stop = async (): Promise<void> => {
    if (isStopped) return
    isStopped = true
    await core.stop()
  }
  stops.push(stop)
  return { core, page, stop }
}

beforeAll(async () => {
  sync = await startBroker({
    site,
    roleOf: (user) => (user === 'PUSAT' ? { kind: 'centre' } : scopes.has(user) ? { kind: 'desk' } : null),
  })
  const { nativeBinding, migrationsDir, key, version } = coreStartIn(join(dir, 'centre'))
  const store = { dataDir: join(dir, 'centre'), secondDir: null, nativeBinding, migrationsDir, key, clock }
  const centre = await startTrialCentre({ store, site, rootSeed: root, broker: sync.url, version, clock, scopes })
  stops.push(sync.close, centre.stop)
  desks = { b: await startDesk('B', 'siti'), c: await startDesk('C', 'andi') }
  for (const { page } of [desks.b, desks.c]) await page.until('sync', {}, ({ link, own }) => link === 'up' && own > 0)
})
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop()
  rmSync(dir, { recursive: true, force: true })
})

/** Desk B relays a P1 incident that nobody answers; both desks show the alarm. */
async function alarmOfB(): Promise<RelayId> {
  const { page } = desks.b
  const incident = randomUUID() as IncidentId
  await page.done('openIncident', {
    incident,
    report: randomUUID() as ReportId,
    call: null,
    source: 'walk-in',
    type: 'BKR-RMH',
    priority: null,
  })
  const relay = randomUUID() as RelayId
  await page.done('makeRelays', { incident, targets: [{ relay, agency: 'DAMKAR', channel: 'phone' }] })
  await desks.c.page.until('incident', { incident }, (view) =>
    (view?.agencies ?? []).some((row) => row.relay?.relay === relay),
  )
  clock.move(minute)
  for (const { page: each } of [desks.b, desks.c]) {
    await each.until('alarms', {}, (rows) => rows.some((row) => row.relay === relay))
  }
  return relay
}
/** Waits until a desk shows the alarm of a relay and is as loud as expected. */
async function expectHeard({ page }: Desk, relay: RelayId, sounds: boolean): Promise<void> {
  const rows = await page.until('alarms', {}, (all) => all.some((row) => row.relay === relay && row.sounds === sounds))
  expect(rows.find((row) => row.relay === relay)).toMatchObject({ sounds, limitMs: minute })
}

describe('an alarm of a P1 relay', () => {
  it('is seen at every desk and heard at the one that relayed', async () => {
    const relay = await alarmOfB()
    await expectHeard(desks.b, relay, true)
    await expectHeard(desks.c, relay, false)
  })

  it('is heard at a lead’s desk, whoever relayed', async () => {
    const relay = await alarmOfB()
    await expectHeard(desks.c, relay, false)
    await desks.c.page.signIn('rina')
    await expectHeard(desks.c, relay, true)
    await desks.c.page.signIn('andi')
    await expectHeard(desks.c, relay, false)
  })

  it('is heard everywhere, and goes on at its own desk, while nobody is signed in there', async () => {
    const relay = await alarmOfB()
    await expectHeard(desks.c, relay, false)
    await desks.b.page.done('signOut', {})
    await expectHeard(desks.c, relay, true)
    await expectHeard(desks.b, relay, true)
    await desks.b.page.signIn('siti')
    await expectHeard(desks.c, relay, false)
  })

  it('is heard at a desk that hears no other, because it cannot know who listens', async () => {
    const relay = await alarmOfB()
    await expectHeard(desks.c, relay, false)
    await sync.cut()
    await expectHeard(desks.c, relay, true)
    await sync.restore()
    await expectHeard(desks.c, relay, false)
  })

  it('is heard everywhere when the program of its desk is gone, until it is back', async () => {
    const relay = await alarmOfB()
    await expectHeard(desks.c, relay, false)
    await desks.b.stop()
    await expectHeard(desks.c, relay, true)
    desks = { ...desks, b: await startDesk('B', 'siti') }
    await expectHeard(desks.c, relay, false)
  })

  it('ends at both desks, wherever somebody deals with it', async () => {
    const relay = await alarmOfB()
    await desks.c.page.done('handleAlarm', { relay })
    for (const { page } of [desks.b, desks.c]) {
      const rest = await page.until('alarms', {}, (rows) => rows.every((row) => row.relay !== relay))
      expect(rest.map((row) => row.relay)).not.toContain(relay)
    }
  })
})
