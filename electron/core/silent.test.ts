// A silent call: its prompts come one after the other, each recorded; without them core classes no ghost.
import { expect, it } from 'vitest'
import { givenPrompts } from '#db/queries/call-acts.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import { answeredCall } from './test-call.ts'

/** A call in which nobody speaks, with what is done about it. */
async function silentCall(scenario?: string) {
  const made = await answeredCall(scenario)
  const { page, call } = made
  const ghost = () => page.send('classifyCall', { call, class: 'GHOST' })
  const prompt = (code: string) => page.send('promptCall', { call, prompt: code })
  return { ...made, ghost, prompt }
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
