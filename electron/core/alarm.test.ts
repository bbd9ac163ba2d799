// The alarm of a P1 relay nobody has answered: on every channel, repeated, ended by a person, whatever the clock does.
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { IncidentId, RelayId, ReportId } from '#domain/id.ts'
import type { Channel } from '#domain/relay.ts'
import { startBroker } from '../trial/brokers.ts'
import { movingClock, until } from './sync/test-site.ts'
import { siteText, startTestDesk, type Page } from './test-desk.ts'

const minute = 60_000
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})
async function desk(site = siteText()) {
  const clock = movingClock()
  const made = await startTestDesk({ site, options: { clock } })
  ends.push(made.end)
  await made.page.signIn()
  return { ...made, clock }
}

async function openIncident(page: Page, type = 'BKR-RMH'): Promise<IncidentId> {
  const ids = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
  await page.done('openIncident', { ...ids, call: null, source: 'walk-in', type, priority: null })
  return ids.incident
}
async function tell(page: Page, incident: IncidentId, agency: string, channel: Channel = 'phone'): Promise<RelayId> {
  const relay = randomUUID() as RelayId
  await page.done('makeRelays', { incident, targets: [{ relay, agency, channel }] })
  return relay
}
/** The agencies whose alarm rings, by what core says now. */
async function ringing(page: Page): Promise<string[]> {
  return (await page.read('alarms', {})).map(({ agency }) => agency).sort()
}

describe('the alarm of a P1 relay', () => {
  it('rings 60 s after the agency was told, on every channel, and not for a lesser priority', async () => {
    const { page, clock } = await desk()
    const incident = await openIncident(page)
    await tell(page, incident, 'BPBD', 'mqtt')
    await tell(page, incident, 'DAMKAR', 'phone')
    await tell(page, incident, 'POLRES', 'radio')
    await tell(page, incident, 'PMI', 'in-person')
    const lesser = await openIncident(page, 'LAIN')
    await page.done('setIncidentField', { incident: lesser, field: 'priority', value: 'P2', over: [] })
    await tell(page, lesser, 'DAMKAR')
    clock.move(minute - 30_000)
    expect(await ringing(page)).toEqual([])
    clock.move(30_000)
    expect(await ringing(page)).toEqual(['BPBD', 'DAMKAR', 'PMI', 'POLRES'])
    const [alarm] = await page.read('alarms', {})
    expect(alarm).toMatchObject({ limitMs: minute, label: expect.stringMatching(/-B001$/) })
    expect((alarm?.dueAt ?? 0) - (alarm?.toldAt ?? 0)).toBe(minute)
    clock.move(5 * minute)
    expect(await ringing(page)).toHaveLength(4)
  })

  it('rings again each 60 s after that, for as long as nobody deals with it', async () => {
    const { page, clock } = await desk()
    await tell(page, await openIncident(page), 'DAMKAR')
    const roundNow = async (): Promise<number> => (await page.read('alarms', {}))[0]?.round ?? 0
    clock.move(minute - 1_000)
    expect(await roundNow()).toBe(0)
    const rounds: number[] = []
    for (let times = 0; times < 5; times += 1) {
      clock.move(times === 0 ? 1_500 : minute)
      rounds.push(await roundNow())
    }
    expect(rounds).toEqual([1, 2, 3, 4, 5])
    expect((await page.read('alarms', {}))[0]?.sounds).toBe(true)
  })

  it('ends by acknowledgement, refusal, cancellation or a person who takes it, and by nothing else', async () => {
    const { page, clock } = await desk()
    const incident = await openIncident(page)
    const relays: RelayId[] = []
    for (const agency of ['BPBD', 'DAMKAR', 'POLRES', 'PMI', 'PSC119']) relays.push(await tell(page, incident, agency))
    const [acknowledged, refused, cancelled, handled, received] = relays as [
      RelayId,
      RelayId,
      RelayId,
      RelayId,
      RelayId,
    ]
    clock.move(2 * minute)
    expect(await ringing(page)).toHaveLength(5)
    const step = { person: 'Pak Joko', reason: null, readBack: true }
    await page.done('stepRelay', { ...step, relay: acknowledged, step: 'acknowledged' })
    expect(await ringing(page)).toEqual(['DAMKAR', 'PMI', 'POLRES', 'PSC119'])
    await page.done('stepRelay', { ...step, relay: refused, step: 'refused', reason: 'armada habis' })
    expect(await ringing(page)).toEqual(['PMI', 'POLRES', 'PSC119'])
    await page.done('cancelRelay', { relay: cancelled, reason: 'salah lapor' })
    expect(await ringing(page)).toEqual(['PMI', 'PSC119'])
    await page.done('handleAlarm', { relay: handled })
    expect(await ringing(page)).toEqual(['PSC119'])
    await page.done('stepRelay', { ...step, relay: received, step: 'received' })
    expect(await ringing(page)).toEqual(['PSC119'])
  })

  it('rings by itself when nothing else happens on the desk', async () => {
    // Both brokers answer and then stay silent: a connection that is tried again would run the screens too.
    const broker = await startBroker()
    ends.push(broker.close)
    const { page } = await desk(`${siteText({ sync: broker.url, exchange: broker.url })}targets: { p1AckSeconds: 3 }\n`)
    await page.until('sync', {}, ({ link }) => link === 'up')
    const incident = await openIncident(page)
    await tell(page, incident, 'DAMKAR')
    const pushed: (number | undefined)[] = []
    // One watcher and not one command: only the timer of core can run the query again.
    const stop = page.client.watch('alarms', {}, (rows) => pushed.push(rows[0]?.round))
    await until('the alarm and its repeat', () => pushed.length > 2)
    stop()
    expect(pushed).toEqual([undefined, 1, 2])
    expect((await page.read('alarms', {}))[0]).toMatchObject({ agency: 'DAMKAR', limitMs: 3_000 })
  })

  it('is not put off by a clock that is set back an hour', async () => {
    const { page, clock } = await desk(`${siteText()}targets: { p1AckSeconds: 3 }\n`)
    const incident = await openIncident(page)
    await tell(page, incident, 'DAMKAR')
    clock.move(-60 * minute)
    await page.until('alarms', {}, (rows) => rows.length === 1)
    // What is told by the new time has its own three seconds.
    await tell(page, incident, 'POLRES')
    expect(await ringing(page)).toEqual(['DAMKAR'])
    await page.until('alarms', {}, (rows) => rows.length === 2)
  })
})
