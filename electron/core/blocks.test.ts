// Blocking a number: asked for with a reason, decided by a lead, over by itself; the calls are still calls.
import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import type { BlockHours, BlockId } from '#domain/block.ts'
import { callIdOf } from '#domain/id.ts'
import { systemClock } from '#domain/time.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import { startBroker } from '../trial/brokers.ts'
import { startTrialExchange } from '../trial/exchange.ts'
import { openPage, siteText, startTestDesk } from './test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const prankster = '085700001213'
const neighbours = 'neighbours: [{ name: Kota Semarang, phone: "024000001120" }]\n'

/** A desk with siti (call taker) and rina (lead) in turn, its clock set by hand. */
async function desk(more = '') {
  const broker = await startBroker()
  ends.push(broker.close)
  let aheadMs = 0
  const clock = { now: () => Date.now() + aheadMs }
  const options = { site: 'demak-uji', bridge: 'pbx1', broker: broker.url, members: ['B'], clock: systemClock }
  const exchange = await startTrialExchange({ ...options, canSteer: true })
  ends.push(exchange.stop)
  const site = `${siteText({ exchange: broker.url })}${neighbours}${more}`
  const { core, page, end } = await startTestDesk({ site, options: { clock } })
  ends.push(end)
  await page.signIn('siti')
  await page.until('calls', {}, (calls) => calls.exchange.isOnline)
  const block = randomUUID() as BlockId
  const ask = (number: string, hours: BlockHours = 24, id: BlockId = block) =>
    page.send('requestBlock', { block: id, number, hours, reason: 'iseng berulang' })
  const lead = openPage(core)
  const approve = async () => {
    await lead.signIn('rina')
    return lead.send('decideBlock', { block, approved: true, reason: null })
  }
  const ring = async () => {
    const linkedId = exchange.ring('iseng-anak')
    return { linkedId, call: callIdOf('demak-uji', 'pbx1', linkedId) }
  }
  const passHours = (hours: number): void => void (aheadMs += hours * 3_600_000)
  return { exchange, core, page, lead, block, ask, approve, ring, passHours }
}

it('refuses short numbers, agencies, neighbour centres, and whoever has an open incident', async () => {
  const { page, ask } = await desk()
  for (const number of ['110', '113', '081200001170', '+62 812-0000-1190', '0240-0000-1120', '119']) {
    expect(await ask(number)).toMatchObject({ fault: 'number_protected' })
  }
  expect(await ask('bukan nomor')).toMatchObject({ fault: 'invalid' })
  expect((await page.read('blocks', {})).length).toBe(0)
})

it('blocks only after a lead approves, for the hours asked, and ends by itself', async () => {
  const { page, lead, block, ask, approve, ring, exchange, passHours, core } = await desk()
  expect(await ask(prankster, 24)).toEqual({})
  expect(await ask(prankster, 24, randomUUID() as BlockId)).toMatchObject({ fault: 'already_exists' })
  expect(await page.send('decideBlock', { block, approved: true, reason: null })).toMatchObject({ fault: 'forbidden' })
  const before = await ring()
  const open = await page.until('calls', {}, ({ ringing }) => ringing.length > 0)
  expect(open.ringing[0]).toMatchObject({ blockedUntil: null, isQuiet: false })
  exchange.hangUpCaller(before.linkedId)
  expect(await approve()).toEqual({})
  const [running] = await lead.read('blocks', {})
  expect(running).toMatchObject({ number: '+6285700001213', reason: 'iseng berulang', requestedBy: 'Siti N.' })
  expect(running!.until! - Date.now()).toBeGreaterThan(23.9 * 3_600_000)

  const { linkedId, call } = await ring()
  const { ringing } = await lead.until('calls', {}, (calls) => calls.ringing.some((row) => row.call === call))
  expect(ringing[0]).toMatchObject({ call, isQuiet: true })
  exchange.hangUpCaller(linkedId)
  const { rows } = await lead.until('missedCalls', {}, (missed) => missed.rows.some((row) => row.call === call))
  expect(rows.find((row) => row.call === call)).toMatchObject({ isBlocked: true, count: 2 })
  expect(callFacts(core.store.db, call)).toMatchObject({ number: '+6285700001213', endReason: 'abandoned' })

  passHours(25)
  const later = await ring()
  const free = await lead.until('calls', {}, (calls) => calls.ringing.some((row) => row.call === later.call))
  expect(free.ringing[0]).toMatchObject({ blockedUntil: null, isQuiet: false })
  expect(await lead.read('blocks', {})).toEqual([])
})

it('is lifted early by a lead, with a reason, once', async () => {
  const { page, lead, block, ask, approve } = await desk()
  await ask(prankster, 72)
  await approve()
  expect(await page.send('liftBlock', { block, reason: 'salah nomor' })).toMatchObject({ fault: 'session_expired' })
  expect(await lead.send('liftBlock', { block, reason: 'salah nomor' })).toEqual({})
  expect(await lead.send('liftBlock', { block, reason: 'salah nomor' })).toMatchObject({ fault: 'wrong_state' })
  expect(await lead.send('decideBlock', { block, approved: true, reason: null })).toMatchObject({
    fault: 'wrong_state',
  })
  expect(await lead.read('blocks', {})).toEqual([])
})

it('rings aloud, or is not offered at all, when the site says so', async () => {
  const { lead, ask, approve, ring } = await desk('blockedCalls: { sound: true }\n')
  await ask(prankster)
  await approve()
  const { call } = await ring()
  const { ringing } = await lead.until('calls', {}, (calls) => calls.ringing.some((row) => row.call === call))
  expect(ringing[0]).toMatchObject({ isQuiet: false })
  expect(ringing[0]!.blockedUntil).not.toBeNull()
})

it('is not offered where the site says so, and still listed as a call', async () => {
  const { lead, exchange, ask, approve, ring } = await desk('blockedCalls: { offer: false }\n')
  await ask(prankster)
  await approve()
  const { call, linkedId } = await ring()
  await lead.until('calls', {}, ({ queue }) => queue.waiting > 0)
  expect((await lead.read('calls', {})).ringing).toEqual([])
  exchange.hangUpCaller(linkedId)
  await lead.until('missedCalls', {}, ({ rows }) => rows.some((row) => row.call === call && row.isBlocked))
})

it('counts for nothing while the number has an open incident, and cannot be approved then', async () => {
  const { page, lead, ask, approve, ring } = await desk()
  await ask(prankster)
  const { call } = await ring()
  await page.until('calls', {}, ({ ringing }) => ringing.some((row) => row.isRecorded))
  await page.done('answerCall', { call })
  await page.until('calls', {}, ({ active }) => active?.state === 'connected')
  const incident = randomUUID() as never
  await page.done('openIncident', {
    incident,
    report: randomUUID() as never,
    call,
    source: '112',
    type: null,
    priority: null,
  })
  expect(await approve()).toMatchObject({ fault: 'number_has_incident' })
  expect(
    await lead.send('requestBlock', {
      block: randomUUID() as BlockId,
      number: '0857-0000-1214',
      hours: 24,
      reason: 'x',
    }),
  ).toEqual({})
})
