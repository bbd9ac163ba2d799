// The second configuration of the telephone: an exchange that only tells, and operators who answer at the desk phone.
import { afterEach, expect, it } from 'vitest'
import { callIdOf } from '#domain/id.ts'
import { systemClock } from '#domain/time.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import { startBroker } from '../trial/brokers.ts'
import { startTrialExchange } from '../trial/exchange.ts'
import { siteText, startTestDesk } from './test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** A desk B at which a call rings, as at A. */
async function ringing(canSteer: boolean) {
  const broker = await startBroker()
  ends.push(broker.close)
  const options = { site: 'demak-uji', bridge: 'pbx1', broker: broker.url, members: ['A', 'B'], clock: systemClock }
  const exchange = await startTrialExchange({ ...options, canSteer, pace: 1 })
  ends.push(exchange.stop)
  const { core, page, end } = await startTestDesk({ site: siteText({ exchange: broker.url }) })
  ends.push(end)
  await page.signIn()
  await page.until('calls', {}, (calls) => calls.exchange.isOnline)
  const linkedId = exchange.ring('informasi')
  const call = callIdOf('demak-uji', 'pbx1', linkedId)
  await page.until('calls', {}, (calls) => calls.ringing.some((row) => row.call === call && row.isRecorded))
  return { exchange, page, linkedId, call, facts: () => callFacts(core.store.db, call) }
}

/** A desk B that has claimed a call which rings at A and B. */
async function claimed() {
  const facts = await ringing(false)
  await facts.page.done('answerCall', { call: facts.call })
  await facts.page.until('calls', {}, (calls) => calls.ringing.length === 0)
  return facts
}

it('records a claim at once, and the answer when the exchange tells it', async () => {
  const { exchange, page, linkedId, call, facts } = await claimed()
  expect(facts()).toMatchObject({ answeredBy: 'siti', isClaim: true })
  exchange.lift('B', linkedId)
  await page.until('calls', {}, ({ active }) => active?.call === call && active.state === 'connected')
  expect(facts()).toMatchObject({ answeredBy: 'siti', isClaim: false })
  exchange.putDown('B', linkedId)
  await page.until('calls', {}, ({ active }) => active?.call === call && active.state === 'ended')
  await page.done('classifyCall', { call, class: 'INFO' })
  await page.until('calls', {}, ({ active }) => active === null)
})

it('lets go of a claimed call that another desk lifted', async () => {
  const { exchange, page, linkedId } = await claimed()
  exchange.lift('A', linkedId)
  await page.until('calls', {}, ({ active, ringing }) => active === null && ringing.length === 0)
  exchange.putDown('A', linkedId)
  await page.until('calls', {}, ({ active }) => active === null)
})

it('keeps a claimed call that nobody lifted among the missed ones', async () => {
  const { exchange, page, linkedId, call, facts } = await claimed()
  exchange.hangUpCaller(linkedId)
  await page.until('missedCalls', {}, ({ rows }) => rows.some((row) => row.call === call))
  expect(facts()).toMatchObject({ answeredAt: null, endReason: 'abandoned' })
  await page.until('calls', {}, ({ active }) => active === null)
})

it('gives a claimed call back with a reason: it rings again, and counts as missed when nobody takes it', async () => {
  const { exchange, page, linkedId, call, facts } = await claimed()
  expect(await page.send('releaseCall', { call, reason: ' ' })).toMatchObject({ fault: 'invalid' })
  await page.done('releaseCall', { call, reason: 'bukan giliran saya' })
  const { ringing } = await page.until('calls', {}, (calls) => calls.ringing.length > 0 && calls.active === null)
  expect(ringing[0]).toMatchObject({ call, released: { by: 'Siti N.', reason: 'bukan giliran saya' } })
  expect(facts()).toMatchObject({ answeredAt: null, answeredBy: null, isClaim: false })
  expect(await page.send('releaseCall', { call, reason: 'lagi' })).toMatchObject({ fault: 'wrong_state' })
  exchange.hangUpCaller(linkedId)
  await page.until('missedCalls', {}, ({ rows }) => rows.some((row) => row.call === call))
  expect(facts()).toMatchObject({ answeredAt: null, endReason: 'abandoned' })
})

it('takes a call again that it had given back', async () => {
  const { exchange, page, linkedId, call, facts } = await claimed()
  await page.done('releaseCall', { call, reason: 'salah angkat' })
  await page.until('calls', {}, (calls) => calls.ringing.length > 0)
  await page.done('answerCall', { call })
  expect(facts()).toMatchObject({ answeredBy: 'siti', isClaim: true })
  exchange.lift('B', linkedId)
  await page.until('calls', {}, ({ active }) => active?.call === call && active.state === 'connected')
  // Connected at the desk phone: only an exchange that transfers could give it back.
  expect(await page.send('releaseCall', { call, reason: 'terlambat' })).toMatchObject({ fault: 'wrong_state' })
})

it('puts a connected call back into the queue where the exchange can, and records the second answer', async () => {
  const { exchange, page, linkedId, call, facts } = await ringing(true)
  await page.done('answerCall', { call })
  await page.until('calls', {}, ({ active }) => active?.state === 'connected' && active.canRelease)
  await page.done('releaseCall', { call, reason: 'alat rusak' })
  await page.until('calls', {}, (calls) => calls.ringing.some((row) => row.released?.reason === 'alat rusak'))
  expect(facts()).toMatchObject({ answeredAt: null })
  await page.done('answerCall', { call })
  await page.until('calls', {}, ({ active }) => active?.state === 'connected')
  expect(facts()).toMatchObject({ answeredBy: 'siti', isClaim: false })
  exchange.hangUpCaller(linkedId)
  await page.until('calls', {}, ({ active }) => active?.state === 'ended')
  expect(facts()).toMatchObject({ endReason: 'caller-hangup' })
})

it('passes a connected call on to a number, and refuses what is none', async () => {
  const { page, call, facts } = await ringing(true)
  await page.done('answerCall', { call })
  await page.until('calls', {}, ({ active }) => active?.state === 'connected')
  expect(await page.send('transferCall', { call, number: 'Kota Semarang' })).toMatchObject({ fault: 'invalid' })
  await page.done('transferCall', { call, number: '0240-0000-1120' })
  await page.until('calls', {}, ({ active }) => active?.state === 'ended')
  expect(facts()).toMatchObject({ endReason: 'transferred' })
})
