// What stood on paper about an incident that exists: its own times, marked, counted by hand, no alarm, and taken back as one.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CommandInput } from '#contract/commands.ts'
import { newId, type IncidentId, type RelayId } from '#domain/id.ts'
import { dailyLogRows } from '#db/queries/daily-log.ts'
import { undoDesk, type UndoDesk } from './test-undo.ts'

const minute = 60_000
let desk: UndoDesk
let incident: IncidentId
let relay: RelayId
let openedAt: number
beforeEach(async () => {
  desk = await undoDesk()
  const made = await desk.relayed()
  ;({ incident, relay } = made)
  openedAt = desk.clock.now()
  desk.clock.move(60 * minute)
})
afterEach(() => desk.end())

type Added = CommandInput<'addPaper'>
const step = (agency: string, what: Added['steps'][number]['step'], at: number, more: object = {}) => ({
  relay: newId<RelayId>(),
  agency,
  step: what,
  at,
  person: 'Pak Budi',
  reason: '',
  ...more,
})
const send = (steps: Added['steps'], notes: Added['notes'] = []) =>
  desk.page.send('addPaper', { incident, steps, notes })
const shown = async () => (await desk.page.read('incident', { incident }))!
const logged = () =>
  dailyLogRows(desk.db, { from: openedAt - minute, to: openedAt + 120 * minute }).map(({ incident: row }) => row)

test('notes and steps keep the times of the paper and say who typed them; nothing alarms and nothing is measured', async () => {
  expect(await desk.page.read('alarms', {})).toMatchObject([{ relay }])
  const at = openedAt + 5 * minute
  const steps = [
    step('DAMKAR', 'acknowledged', at),
    step('POLRES', 'onScene', at + 10 * minute, { person: '' }),
    step('POLRES', 'told', at + minute),
  ]
  expect(await send(steps, [{ at: at + 2 * minute, text: 'air\u0007naik' }])).toEqual({})
  const row = await shown()
  expect(row.notes).toMatchObject([{ text: 'air naik', at: at + 2 * minute, paper: { by: 'Siti N.' } }])
  const of = (code: string) => row.agencies.find(({ agency }) => agency === code)?.relay
  expect(of('DAMKAR')).toMatchObject({ relay, step: 'acknowledged', acknowledgedAt: at, typedBy: 'Siti N.' })
  expect(of('POLRES')).toMatchObject({
    step: 'onScene',
    toldAt: at + minute,
    onSceneAt: at + 10 * minute,
    channel: 'phone',
  })
  expect(of('POLRES')?.typedAt).toBeGreaterThan(openedAt + 59 * minute)
  desk.clock.move(10 * minute)
  expect(await desk.page.read('alarms', {})).toEqual([])
  expect(logged()).toMatchObject([{ byHand: 4, paper: null, lastNote: 'air naik' }])
})

test('a step that is not from paper goes on being measured, and paper raises no alarm of its own', async () => {
  await send([step('POLRES', 'told', openedAt + minute)])
  expect((await shown()).agencies.find(({ agency }) => agency === 'DAMKAR')?.relay?.typedAt).toBeNull()
  desk.clock.move(10 * minute)
  expect((await desk.page.read('alarms', {})).map(({ agency }) => agency)).toEqual(['DAMKAR'])
})

test('a time to come, one before the incident, and what is there already are refused with their line; nothing is recorded', async () => {
  const at = openedAt + minute
  const count = () => desk.db.prepare('SELECT count(*) FROM op').pluck().get()
  const before = count()
  const note = { at, text: 'x' }
  expect(await send([], [note, { at: openedAt + 90 * minute, text: 'x' }])).toEqual({
    fault: 'time_in_future',
    field: 'notes.1',
  })
  expect(await send([step('DAMKAR', 'done', openedAt - 5 * minute)])).toEqual({
    fault: 'time_before',
    field: 'steps.0',
  })
  expect(await send([], [{ at, text: ' \u202E ' }])).toEqual({ fault: 'field_needed', field: 'notes.0.text' })
  expect(await send([step('XYZ', 'done', at)])).toMatchObject({ fault: 'not_found', field: 'steps.0' })
  expect(await send([step('DAMKAR', 'refused', at)])).toEqual({ fault: 'field_needed', field: 'steps.0.reason' })
  expect(await send([step('DAMKAR', 'acknowledged', at, { person: ' ' })])).toEqual({
    fault: 'field_needed',
    field: 'steps.0.person',
  })
  const twice = [step('DAMKAR', 'done', at), step('DAMKAR', 'done', at)]
  expect(await send(twice)).toEqual({ fault: 'already_exists', field: 'steps.1' })
  expect(await send([])).toMatchObject({ fault: 'invalid' })
  expect(count()).toBe(before)
  await send([step('DAMKAR', 'acknowledged', at)])
  expect(await send([step('DAMKAR', 'acknowledged', at)])).toEqual({ fault: 'already_exists', field: 'steps.0' })
})

test('after an agency refused, paper that says more is a new relay; one undo takes all of it back', async () => {
  const refusal = { step: 'refused', person: 'Pak Budi', reason: 'semua di lapangan', readBack: false } as const
  await desk.page.done('stepRelay', { relay, ...refusal })
  await send([step('DAMKAR', 'underWay', openedAt + minute)], [{ at: openedAt + minute, text: 'air naik' }])
  const of = async () => (await shown()).agencies.find(({ agency }) => agency === 'DAMKAR')?.relay
  expect(await of()).toMatchObject({ step: 'underWay', toldAt: openedAt + minute })
  expect((await of())?.relay).not.toBe(relay)
  expect(await desk.last()).toMatchObject({ name: 'addPaper', why: null, leaves: 'acknowledged' })
  expect(await desk.undo()).toEqual({})
  expect(await of()).toMatchObject({ step: 'cancelled' })
  expect((await shown()).notes[0]?.struck?.reason).toBe('dibatalkan operator')
  expect(logged()).toMatchObject([{ byHand: 0 }])
})
