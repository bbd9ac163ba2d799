// A desk in a call with the simulated exchange, for tests. Everything it started ends after the test.
import { afterEach } from 'vitest'
import { callIdOf } from '#domain/id.ts'
import { systemClock } from '#domain/time.ts'
import { startBroker } from '../trial/brokers.ts'
import { startTrialExchange } from '../trial/exchange.ts'
import { siteText, startTestDesk } from './test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** Desk B answered a call, one in which nobody speaks unless said; its clock is set by hand, the exchange's is not. */
export async function answeredCall(scenario = 'senyap') {
  const broker = await startBroker()
  ends.push(broker.close)
  let aheadMs = 0
  const clock = { now: () => Date.now() + aheadMs }
  const options = { site: 'demak-uji', bridge: 'pbx1', broker: broker.url, members: ['B'], clock: systemClock }
  const exchange = await startTrialExchange({ ...options, canSteer: true })
  ends.push(exchange.stop)
  const { core, page, end } = await startTestDesk({ site: siteText({ exchange: broker.url }), options: { clock } })
  ends.push(end)
  await page.signIn()
  await page.until('calls', {}, (calls) => calls.exchange.isOnline)
  const linkedId = exchange.ring(scenario)
  const call = callIdOf('demak-uji', 'pbx1', linkedId)
  await page.until('calls', {}, (calls) => calls.ringing.some((row) => row.call === call && row.isRecorded))
  await page.done('answerCall', { call })
  await page.until('calls', {}, ({ toClass }) => toClass?.state === 'connected')
  const passSeconds = (seconds: number): void => void (aheadMs += seconds * 1000)
  return { exchange, core, page, linkedId, call, passSeconds }
}
