// A silent call: its prompts come one after the other, each recorded; without them core classes no ghost.
import { afterEach, expect, it } from 'vitest'
import { callIdOf } from '#domain/id.ts'
import { systemClock } from '#domain/time.ts'
import { givenPrompts } from '#db/queries/call-acts.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import { startBroker } from '../trial/brokers.ts'
import { startTrialExchange } from '../trial/exchange.ts'
import { siteText, startTestDesk } from './test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** A desk B that answered a call in which nobody speaks; its clock is set by hand, the exchange's is not. */
async function silentCall(scenario = 'senyap') {
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
  const ghost = () => page.send('classifyCall', { call, class: 'GHOST' })
  const prompt = (code: string) => page.send('promptCall', { call, prompt: code })
  const passSeconds = (seconds: number): void => void (aheadMs += seconds * 1000)
  return { exchange, core, page, linkedId, call, ghost, prompt, passSeconds }
}

it('is a ghost only after every prompt was given and listened for, the callback last', async () => {
  const { core, page, call, ghost, prompt, passSeconds } = await silentCall()
  expect(await ghost()).toMatchObject({ fault: 'prompts_needed', detail: 'ucap tombol balik' })
  expect(await prompt('tombol')).toMatchObject({ fault: 'wrong_state' })
  expect(await prompt('ucap')).toEqual({})
  expect(await prompt('tombol')).toMatchObject({ fault: 'prompt_too_early' })
  passSeconds(6)
  expect(await prompt('tombol')).toEqual({})
  expect(await prompt('balik')).toMatchObject({ fault: 'wrong_state' })
  passSeconds(6)
  await page.done('endCall', { call })
  await page.until('calls', {}, ({ active }) => active?.state === 'ended')
  expect(await ghost()).toMatchObject({ fault: 'prompts_needed', detail: 'balik' })

  expect(await prompt('balik')).toEqual({})
  // While the number is called back the silent call stays the one to be classed.
  const meanwhile = await page.until('calls', {}, ({ active }) => active?.direction === 'out')
  expect(meanwhile.toClass?.call).toBe(call)
  expect(await ghost()).toMatchObject({ fault: 'prompt_too_early' })
  passSeconds(11)
  expect(await ghost()).toEqual({})
  const { db } = core.store
  expect(callFacts(db, call)?.class).toBe('GHOST')
  const given = givenPrompts(db, call)
  expect(given.map((each) => each.prompt)).toEqual(['ucap', 'tombol', 'balik'])
  expect(given[1]!.at - given[0]!.at).toBeGreaterThanOrEqual(6_000)
})

it('is no ghost when the operator hung up without a word, and says so; another class is taken', async () => {
  const { page, call, ghost } = await silentCall()
  await page.done('endCall', { call })
  await page.until('calls', {}, ({ active }) => active?.state === 'ended')
  expect(await ghost()).toMatchObject({ fault: 'prompts_lost' })
  expect(await page.send('classifyCall', { call, class: 'PUTUS' })).toEqual({})
})

it('needs no callback where the number is withheld', async () => {
  const { ghost, prompt, passSeconds } = await silentCall('nomor-tersembunyi')
  await prompt('ucap')
  passSeconds(6)
  await prompt('tombol')
  expect(await ghost()).toMatchObject({ fault: 'prompt_too_early' })
  passSeconds(6)
  expect(await ghost()).toEqual({})
})

it('asks only for the callback when the caller hung up at once, and the next call of the number raises attention', async () => {
  const { exchange, page, call, linkedId, ghost, prompt, passSeconds } = await silentCall()
  exchange.hangUpCaller(linkedId)
  await page.until('calls', {}, ({ active }) => active?.state === 'ended')
  expect(await ghost()).toMatchObject({ fault: 'prompts_needed', detail: 'balik' })
  await prompt('balik')
  const back = await page.until('calls', {}, ({ active }) => active?.direction === 'out')
  passSeconds(11)
  expect(await ghost()).toEqual({})
  await page.done('endCall', { call: back.active!.call })
  exchange.ring('senyap')
  const { ringing } = await page.until('calls', {}, (calls) => calls.ringing.length > 0)
  expect(ringing[0]?.history).toMatchObject({ calls: 1, silent: 1 })
  expect(ringing[0]?.call).not.toBe(call)
})
