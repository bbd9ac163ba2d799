// Taking back at the telephone: what was said or dialled happened, and Ctrl+Z says so; a prompt that was only noted is struck.
import { expect, it } from 'vitest'
import { givenPrompts } from '#db/queries/call-acts.ts'
import { answeredCall } from './test-call.ts'

async function inCall() {
  const { core, page, call } = await answeredCall()
  const last = () => page.read('lastAction', {})
  const undo = async () => page.send('undoLast', { action: (await last())?.action ?? 'none' })
  return { core, page, call, last, undo }
}

it('strikes a prompt that was noted by mistake: it must be given before the call is a ghost', async () => {
  const { core, page, call, last, undo } = await inCall()
  await page.done('promptCall', { call, prompt: 'ucap' })
  expect(await last()).toMatchObject({ name: 'promptCall', why: null })
  expect(await undo()).toEqual({})
  expect(givenPrompts(core.store.db, call)).toEqual([])
  expect(await page.send('classifyCall', { call, class: 'GHOST' })).toMatchObject({ detail: 'ucap tombol balik' })
  await page.done('promptCall', { call, prompt: 'ucap' })
})

it('says of a number that was dialled, and of a call that was passed on, that it happened, and goes on to what was before', async () => {
  const { page, call, last, undo } = await inCall()
  await page.done('promptCall', { call, prompt: 'ucap' })
  await page.done('transferCall', { call, number: 'queue' })
  expect(await last()).toMatchObject({ name: 'transferCall', why: 'undo_outside' })
  await page.until('calls', {}, ({ active }) => active?.state !== 'connected')
  await page.done('dialNumber', { number: '081200001190', call: null })
  expect(await last()).toMatchObject({ name: 'dialNumber', why: 'undo_outside' })
  expect(await undo()).toEqual({ fault: 'undo_outside' })
  expect(await last()).toMatchObject({ name: 'transferCall' })
  expect(await undo()).toEqual({ fault: 'undo_outside' })
  expect(await last()).toMatchObject({ name: 'promptCall', why: null })
})

it('says of a call that was given back that it happened', async () => {
  const { page, call, last, undo } = await inCall()
  await page.done('releaseCall', { call, reason: 'salah angkat' })
  expect(await last()).toMatchObject({ name: 'releaseCall', why: 'undo_outside' })
  expect(await undo()).toEqual({ fault: 'undo_outside' })
})
