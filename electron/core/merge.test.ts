import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFault } from '#domain/fault.ts'
import { newId, type IncidentId, type RelayId, type ReportId } from '#domain/id.ts'
import { readCard } from '#log/card.ts'
import { incidentFacts } from '#db/queries/incident-facts.ts'
import { startTestDesk, type Page } from './test-desk.ts'

let desk: Awaited<ReturnType<typeof startTestDesk>>
let page: Page
beforeAll(async () => {
  desk = await startTestDesk()
  page = desk.page
  await page.signIn()
})
afterAll(() => desk.end())

type Opened = { readonly incident: IncidentId; readonly report: ReportId; readonly label: string }

async function open(
  facts: { type?: string; priority?: 'P1' | 'P2'; village?: string; words?: string } = {},
): Promise<Opened> {
  const incident = newId<IncidentId>()
  const report = newId<ReportId>()
  const { type = 'BCN-BJR', priority = 'P2' } = facts
  const opened = { incident, report, call: null, source: 'radio', type, priority } as const
  const { label } = await page.done('openIncident', opened)
  if (facts.village !== undefined) {
    await page.done('setIncidentField', { incident, field: 'village', value: facts.village, over: [] })
  }
  if (facts.words !== undefined)
    await page.done('setReportField', { report, field: 'words', value: facts.words, over: [] })
  return { incident, report, label }
}
const relay = async (incident: IncidentId, agency: string): Promise<void> => {
  const target = { relay: newId<RelayId>(), agency, channel: 'mqtt' } as const
  await page.done('makeRelays', { incident, targets: [target] })
}
const shown = async (incident: IncidentId) => {
  const row = await page.read('incident', { incident })
  if (row === null) throw new Error('no incident')
  return row
}
const cards = (incident: IncidentId): string[] => {
  const rows = desk.core.desk.db
    .prepare<[string], { personal: Buffer }>(
      `SELECT op.personal FROM op JOIN relay ON op.aggregate = 'relay:' || relay.relay
       WHERE relay.incident = ? AND op.kind IN ('RelayMade', 'RelayChanged') ORDER BY op.seq`,
    )
    .all(incident)
  return rows.map(({ personal }) => readCard((JSON.parse(personal.toString()) as { card: string }).card)?.text ?? '')
}

test('merging shows every caller and relay at the root, and taking it back restores both', async () => {
  const first = await open({ words: 'air naik' })
  const second = await open({ priority: 'P1', words: 'perahu' })
  await relay(second.incident, 'PSC119')
  await page.done('mergeIncident', { incident: second.incident, into: first.incident })
  const root = await shown(first.incident)
  expect(root.reports.map((report) => report.words.value)).toEqual(['air naik', 'perahu'])
  expect(root.merged.map((row) => row.label)).toEqual([second.label])
  expect(root.agencies.find((row) => row.agency === 'PSC119')?.relay?.step).toBe('told')
  // The more urgent of the two goes on.
  expect(root.priority.value).toBe('P1')
  expect(await shown(second.incident)).toMatchObject({ status: 'duplikat', root: { label: first.label } })
  const board = await page.read('board', { limit: 200 })
  expect(board.rows.find((row) => row.incident === first.incident)?.reports).toBe(2)
  expect(board.rows.some((row) => row.incident === second.incident)).toBe(false)

  await page.done('separateIncident', { incident: second.incident })
  expect((await shown(first.incident)).reports).toHaveLength(1)
  expect(await shown(second.incident)).toMatchObject({ status: 'diteruskan', root: null })
})

test('an agency that holds both reads under which other number, until they are taken apart', async () => {
  const first = await open()
  const second = await open()
  await relay(first.incident, 'BPBD')
  await relay(second.incident, 'BPBD')
  await relay(second.incident, 'PSC119')
  await page.done('mergeIncident', { incident: second.incident, into: first.incident })
  expect(cards(first.incident).at(-1)).toContain(`sama dengan ${second.label}`)
  expect(cards(second.incident).slice(-2).join()).toContain(`sama dengan ${first.label}`)
  await page.done('separateIncident', { incident: second.incident })
  expect(cards(first.incident).at(-1)).not.toContain('sama dengan')
  expect(cards(second.incident).slice(-2).join()).not.toContain('sama dengan')
})

test('an agency is not told twice of what became one incident', async () => {
  const first = await open()
  const second = await open()
  await relay(second.incident, 'BPBD')
  await page.done('mergeIncident', { incident: second.incident, into: first.incident })
  const target = { relay: newId<RelayId>(), agency: 'BPBD', channel: 'mqtt' } as const
  const again = await page.send('makeRelays', { incident: first.incident, targets: [target] })
  expect(again).toMatchObject({ fault: 'already_exists' })
  const absorbed = await page.send('makeRelays', { incident: second.incident, targets: [target] })
  expect(absorbed).toMatchObject({ fault: 'wrong_state' })
})

