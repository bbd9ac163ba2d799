// duplicate_suggest_p95_ms: one key in the form with 300 incidents open, from the saved text to the suggestions that core would push.
import { newId, type IncidentId, type ReportId } from '#domain/id.ts'
import { putDraft } from '#db/local/draft.ts'
import { startTestDesk } from '../../electron/core/test-desk.ts'
import { duplicatesView } from '../../electron/core/views/duplicates.ts'
import { inventDay, type DayReport } from '../duplicate-days/day.ts'
import { tuningDays } from '../duplicate-days/plans.ts'
import { p95, spread, type Bench, type Figure, type Measured } from './figure.ts'

const openIncidents = 300
const typed = 'truk gandeng terguling depan pasar sayung km 10 sopir terjepit solar tumpah di jalan'

type Desk = Awaited<ReturnType<typeof startTestDesk>>

/** Opens incidents with the words and places of invented days, two reports each. */
async function fill({ page, core }: Desk, say: Bench['say']): Promise<void> {
  const [plan] = tuningDays
  if (plan === undefined) throw new Error('no day')
  const { villages } = core.desk.gazetteer
  const days = [1, 2].flatMap((seed) => inventDay({ ...plan, seed }, villages))
  const reports = Array.from({ length: openIncidents }, (_, n) => days[n % days.length]).filter(
    (one) => one !== undefined,
  )
  for (const [n, report] of reports.entries()) {
    await open(page, report)
    if (n % 100 === 0) say(`${n} of ${openIncidents} incidents open`)
  }
}

async function open(page: Desk['page'], day: DayReport): Promise<void> {
  const incident = newId<IncidentId>()
  const report = newId<ReportId>()
  const type = day.typeCode ?? 'LAIN'
  await page.done('openIncident', { incident, report, call: null, source: 'radio', type, priority: null })
  const fields = { village: day.villageCode, landmark: day.placeText }
  for (const field of ['village', 'landmark'] as const) {
    await page.done('setIncidentField', { incident, field, value: fields[field], over: [] })
  }
  const further = newId<ReportId>()
  await page.done('addReport', { incident, report: further, call: null, source: 'radio' })
  for (const one of [report, further]) {
    await page.done('setReportField', { report: one, field: 'words', value: day.narrative, over: [] })
    await page.done('setReportField', { report: one, field: 'callback', value: day.number, over: [] })
  }
}

async function measure({ dir, say }: Bench): Promise<Measured> {
  const own = await startTestDesk({ dir })
  try {
    await own.page.signIn()
    await fill(own, say)
    const { desk } = own.core
    const incident = newId<IncidentId>()
    const report = newId<ReportId>()
    // As on a desk: the empty form has got the open incidents ready before anybody types.
    for (let n = 0; n < openIncidents; n += 1) duplicatesView(desk, { incident, report, call: null }, 'siti')
    const samples: number[] = []
    for (let n = 0; n < 3 * typed.length; n += 1) {
      const key = { operator: 'siti', on: `report:${report}`, field: 'words' }
      const startedAt = performance.now()
      putDraft(desk.db, key, typed.slice(0, 1 + (n % typed.length)), [], desk.clock.now())
      duplicatesView(desk, { incident, report, call: null }, 'siti')
      samples.push(performance.now() - startedAt)
    }
    return { value: p95(samples), note: `ms per key with ${openIncidents} open incidents: ${spread(samples)}` }
  } finally {
    await own.end()
  }
}

export const duplicateSuggest: Figure = {
  name: 'duplicate_suggest_p95_ms',
  unit: 'ms',
  target: 20,
  isMost: true,
  measure,
}
