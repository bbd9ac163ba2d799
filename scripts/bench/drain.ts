// drain_5000_s: a desk that worked 5,000 changes long without a network comes back; until the centre has confirmed them all.
import { newId, type IncidentId, type RelayId, type ReportId } from '#domain/id.ts'
import type { Page } from '../../electron/core/test-desk.ts'
import { rounded, type Bench, type Figure, type Measured } from './figure.ts'
import { openSyncSite } from './sync-site.ts'

/** One incident as an operator records it is 13 ops; the session and its like are more. */
const incidents = 385
const leastOps = 5_000

async function workIncident(page: Page, n: number): Promise<void> {
  const incident = newId<IncidentId>()
  const report = newId<ReportId>()
  const relay = newId<RelayId>()
  const over: never[] = []
  await page.done('openIncident', { incident, report, call: null, source: 'walk-in', type: 'BCN-BJR', priority: null })
  await page.done('setIncidentField', { incident, field: 'village', value: '33.21.04.2005', over })
  await page.done('setIncidentField', { incident, field: 'landmark', value: `depan SPBU, gang ${n}`, over })
  await page.done('setIncidentField', {
    incident,
    field: 'text',
    value: 'Air setinggi lutut, warga minta perahu',
    over,
  })
  await page.done('setReportField', { report, field: 'name', value: 'Bu Warsini', over })
  await page.done('setReportField', { report, field: 'words', value: 'Banyune wis mlebu omah', over })
  await page.done('makeRelays', { incident, targets: [{ relay, agency: 'BPBD', channel: 'phone' }] })
  const step = { relay, person: 'Pak Slamet', reason: null, readBack: true }
  await page.done('stepRelay', { ...step, step: 'acknowledged' })
  await page.done('addNote', { incident, text: 'Perahu karet berangkat dari posko Sayung' })
  await page.done('stepRelay', { ...step, step: 'onScene', readBack: false })
  await page.done('stepRelay', { ...step, step: 'done', readBack: false })
  await page.done('closeIncident', { incident, disposition: 'TERTANGANI', reason: null })
}

async function measure({ dir, say }: Bench): Promise<Measured> {
  const site = await openSyncSite(dir)
  try {
    const drained = await site.drain(async (_core, page) => {
      say('working without a network')
      for (let n = 0; n < incidents; n += 1) await workIncident(page, n)
    })
    const { ops, startS, connectS, drainS } = drained
    if (ops < leastOps) throw new Error(`only ${ops} ops waited`)
    const parts = `start of core ${rounded(startS)} s, connecting ${rounded(connectS)} s, draining ${rounded(drainS)} s`
    return { value: startS + connectS + drainS, note: `${ops} ops: ${parts} (${Math.round(ops / drainS)} ops/s)` }
  } finally {
    await site.close()
  }
}

export const drain: Figure = { name: 'drain_5000_s', unit: 's', target: 60, isMost: true, measure }
