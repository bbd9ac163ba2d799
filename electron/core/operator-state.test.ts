// Ready, not ready and writing up: what is recorded, and that a desk which is alone rings aloud whatever was said.
import { afterEach, expect, it } from 'vitest'
import { callIdOf } from '#domain/id.ts'
import { systemClock } from '#domain/time.ts'
import { startBroker } from '../trial/brokers.ts'
import { startTrialExchange } from '../trial/exchange.ts'
import { siteText, startTestDesk } from './test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function desk() {
  const broker = await startBroker()
  ends.push(broker.close)
  const options = { site: 'demak-uji', bridge: 'pbx1', broker: broker.url, members: ['B'], clock: systemClock }
  const exchange = await startTrialExchange({ ...options, canSteer: true })
  ends.push(exchange.stop)
  const { core, page, end } = await startTestDesk({ site: siteText({ exchange: broker.url }) })
  ends.push(end)
  await page.signIn()
  await page.until('calls', {}, (calls) => calls.exchange.isOnline)
  const talk = async () => {
    const linkedId = exchange.ring('informasi')
    const call = callIdOf('demak-uji', 'pbx1', linkedId)
    await page.until('calls', {}, (calls) => calls.ringing.some((row) => row.call === call && row.isRecorded))
    await page.done('answerCall', { call })
    await page.until('calls', {}, ({ active }) => active?.state === 'connected')
    const hangUp = async () => {
      exchange.hangUpCaller(linkedId)
      await page.until('calls', {}, ({ active }) => active === null || active.state === 'ended')
    }
    return { call, hangUp }
  }
  const recorded = () =>
    (
      core.store.db.prepare('SELECT state, reason, text, call FROM operator_state ORDER BY at, op').all() as object[]
    ).slice(1)
  return { page, talk, recorded }
}

it('records a break with its reason, asks for words where the reason is another one, and ends with the session', async () => {
  const { page, recorded } = await desk()
  expect(await page.read('operatorState', {})).toMatchObject({ state: 'ready', reason: null, isOtherReady: false })
  const say = (reason: 'sholat' | 'lainnya' | null, text: string | null) =>
    page.send('setOperatorState', { state: 'not-ready', reason, text })
  expect(await say(null, null)).toMatchObject({ fault: 'field_needed', field: 'reason' })
  expect(await say('lainnya', ' ')).toMatchObject({ fault: 'field_needed', field: 'text' })
  expect(await say('sholat', null)).toEqual({})
  await page.until('operatorState', {}, ({ state, reason }) => state === 'not-ready' && reason === 'sholat')
  expect(await say('lainnya', 'ke dokter')).toEqual({})
  await page.done('setOperatorState', { state: 'ready', reason: null, text: null })
  expect(recorded()).toEqual([
    { state: 'not-ready', reason: 'sholat', text: null, call: null },
    { state: 'not-ready', reason: 'lainnya', text: 'ke dokter', call: null },
    { state: 'ready', reason: null, text: null, call: null },
  ])
  await page.done('signOut', {})
  expect((await page.read('operatorState', {})).state).toBe('out')
})

it('begins to write up when a call of this desk ends, until its class closes the record', async () => {
  const { page, talk, recorded } = await desk()
  const { call, hangUp } = await talk()
  await hangUp()
  await page.until('operatorState', {}, ({ state }) => state === 'wrap-up')
  await page.done('classifyCall', { call, class: 'INFO' })
  await page.until('operatorState', {}, ({ state }) => state === 'ready')
  expect(recorded()).toEqual([
    { state: 'wrap-up', reason: null, text: null, call },
    { state: 'ready', reason: null, text: null, call: null },
  ])
})

it('has nothing to write up when the class came before the end, and keeps a break that was announced', async () => {
  const { page, talk, recorded } = await desk()
  const first = await talk()
  await page.done('classifyCall', { call: first.call, class: 'PRANK' })
  await first.hangUp()
  expect(recorded()).toEqual([])
  await page.done('setOperatorState', { state: 'not-ready', reason: 'istirahat', text: null })
  const second = await talk()
  await second.hangUp()
  expect((await page.read('operatorState', {})).state).toBe('not-ready')
  expect(recorded()).toHaveLength(1)
})
