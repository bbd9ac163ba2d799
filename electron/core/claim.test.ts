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

/** A desk B that has claimed a call which rings at A and B. */
async function claimed() {
  const broker = await startBroker()
  ends.push(broker.close)
  const options = { site: 'demak-uji', bridge: 'pbx1', broker: broker.url, members: ['A', 'B'], clock: systemClock }
  const exchange = await startTrialExchange({ ...options, canSteer: false, pace: 1 })
  ends.push(exchange.stop)
  const { core, page, end } = await startTestDesk({ site: siteText({ exchange: broker.url }) })
  ends.push(end)
  await page.signIn()
  await page.until('calls', {}, (calls) => calls.exchange.isOnline)
  const linkedId = exchange.ring('informasi')
  const call = callIdOf('demak-uji', 'pbx1', linkedId)
  await page.until('calls', {}, (calls) => calls.ringing.some((row) => row.call === call && row.isRecorded))
  await page.done('answerCall', { call })
  await page.until('calls', {}, (calls) => calls.ringing.length === 0)
  return { exchange, page, linkedId, call, facts: () => callFacts(core.store.db, call) }
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
