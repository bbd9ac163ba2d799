// Taking actions back on a real core: every kind of record, one after the other, and what is refused.
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CallId, IncidentId, OpId, RelayId, ReportId } from '#domain/id.ts'
import { readCard } from '#log/card.ts'
import { openPage, startTestDesk, type Page } from './test-desk.ts'

let desk: Awaited<ReturnType<typeof startTestDesk>>
let page: Page
let now: number
beforeEach(async () => {
  now = Date.now()
  desk = await startTestDesk({ options: { clock: { now: () => (now += 1) } } })
  page = desk.page
  await page.signIn()
})
afterEach(() => desk.end())

const ids = () => ({ incident: randomUUID() as IncidentId, report: randomUUID() as ReportId })
async function opened() {
  const made = ids()
  const { label } = await page.done('openIncident', {
    ...made,
    call: null,
    source: 'walk-in',
    type: 'BKR-RMH',
    priority: null,
  })
  return { ...made, label }
}
const shown = async (incident: IncidentId) => {
  const row = await page.read('incident', { incident })
  if (row === null) throw new Error('no incident')
  return row
}
const last = () => page.read('lastAction', {})
async function undo() {
  const action = (await last())?.action ?? 'none'
  return page.send('undoLast', { action })
}
async function setField(incident: IncidentId, field: 'type' | 'priority' | 'village' | 'landmark', value: string) {
  const { over } = (await shown(incident))[field]
  await page.done('setIncidentField', { incident, field, value, over })
}
const ops = (): { kind: string; personal: string | null }[] =>
  desk.core.desk.db
    .prepare<[], { kind: string; personal: Buffer | null }>('SELECT kind, personal FROM op ORDER BY seq')
    .all()
    .map(({ kind, personal }) => ({ kind, personal: personal?.toString() ?? null }))

test('sets fields back one after the other, as far as nothing was there; every op stays', async () => {
  const { incident, label } = await opened()
  await setField(incident, 'landmark', 'depan pasar')
  await setField(incident, 'landmark', 'depan masjid')
  await setField(incident, 'village', '33.21.04.2005')
  expect(await last()).toMatchObject({ name: 'setIncidentField', detail: 'village', label, why: null })
  const before = ops().length
  expect(await undo()).toEqual({})
  expect((await shown(incident)).village.value).toBeNull()
  await undo()
  expect((await shown(incident)).landmark).toMatchObject({ value: 'depan pasar', conflicts: [] })
  await undo()
  expect((await shown(incident)).landmark).toMatchObject({ value: null, conflicts: [] })
  expect(ops()).toHaveLength(before + 3)
  expect(await last()).toMatchObject({ name: 'openIncident', label })
})

test('a type goes back with the priority that came with it, which still follows the type', async () => {
  const { incident } = await opened()
  expect((await shown(incident)).priority.value).toBe('P1')
  await setField(incident, 'type', 'JLN-RSK')
  const other = (await shown(incident)).priority.value
  await undo()
  expect(await shown(incident)).toMatchObject({
    type: { value: 'BKR-RMH' },
    priority: { value: 'P1' },
    isPriorityDecided: false,
  })
  expect(other).not.toBe('P1')
})

test('strikes a note with the reason, and writes a struck one again', async () => {
  const { incident } = await opened()
  const { note } = await page.done('addNote', { incident, text: 'api besar' })
  await page.done('strikeNote', { incident, note, reason: 'salah' })
  await undo()
  expect((await shown(incident)).notes.map(({ text, struck }) => [text, struck === null])).toEqual(
    expect.arrayContaining([
      ['api besar', false],
      ['api besar', true],
    ]),
  )
  await undo()
  const first = (await shown(incident)).notes.find((one) => one.note === note)
  expect(first?.struck?.reason).toBe('salah')
})

test('a note that was added is struck "dibatalkan operator"', async () => {
  const { incident } = await opened()
  await page.done('addNote', { incident, text: 'api besar' })
  await undo()
  expect((await shown(incident)).notes[0]?.struck?.reason).toBe('dibatalkan operator')
})

test('a decision goes back to the one before, and an opening becomes a cancelled incident', async () => {
  const { incident } = await opened()
  await page.done('verifyIncident', { incident })
  await page.done('closeIncident', { incident, disposition: 'TERTANGANI', reason: null })
  await page.done('reopenIncident', { incident, reason: 'belum padam' })
  await undo()
  expect(await shown(incident)).toMatchObject({ status: 'ditutup', disposition: 'TERTANGANI', hasNews: false })
  await undo()
  expect(await shown(incident)).toMatchObject({ status: 'diverifikasi' })
  await undo()
  expect(await shown(incident)).toMatchObject({ status: 'baru' })
  await undo()
  expect(await shown(incident)).toMatchObject({ status: 'dibatalkan' })
  expect(await last()).toBeNull()
})

