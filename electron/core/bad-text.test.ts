// Whatever is pasted into any field of a person is recorded clean or refused by name, and core goes on.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { isFault } from '#domain/fault.ts'
import { editableFields, reportFields } from '#domain/incident.ts'
import type { IncidentId, ReportId } from '#domain/id.ts'
import { dayOf } from '#domain/time.ts'
import { startTestDesk } from './test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

const nasty: Readonly<Record<string, string>> = {
  control: 'pas\u0000ar\u0007 \u001b[31m',
  rightToLeft: 'gang\u202E 3 \u2066TR\u2069',
  emoji: '🚒🔥 api',
  markup: '<img src=x onerror=alert(1)>&amp;<script>x</script>',
  formula: '=HYPERLINK("http://x";"klik")',
  plus: '+SUM(A1)',
  halfPair: 'rusak \ud83d akhir',
  long: 'air '.repeat(2500),
  lines: 'satu\r\ndua\ttiga\u2028empat',
  empty: '   ',
}

async function desk() {
  const made = await startTestDesk()
  ends.push(made.end)
  await made.page.signIn()
  const incident = randomUUID() as IncidentId
  const report = randomUUID() as ReportId
  const open = { incident, report, call: null, source: 'walk-in', type: null, priority: null } as const
  await made.page.done('openIncident', open)
  return { ...made, incident, report }
}

/** No character of a recorded text steers the direction, rings a bell or ends a string. */
const unseen = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u

it.each(Object.keys(nasty))('%s in any field of the form', async (name) => {
  const text = nasty[name]!
  const { page, incident, report } = await desk()
  for (const field of editableFields) {
    const reply = await page.send('setIncidentField', { incident, field, value: text, over: [] })
    if (name === 'long' && isFault(reply)) expect(reply).toMatchObject({ field: 'value', detail: 'too_big' })
  }
  for (const field of reportFields) await page.send('setReportField', { report, field, value: text, over: [] })
  const note = await page.send('addNote', { incident, text })
  if (name === 'long') expect(note).toMatchObject({ fault: 'invalid', field: 'text', detail: 'too_big' })
  if (name === 'empty') expect(note).toEqual({ fault: 'field_needed', field: 'text' })
  const draft = await page.send('saveDraft', { on: `report:${report}`, field: 'words', text, over: [] })
  expect(draft).toEqual({})
  await page.send('findIncidents', {
    text: text.slice(0, 200),
    state: 'all',
    type: null,
    priority: null,
    place: null,
    from: null,
    to: null,
    after: null,
    limit: 10,
  })
  const row = await page.read('incident', { incident })
  const { landmark, text: message, rtRw, notes, reports } = row!
  const kept = [landmark.value, message.value, rtRw.value, ...notes.map((one) => one.text), reports[0]?.words.value]
  for (const value of kept) expect(value ?? '').not.toMatch(unseen)
  expect(reports[0]?.words.draft?.text.length).toBe(text.length)
})

it('keeps markup and formulas as they were typed, and the daily log makes no formula of them', async () => {
  const { page, incident, dir } = await desk()
  await page.done('addNote', { incident, text: nasty.formula! })
  await page.done('setIncidentField', { incident, field: 'landmark', value: nasty.markup!, over: [] })
  const row = await page.read('incident', { incident })
  expect(row?.landmark.value).toBe(nasty.markup)
  expect(row?.notes.some(({ text }) => text === nasty.formula)).toBe(true)
  await page.done('signOut', {})
  await page.signIn('rina')
  const { file } = await page.done('exportDailyLog', { day: dayOf(Date.now(), 'Asia/Jakarta') })
  const csv = readFileSync(file.startsWith('/') ? file : join(dir, file), 'utf8')
  expect(csv).toContain(`'=HYPERLINK`)
  expect(csv).not.toMatch(/(^|;|")=HYPERLINK/m)
})

it.each(Object.keys(nasty))('%s as a reason, a name or a code', async (name) => {
  const text = nasty[name]!
  const { page, incident } = await desk()
  const replies = [
    await page.send('postponeIncident', { incident, reason: text }),
    await page.send('signIn', { operator: text, pin: text.slice(0, 64) } as never),
    await page.send('dialNumber', { number: text.slice(0, 32), call: null }),
  ]
  if (name === 'long' || name === 'empty') expect(replies[0]).toMatchObject({ fault: 'invalid', field: 'reason' })
  expect(isFault(replies[1])).toBe(true)
  expect(isFault(replies[2])).toBe(true)
  expect((await page.read('board', { limit: 10 })).total).toBe(1)
})
