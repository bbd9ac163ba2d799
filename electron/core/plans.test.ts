import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { IncidentId, RelayId, ReportId } from '#domain/id.ts'
import { costlyLines, statementsOf } from '#db/query-plan.ts'
import type { Page } from './test-desk.ts'
import { startTestDesk } from './test-desk.ts'

/** A whole incident, with every live query watched meanwhile. */
async function work(page: Page): Promise<void> {
  await page.signIn('rina')
  const incident = randomUUID() as IncidentId
  const report = randomUUID() as ReportId
  const relay = randomUUID() as RelayId
  const on = `incident:${incident}`
  await page.done('openIncident', { incident, report, call: null, source: 'walk-in', type: 'BKR-RMH', priority: null })
  await page.done('setIncidentField', { incident, field: 'village', value: '33.21.04.2005', over: [] })
  await page.done('setReportField', { report, field: 'words', value: 'Dapur kobong', over: [] })
  await page.done('saveDraft', { on, field: 'landmark', text: 'depan', over: [] })
  const { note } = await page.done('addNote', { incident, text: 'Api sudah sampai atap' })
  await page.done('makeRelays', { incident, targets: [{ relay, agency: 'BPBD', channel: 'mqtt' }] })
  await page.done('stepRelay', { relay, step: 'acknowledged', person: 'Pak Slamet', reason: null, readBack: true })
  await page.done('strikeNote', { incident, note, reason: 'salah dengar' })
  const watched = ['station', 'session', 'operators', 'calls', 'missedCalls', 'alarms', 'sync', 'health'] as const
  for (const query of watched) await page.read(query, {})
  await page.read('incident', { incident })
  await page.read('board', { limit: 200 })
  await page.done('closeIncident', { incident, disposition: 'TERTANGANI', reason: null })
}

test('nothing a desk does all day scans, sorts or groups what grows', async () => {
  let ended = (): Promise<void> => Promise.resolve()
  let costly: string[] = []
  try {
    let desk: Awaited<ReturnType<typeof startTestDesk>> | undefined
    const statements = await statementsOf(Database.prototype as Database.Database, async () => {
      desk = await startTestDesk()
      ended = desk.end
      await work(desk.page)
    })
    expect(statements.length).toBeGreaterThan(50)
    const db = desk!.core.store.db
    costly = statements.flatMap((sql) => costlyLines(db, sql).map((line) => `${line} in ${sql}`))
  } finally {
    await ended()
  }
  expect(costly).toEqual([])
})
