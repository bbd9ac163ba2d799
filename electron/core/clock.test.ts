// A desk clock that jumps an hour, forward and back: the order of the record holds, and people are told.
import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import type { IncidentId, ReportId } from '#domain/id.ts'
import { movingClock } from './sync/test-site.ts'
import { startTestDesk } from './test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})
const hour = 3_600_000

it.each([hour, -hour])('keeps the order of what was recorded when it jumps by %i ms, and tells it', async (jump) => {
  const clock = movingClock()
  const { core, page, end } = await startTestDesk({ options: { clock } })
  ends.push(end)
  await page.signIn()
  const ids = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
  const { incident } = ids
  await page.done('openIncident', { ...ids, call: null, source: 'walk-in', type: 'BCN-BJR', priority: null })
  const set = { incident, field: 'landmark' } as const
  await page.done('setIncidentField', { ...set, value: 'sebelum', over: [] })
  await page.done('addNote', { incident, text: 'satu' })
  clock.move(jump)
  await page.done('addNote', { incident, text: 'dua' })
  const over = (await page.read('incident', { incident }))?.landmark.over ?? []
  await page.done('setIncidentField', { ...set, value: 'sesudah', over })
  await page.done('addNote', { incident, text: 'tiga' })
  // Numbers, clock texts and what they say stand in one order.
  const rows = core.store.db.prepare('SELECT seq, at FROM op ORDER BY at').all() as { seq: number; at: string }[]
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_row, place) => place + 1))
  const view = await page.read('incident', { incident })
  expect(view?.notes.map(({ text }) => text)).toEqual(['satu', 'dua', 'tiga'])
  expect(view?.landmark).toMatchObject({ value: 'sesudah', conflicts: [] })
  const health = await page.until('health', {}, ({ notices }) => notices.length > 0)
  expect(health.notices.map(({ kind, values }) => [kind, Math.round(Number(values.seconds) / 60)])).toEqual([
    ['clock-jump', jump / 60_000],
  ])
})