test('a relay is called off visibly, also one that was accepted, which it says; calling off is told anew', async () => {
  const { incident } = await opened()
  const relay = randomUUID() as RelayId
  await page.done('makeRelays', { incident, targets: [{ relay, agency: 'DAMKAR', channel: 'phone' }] })
  expect(await last()).toMatchObject({ name: 'makeRelays', detail: 'Pemadam Kebakaran', leaves: null })
  await undo()
  const row = async () => (await shown(incident)).agencies.find(({ agency }) => agency === 'DAMKAR')?.relay
  expect(await row()).toMatchObject({ relay, step: 'cancelled' })
  expect(ops().at(-1)).toMatchObject({ kind: 'RelayCancelled' })
  expect(readCard((JSON.parse(ops().at(-1)?.personal ?? '{}') as { card: string }).card)?.text).toBe(
    'dibatalkan operator',
  )

  const second = randomUUID() as RelayId
  await page.done('makeRelays', { incident, targets: [{ relay: second, agency: 'DAMKAR', channel: 'phone' }] })
  // The agency itself accepts it meanwhile.
  desk.core.desk.recorder.transact({ by: 'tono', session: 'other' }, () => [
    { kind: 'RelayStepped', on: `relay:${second}`, body: { step: 'acknowledged' }, personal: { person: 'Slamet' } },
  ])
  expect(await last()).toMatchObject({ name: 'makeRelays', leaves: 'acknowledged', why: null })
  expect(await undo()).toEqual({})
  expect(readCard((JSON.parse(ops().at(-1)?.personal ?? '{}') as { card: string }).card)?.text).toBe(
    'dibatalkan operator setelah diterima instansi',
  )

  const third = randomUUID() as RelayId
  await page.done('makeRelays', { incident, targets: [{ relay: third, agency: 'DAMKAR', channel: 'phone' }] })
  await page.done('cancelRelay', { relay: third, reason: 'salah instansi' })
  await undo()
  expect(await row()).toMatchObject({ step: 'told' })
})

test('a merge is taken apart again', async () => {
  const first = await opened()
  const second = await opened()
  await page.done('mergeIncident', { incident: second.incident, into: first.incident })
  expect((await shown(second.incident)).root?.label).toBe(first.label)
  await undo()
  expect(await shown(second.incident)).toMatchObject({ root: null, status: 'baru' })
  expect((await shown(first.incident)).merged).toEqual([])
})

test('the answer of a question goes back', async () => {
  const { incident } = await opened()
  const reference = await page.read('reference', {})
  const protocol = reference.protocols.list.find(({ code }) => code === 'KEBAKARAN' || code.startsWith('BKR'))
  const asked = protocol?.questions[0]
  if (asked === undefined) throw new Error('no question')
  const [one, two] = asked.answers
  const answer = async (code: string | undefined) => {
    const over = (await shown(incident)).answers[asked.id]?.over ?? []
    await page.done('answerQuestion', { incident, question: asked.id, answer: code ?? null, over })
  }
  await answer(one?.code)
  await answer(two?.code)
  await undo()
  expect((await shown(incident)).answers[asked.id]?.value).toBe(one?.code)
  await undo()
  expect((await shown(incident)).answers[asked.id]?.value).toBeNull()
})

test('what somebody else has set meanwhile is not touched: refused in words, and the one before is next', async () => {
  const { incident } = await opened()
  await page.done('addNote', { incident, text: 'satu' })
  await setField(incident, 'landmark', 'depan pasar')
  // The same field is set outside any action of this session, as another desk would.
  const over = (await shown(incident)).landmark.over
  desk.core.desk.recorder.transact({ by: 'tono', session: 'other' }, () => [
    {
      kind: 'IncidentFieldSet',
      on: `incident:${incident}`,
      body: { field: 'landmark', over: over as OpId[] },
      personal: { value: 'km 12' },
    },
  ])
  expect(await last()).toMatchObject({ detail: 'landmark', why: 'undo_changed' })
  expect(await undo()).toEqual({ fault: 'undo_changed' })
  expect((await shown(incident)).landmark.value).toBe('km 12')
  expect(await last()).toMatchObject({ name: 'addNote', why: null })
})

test('never takes back another action than the one shown, and nothing older than ten minutes', async () => {
  const { incident } = await opened()
  await page.done('addNote', { incident, text: 'satu' })
  const first = await last()
  await page.done('addNote', { incident, text: 'dua' })
  expect(await page.send('undoLast', { action: first?.action ?? '' })).toEqual({ fault: 'changed_meanwhile' })
  expect((await shown(incident)).notes.every(({ struck }) => struck === null)).toBe(true)
  const second = await last()
  now += 600_001
  expect(await page.send('undoLast', { action: second?.action ?? '' })).toEqual({ fault: 'undo_too_old' })
})

test('a retried undo is carried out once, and another session starts with nothing', async () => {
  const { incident } = await opened()
  await page.done('addNote', { incident, text: 'satu' })
  const command = randomUUID()
  const action = (await last())?.action ?? ''
  expect(await page.send('undoLast', { action }, command)).toEqual({})
  const count = ops().length
  expect(await page.send('undoLast', { action }, command)).toEqual({})
  expect(ops()).toHaveLength(count)
  await page.done('signOut', {})
  await page.signIn()
  expect(await last()).toBeNull()
})

test('a call class goes back to none', async () => {
  const call = randomUUID() as CallId
  desk.core.desk.recorder.transact({ by: 'system', session: 'system' }, () => [
    { kind: 'CallSeen', on: `call:${call}`, body: { direction: 'in', offeredAt: now }, personal: {} },
  ])
  await page.done('classifyCall', { call, class: 'PRANK' })
  expect(await last()).toMatchObject({ name: 'classifyCall', label: null, why: null })
  await page.done('classifyCall', { call, class: 'INFO' })
  const { callFacts } = await import('#db/queries/call-facts.ts')
  await undo()
  expect(callFacts(desk.core.desk.db, call)?.class).toBe('PRANK')
  await undo()
  expect(callFacts(desk.core.desk.db, call)?.class).toBeNull()
})

test('what was done before core was started again is taken back after it', async () => {
  const { incident } = await opened()
  await page.done('addNote', { incident, text: 'satu' })
  const session = page.session()
  await desk.core.stop()
  desk = await startTestDesk({ dir: desk.dir, start: desk.start, options: { clock: { now: () => (now += 1) } } })
  page = openPage(desk.core, session)
  expect(await last()).toMatchObject({ name: 'addNote', why: null })
  expect(await undo()).toEqual({})
  expect((await shown(incident)).notes[0]?.struck?.reason).toBe('dibatalkan operator')
})