test.each(['itself', 'what it is one with already', 'nothing known'])(
  'an incident is not merged into %s',
  async (what) => {
    const first = await open()
    const second = await open()
    await page.done('mergeIncident', { incident: second.incident, into: first.incident })
    const into = { itself: first.incident, 'what it is one with already': second.incident }[what] ?? newId<IncidentId>()
    expect(isFault(await page.send('mergeIncident', { incident: first.incident, into }))).toBe(true)
  },
)

test('merging says what was seen of both', async () => {
  const first = await open()
  const second = await open()
  await page.done('mergeIncident', { incident: second.incident, into: first.incident })
  const { db } = desk.core.desk
  const row = db
    .prepare<[string], { saw: string }>("SELECT saw FROM field_set WHERE aggregate = ? AND field = 'mergedInto'")
    .get(`incident:${second.incident}`)
  const [[, seen] = []] = Object.entries(JSON.parse(row?.saw ?? '{}') as Record<string, number>)
  expect(seen).toBeGreaterThan(0)
  expect(incidentFacts(db, first.incident)?.hasNews).toBe(false)
})

test('a caller of an incident that nobody opened becomes a reporter of the known one, with all that was typed', async () => {
  const known = await open()
  const incident = newId<IncidentId>()
  const report = newId<ReportId>()
  const type = (on: string, field: string, text: string) => page.done('saveDraft', { on, field, text, over: [] })
  await type(`incident:${incident}`, 'landmark', 'belakang pasar')
  await type(`incident:${incident}`, 'note', 'pelapor di atap')
  await type(`report:${report}`, 'words', 'air sedada')
  const input = { incident, into: known.incident, report, call: null, source: 'radio' } as const
  expect(await page.done('joinIncident', input)).toEqual({ incident: known.incident, report })
  const row = await shown(known.incident)
  expect(row.reports.at(-1)).toMatchObject({ words: { value: 'air sedada' }, place: { value: 'belakang pasar' } })
  expect(row.notes.map((note) => note.text)).toEqual(['pelapor di atap'])
  expect(await page.read('incident', { incident })).toBe(null)
})

test('joining an incident that is open already merges it', async () => {
  const known = await open()
  const own = await open()
  const input = {
    incident: own.incident,
    into: known.incident,
    report: own.report,
    call: null,
    source: 'radio',
  } as const
  expect(await page.done('joinIncident', input)).toEqual({ incident: known.incident, report: null })
  expect((await shown(own.incident)).root?.incident).toBe(known.incident)
})

test('an umbrella is listed until it is no longer one or has ended', async () => {
  const surge = await open()
  await page.done('setUmbrella', { incident: surge.incident, on: true })
  expect((await page.read('umbrellas', {})).map((row) => row.label)).toEqual([surge.label])
  const board = await page.read('board', { limit: 200 })
  expect(board.rows.filter((row) => row.isUmbrella).map((row) => row.label)).toEqual([surge.label])
  await page.done('closeIncident', { incident: surge.incident, disposition: 'TERTANGANI', reason: null })
  expect(await page.read('umbrellas', {})).toEqual([])
})

test('what is typed brings the incident that it may be, with the reason, and never one opened later or the own one', async () => {
  const known = await open({ type: 'EVK-HWN', village: '33.21.02.2003', words: 'ular sanca di plafon' })
  const own = await open({ type: 'EVK-HWN', village: '33.21.02.2003', words: 'sanca besar di plafon' })
  const input = { incident: own.incident, report: own.report, call: null }
  const [found] = await page.until('duplicates', input, (rows) => rows.length > 0)
  expect(found).toMatchObject({ label: known.label, why: { type: 'same', place: 'village', distanceKm: null } })
  expect(found?.why.words).toContain('sanca')
  const other = { incident: known.incident, report: known.report, call: null }
  expect((await page.read('duplicates', other)).map((row) => row.label)).not.toContain(own.label)
})

test('text that is not recorded yet counts for a suggestion', async () => {
  const known = await open({ type: 'LAKA-AIR', village: '33.21.13.2011', words: 'perahu nelayan terbalik di muara' })
  const incident = newId<IncidentId>()
  const report = newId<ReportId>()
  const input = { incident, report, call: null }
  expect(await page.read('duplicates', input)).toEqual([])
  await page.done('saveDraft', { on: `incident:${incident}`, field: 'village', text: 'muara, jetak wedung', over: [] })
  await page.done('saveDraft', { on: `report:${report}`, field: 'words', text: 'perahu nelayan terbalik', over: [] })
  const rows = await page.until('duplicates', input, (found) => found.length > 0)
  expect(rows.map((row) => row.label)).toContain(known.label)
})
