// Any incident is found again as soon as it is recorded, also while it is closed, on a full disk, and after a restart.
import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import type { IncidentId, ReportId } from '#domain/id.ts'
import { startTestDesk } from './test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})
async function desk(facts: Parameters<typeof startTestDesk>[0] = {}) {
  const made = await startTestDesk(facts)
  ends.push(made.end)
  return made
}
type Page = Awaited<ReturnType<typeof desk>>['page']

async function openFire(page: Page): Promise<IncidentId> {
  const incident = randomUUID() as IncidentId
  const report = randomUUID() as ReportId
  await page.done('openIncident', { incident, report, call: null, source: 'walk-in', type: 'BKR-RMH', priority: null })
  await page.done('setIncidentField', { incident, field: 'village', value: '33.21.04.2005', over: [] })
  await page.done('setIncidentField', { incident, field: 'landmark', value: 'depan Pasar Sayung', over: [] })
  await page.done('setReportField', { report, field: 'name', value: 'Bambang Suryanto', over: [] })
  await page.done('setReportField', { report, field: 'callback', value: '0812-0000-4486', over: [] })
  return incident
}
async function find(page: Page, text: string, more: object = {}): Promise<string[]> {
  const asked = {
    text,
    state: 'all',
    type: null,
    priority: null,
    place: null,
    from: null,
    to: null,
    after: null,
    limit: 50,
  }
  const { rows } = await page.done('findIncidents', { ...asked, ...more } as never)
  return rows.map(({ incident }) => incident)
}

it('finds what was just recorded by type, place, person, number and label', async () => {
  const { page } = await desk()
  await page.signIn()
  const incident = await openFire(page)
  const village = (await page.read('incident', { incident }))?.village.value
  for (const text of ['kebakaran', 'fire', 'pasar', 'suryanto', '0812 0000 4486', '+6281200004486', 'B001', 'bkr']) {
    expect([text, await find(page, text)]).toEqual([text, text === 'bkr' ? [] : [incident]])
  }
  expect(village).toBe('33.21.04.2005')
  const [row] = (
    await page.done('findIncidents', {
      text: 'sayung',
      state: 'open',
      type: 'BKR-RMH',
      priority: 'P1',
      place: '33.21.04',
      from: null,
      to: null,
      after: null,
      limit: 1,
    })
  ).rows
  expect(row).toMatchObject({
    incident,
    status: 'baru',
    landmark: 'depan Pasar Sayung',
    reports: 1,
    by: 'Siti N.',
  })
  expect(row?.village).toContain('Sayung')
})

it('finds closed incidents as well, and tells them from open ones', async () => {
  const { page } = await desk()
  await page.signIn()
  const incident = await openFire(page)
  await page.done('closeIncident', { incident, disposition: 'TERTANGANI', reason: null })
  expect([
    await find(page, 'suryanto'),
    await find(page, 'suryanto', { state: 'open' }),
    await find(page, '', { state: 'closed' }),
  ]).toEqual([[incident], [], [incident]])
})

it('indexes after a restart what the last run had no time for', async () => {
  const first = await desk()
  await first.page.signIn()
  const incident = await openFire(first.page)
  await first.core.stop()
  ends.length = 0
  const again = await desk({ dir: first.dir })
  await again.page.signIn()
  expect(await find(again.page, 'bambang')).toEqual([incident])
})
