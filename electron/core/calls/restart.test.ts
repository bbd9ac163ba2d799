// Core ends and comes back while calls go on: what rings is shown, what is talked stays in hand, what vanished is over.
import { afterEach, describe, expect, it } from 'vitest'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { IncidentId, ReportId } from '#domain/id.ts'
import { systemClock } from '#domain/time.ts'
import { startBroker } from '../../trial/brokers.ts'
import { startTrialExchange } from '../../trial/exchange.ts'
import { startCore } from '../start.ts'
import { coreStartIn, newFolder, openPage, siteText, type Page } from '../test-desk.ts'

const ends: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** A desk whose core can be stopped and started again as main does: same folder, same run of the program. */
async function desk() {
  const broker = await startBroker()
  const options = { site: 'demak-uji', bridge: 'pbx1', broker: broker.url, members: ['B'], clock: systemClock }
  const startExchange = () => startTrialExchange({ ...options, canSteer: true })
  const dir = newFolder()
  ends.push(() => rmSync(dir, { recursive: true, force: true }), broker.close)
  const start = coreStartIn(dir, siteText({ exchange: broker.url }))
  const onFatal = (error: unknown): never => {
    throw error
  }
  let session: Awaited<ReturnType<Page['signIn']>> | null = null
  const begin = async () => {
    const core = await startCore(start, { onFatal, checkOutput: true, unactedMs: () => 50 })
    const page = openPage(core, session)
    session ??= await page.signIn()
    return { core, page }
  }
  return { begin, startExchange }
}

/** Rings, and answers at the desk. */
async function talking(page: Page) {
  const { ringing } = await page.until('calls', {}, (calls) => calls.ringing.some((row) => row.isRecorded))
  const call = ringing[0]!.call
  await page.done('answerCall', { call })
  await page.until('calls', {}, ({ active }) => active?.call === call && active.state === 'connected')
  return call
}

describe('a restart of core', () => {
  it('shows a call that began while core was down', async () => {
    const { begin, startExchange } = await desk()
    const exchange = await startExchange()
    ends.push(exchange.stop)
    const first = await begin()
    await first.core.stop()
    exchange.ring('laka-pantura')
    const { core, page } = await begin()
    const { ringing } = await page.until('calls', {}, (calls) => calls.ringing.length === 1)
    expect(ringing[0]).toMatchObject({ number: '+6281200004486', isRecorded: true })
    await core.stop()
  })

  it('keeps the call in hand and the text that was being typed', async () => {
    const { begin, startExchange } = await desk()
    const exchange = await startExchange()
    ends.push(exchange.stop)
    const first = await begin()
    exchange.ring('laka-pantura')
    const call = await talking(first.page)
    const ids = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
    await first.page.done('openIncident', { ...ids, call, source: '112', type: null, priority: null })
    const draft = { on: `incident:${ids.incident}`, field: 'landmark', over: [] }
    await first.page.done('saveDraft', { ...draft, text: 'depan pas' })
    await first.core.stop()
    const { core, page } = await begin()
    const { active } = await page.until('calls', {}, (calls) => calls.active !== null && calls.exchange.isOnline)
    expect(active).toMatchObject({ call, state: 'connected', incident: { incident: ids.incident } })
    expect((await page.read('incident', { incident: ids.incident }))?.landmark.draft?.text).toBe('depan pas')
    await page.done('endCall', { call })
    await page.until('calls', {}, (calls) => calls.active === null)
    await core.stop()
  })

  it('ends a call that the exchange no longer knows, without a known reason', async () => {
    const { begin, startExchange } = await desk()
    const exchange = await startExchange()
    const first = await begin()
    exchange.ring('laka-pantura')
    const call = await talking(first.page)
    await first.core.stop()
    // The exchange starts anew as well and has forgotten everything.
    await exchange.stop()
    ends.push((await startExchange()).stop)
    const { core, page } = await begin()
    const { active } = await page.until('calls', {}, (calls) => calls.active?.state === 'ended')
    expect(active).toMatchObject({ call, endReason: 'unknown' })
    await page.done('classifyCall', { call, class: 'PUTUS' })
    await page.until('calls', {}, (calls) => calls.active === null)
    await core.stop()
  })
})
