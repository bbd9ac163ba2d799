// Taking back what was recorded of an agency, a caller or an alarm: what it brings back, what it leaves, when it is refused.
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ReportId } from '#domain/id.ts'
import { dueCards } from '#db/log/cards.ts'
import { undoDesk, type UndoDesk } from './test-undo.ts'

let desk: UndoDesk
beforeEach(async () => {
  desk = await undoDesk()
})
afterEach(() => desk.end())

const due = () => dueCards(desk.db, { agencies: ['BPBD'], maker: null, limit: 10 })
const acknowledged = { step: 'acknowledged', person: 'Pak Budi', reason: null, readBack: true } as const

test('a step goes back to the one before with its person; that it was said stays, and the screen says so', async () => {
  const { page, relayed, undo, last } = desk
  const { incident, relay } = await relayed()
  await page.done('stepRelay', { relay, ...acknowledged })
  await page.done('stepRelay', { relay, step: 'underWay', person: null, reason: null, readBack: false })
  const row = async () =>
    (await page.read('incident', { incident }))?.agencies.find(({ relay: own }) => own?.relay === relay)
  expect(await last()).toMatchObject({ name: 'stepRelay', leaves: 'said' })
  await undo()
  expect((await row())?.relay).toMatchObject({ step: 'acknowledged', underWayAt: null, person: 'Pak Budi' })
  expect((await page.read('incident', { incident }))?.status).toBe('diterima')
  await undo()
  expect((await row())?.relay).toMatchObject({ step: 'told', acknowledgedAt: null, person: null, isReadBack: false })
  expect((await page.read('incident', { incident }))?.status).toBe('diteruskan')
})

test('a step that the agency has gone on from stays', async () => {
  const { page, relayed, undo, byOther, last } = desk
  const { relay } = await relayed()
  await page.done('stepRelay', { relay, ...acknowledged })
  byOther({ kind: 'RelayStepped', on: `relay:${relay}`, body: { step: 'underWay' } })
  expect(await last()).toMatchObject({ why: 'undo_built_on' })
  expect(await undo()).toEqual({ fault: 'undo_built_on' })
})

test('an alarm that was taken by mistake rings again', async () => {
  const { page, relayed, undo, clock } = desk
  const { relay } = await relayed()
  clock.move(61_000)
  await page.until('alarms', {}, (alarms) => alarms.length === 1)
  await page.done('handleAlarm', { relay })
  expect(await page.read('alarms', {})).toEqual([])
  await undo()
  expect(await page.read('alarms', {})).toMatchObject([{ relay }])
})

test('a card that was said to be told by voice rings as new again once that is struck', async () => {
  const { page, relayed, undo } = desk
  const { relay } = await relayed('BPBD', 'mqtt')
  expect(due()).toMatchObject([{ relay, told: null }])
  await page.done('tellByVoice', { relay, channel: 'phone', person: null })
  expect(due()[0]?.told).toBeGreaterThan(0)
  await undo()
  expect(due()).toMatchObject([{ relay, told: null }])
})

test('an agency whose refusal is struck gets a fresh card', async () => {
  const { page, relayed, undo } = desk
  const { relay } = await relayed('BPBD', 'mqtt')
  const refusal = { step: 'refused', person: 'Pak Budi', reason: 'semua di lapangan', readBack: false } as const
  await page.done('stepRelay', { relay, ...refusal })
  const [old] = due()
  await undo()
  expect(due()).toMatchObject([{ relay }])
  expect(due()[0]?.id).not.toBe(old?.id)
})

test('a caller who was added is taken out of the sum, unless another desk has written what he says', async () => {
  const { page, open, undo, call } = desk
  const { incident } = await open()
  const sum = async () => (await page.read('board', { limit: 5 })).rows[0]?.reports
  const add = async () => {
    const report = randomUUID() as ReportId
    const id = call(true)
    await page.done('addReport', { incident, report, call: id, source: '112' })
    return { report, id }
  }
  const { id } = await add()
  expect(await sum()).toBe(2)
  await undo()
  expect(await sum()).toBe(1)
  expect(desk.db.prepare('SELECT class, incident FROM call WHERE call = ?').get(id)).toEqual({
    class: null,
    incident: null,
  })
  const { report } = await add()
  const sql = `INSERT INTO field_set (aggregate, field, op, is_head, at, origin, seq, value) VALUES (?, 'name', x'00', 1, '', 'A.other', 1, 'Bu Sri')`
  desk.db.prepare(sql).run(`report:${report}`)
  expect(await undo()).toEqual({ fault: 'undo_built_on' })
  expect(await sum()).toBe(2)
})
