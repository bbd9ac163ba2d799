import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CommandInput } from '#contract/commands.ts'
import { newId, type CallId, type IncidentId, type RelayId, type ReportId } from '#domain/id.ts'
import { dayBounds, dayOf, labelDay } from '#domain/time.ts'
import { dailyLogRows } from '#db/queries/daily-log.ts'
import { numberHistory } from '#db/queries/number-history.ts'
import { dailyLog } from './export/daily-log.ts'
import { startTestDesk } from './test-desk.ts'

const zone = 'Asia/Jakarta'
const hour = 3_600_000
const day = 24 * hour
let desk: Awaited<ReturnType<typeof startTestDesk>>
beforeEach(async () => {
  desk = await startTestDesk()
  await desk.page.signIn()
})
afterEach(() => desk.end())

const contact = (more: Partial<CommandInput<'noteContact'>> = {}): CommandInput<'noteContact'> => ({
  call: newId<CallId>(),
  source: 'whatsapp',
  class: 'PRANK',
  number: '0812-0000-4486',
  name: '',
  happenedAt: null,
  ...more,
})
const paper = (more: Partial<CommandInput<'enterPaper'>> = {}): CommandInput<'enterPaper'> => ({
  incident: newId<IncidentId>(),
  report: newId<ReportId>(),
  happenedAt: Date.now() - 5 * hour,
  source: '110',
  number: '0812-0000-4486',
  name: 'Bu Sri',
  type: 'MED-AMB',
  priority: 'P1',
  village: '33.21.03.2001',
  landmark: 'depan pasar',
  words: 'rumah terbakar',
  told: [],
  notes: [],
  ...more,
})
const told = (at: number, more: object = {}) => ({
  relay: newId<RelayId>(),
  agency: 'DAMKAR',
  at,
  person: 'Pak Budi',
  readBack: true,
  ...more,
})
const logRows = (at: number) => dailyLogRows(desk.core.desk.db, dayBounds(dayOf(at, zone), zone))

test('a contact by hand counts by its source and says nothing about how fast calls are answered', async () => {
  const { page } = desk
  await page.done('noteContact', contact())
  await page.done(
    'noteContact',
    contact({ source: 'walk-in', class: 'INFO', number: '', name: 'Pak\u202E Joko\u0000' }),
  )
  await page.done('noteContact', contact())
  const { today, active, toClass } = await page.read('calls', {})
  expect(today).toMatchObject({ calls: 0, answered: 0, answeredInTime: 0, missed: 0 })
  expect(today.sources).toEqual([
    { source: 'whatsapp', count: 2 },
    { source: 'walk-in', count: 1 },
  ])
  expect({ active, toClass }).toEqual({ active: null, toClass: null })
  expect((await page.read('missedCalls', {})).total).toBe(0)
  const rows = logRows(Date.now())
  expect(rows.map(({ call }) => [call?.source, call?.class, call?.desk, call?.operator])).toEqual([
    ['whatsapp', 'PRANK', 'B', 'siti'],
    ['walk-in', 'INFO', 'B', 'siti'],
    ['whatsapp', 'PRANK', 'B', 'siti'],
  ])
  expect(rows[0]?.call).toMatchObject({ number: '+6281200004486', answeredAt: null, endedAt: null, paper: null })
})

test('a prank over WhatsApp stands in the history of its number', async () => {
  await desk.page.done('noteContact', contact())
  const facts = { number: '+6281200004486', now: Date.now() + 1000, except: newId<CallId>() }
  expect(numberHistory(desk.core.desk.db, facts)).toMatchObject({ calls: 1, junk: 1, incidents: 0 })
})

test('a contact is refused for what can be no number, no class without an incident, and the same id twice', async () => {
  const { page } = desk
  const bad = ['abc', '=1+1', '<b>08</b>', '😀', '12', '0812\u202E', '9'.repeat(200)]
  for (const number of bad) {
    expect(await page.send('noteContact', contact({ number }))).toEqual({ fault: 'bad_number', field: 'number' })
  }
  for (const number of ['pribadi', '']) expect(await page.send('noteContact', contact({ number }))).toEqual({})
  expect(await page.send('noteContact', contact({ number: '1'.repeat(10_000) }))).toMatchObject({ fault: 'invalid' })
  expect(await page.send('noteContact', contact({ class: 'GHOST' }))).toMatchObject({
    fault: 'invalid',
    field: 'class',
  })
  expect(await page.send('noteContact', contact({ class: 'DARURAT' }))).toMatchObject({ fault: 'invalid' })
  const once = contact()
  await page.done('noteContact', once)
  expect(await page.send('noteContact', once)).toMatchObject({ fault: 'already_exists' })
  expect(await page.send('noteContact', contact({ happenedAt: Date.now() + hour }))).toEqual({
    fault: 'time_in_future',
    field: 'happenedAt',
  })
})

test('an incident from paper keeps its time everywhere and says who typed it and when', async () => {
  const { page } = desk
  const from = Date.now()
  const at = from - 5 * hour
  const input = paper({
    happenedAt: at,
    told: [told(at + 120_000), told(at + 60_000, { agency: 'POLRES', readBack: false, person: '' })],
    notes: [{ at: at + hour, text: 'api\u0007 padam' }],
  })
  const { label } = await page.done('enterPaper', input)
  expect(label).toBe(`${labelDay(at, zone)}-B001`)
  const row = await page.read('incident', { incident: input.incident })
  expect(row).toMatchObject({ openedAt: at, by: 'Siti N.', source: '110', paper: { by: 'Siti N.' } })
  expect(row?.paper?.at).toBeGreaterThanOrEqual(from)
  expect(row?.reports[0]).toMatchObject({ at, paper: { by: 'Siti N.' }, callback: { value: '+6281200004486' } })
  expect(row?.notes).toMatchObject([{ at: at + hour, text: 'api  padam', paper: { by: 'Siti N.' } }])
  const relays = row?.agencies.flatMap(({ relay }) => (relay === null ? [] : [relay])) ?? []
  expect(relays.find(({ agency }) => agency === 'DAMKAR')).toMatchObject({
    toldAt: at + 120_000,
    acknowledgedAt: at + 120_000,
    step: 'acknowledged',
    isReadBack: true,
    person: 'Pak Budi',
    typedBy: 'Siti N.',
  })
  expect(relays.find(({ agency }) => agency === 'POLRES')).toMatchObject({ toldAt: at + 60_000, step: 'told' })
  expect((await page.read('board', { limit: 5 })).rows[0]).toMatchObject({ openedAt: at })
  expect((await page.read('board', { limit: 5 })).rows[0]?.typedAt).toBeGreaterThanOrEqual(from)
})

test('a relay from paper that nobody read back alarms nobody now', async () => {
  const at = Date.now() - 2 * hour
  await desk.page.done('enterPaper', paper({ happenedAt: at, told: [told(at, { readBack: false })] }))
  expect(await desk.page.read('alarms', {})).toEqual([])
  expect((await desk.page.read('board', { limit: 5 })).overdue).toBe(0)
})

test('the daily log of the day it happened has it, with no durations, marked as typed later', async () => {
  const at = Date.now() - 3 * day
  await desk.page.done('enterPaper', paper({ happenedAt: at, told: [told(at + 60_000)] }))
  await desk.page.done('noteContact', contact({ source: '119', happenedAt: at - 1000 }))
  expect(logRows(Date.now())).toEqual([])
  const rows = logRows(at).map((row) => ({
    ...row,
    incident: row.incident === null ? null : { ...row.incident, district: null },
  }))
  const [head = '', ...lines] = dailyLog(rows, zone).bytes.toString().trim().split('\r\n')
  const cells = lines.map((line) => new Map(line.split(';').map((cell, place) => [head.split(';')[place], cell])))
  expect(cells.map((row) => [row.get('sumber'), row.get('tunggu_dtk'), row.get('durasi_dtk')])).toEqual([
    ['119', '', ''],
    ['110', '', ''],
  ])
  for (const row of cells)
    expect(row.get('catatan_terakhir')).toMatch(/^Susulan dari kertas, diketik siti \d{4}-\d\d-\d\dT/)
})

test('times from paper that cannot be are refused with their place', async () => {
  const { page } = desk
  const now = Date.now()
  const at = now - hour
  const refused = async (more: Partial<CommandInput<'enterPaper'>>) => page.send('enterPaper', paper(more))
  expect(await refused({ happenedAt: now + hour })).toEqual({ fault: 'time_in_future', field: 'happenedAt' })
  expect(await refused({ happenedAt: now - 31 * day })).toEqual({ fault: 'time_too_old', field: 'happenedAt' })
  expect(await refused({ happenedAt: at, told: [told(now + hour)] })).toEqual({
    fault: 'time_in_future',
    field: 'told.0',
  })
  expect(await refused({ happenedAt: at, notes: [{ at: at - hour, text: 'x' }] })).toEqual({
    fault: 'time_before',
    field: 'notes.0',
  })
  expect((await page.read('board', { limit: 5 })).total).toBe(0)
  await page.signIn('rina')
  expect(await refused({ happenedAt: now - 31 * day })).toHaveProperty('label')
})

test('what paper lacks is said with its place, and nothing is half recorded', async () => {
  const { page } = desk
  const at = Date.now() - hour
  const refused = async (more: Partial<CommandInput<'enterPaper'>>) =>
    page.send('enterPaper', paper({ happenedAt: at, ...more }))
  expect(await refused({ type: '' })).toEqual({ fault: 'field_needed', field: 'type' })
  expect(await refused({ type: 'TIDAK-ADA' })).toEqual({ fault: 'invalid', field: 'type' })
  expect(await refused({ number: 'tidak jelas 08' })).toEqual({ fault: 'bad_number', field: 'number' })
  expect(await refused({ told: [told(at, { person: '\u202E' })] })).toEqual({ fault: 'field_needed', field: 'told.0' })
  expect(await refused({ told: [told(at), told(at)] })).toEqual({ fault: 'already_exists', field: 'told.1' })
  expect(await refused({ told: [told(at, { agency: 'NASA' })] })).toMatchObject({ fault: 'not_found', field: 'told.0' })
  expect(await refused({ notes: [{ at, text: ' \u0000 ' }] })).toEqual({ fault: 'field_needed', field: 'notes.0' })
  expect(await refused({ words: 'x'.repeat(10_000) })).toMatchObject({ fault: 'invalid' })
  expect((await page.read('board', { limit: 5 })).total).toBe(0)
  const odd = '<b>=CMD()</b> 😀 "; --'
  const input = paper({ happenedAt: at, words: odd, landmark: odd, name: odd })
  await page.done('enterPaper', input)
  const row = await page.read('incident', { incident: input.incident })
  expect([row?.landmark.value, row?.reports[0]?.words.value, row?.reports[0]?.name.value]).toEqual([odd, odd, odd])
})
