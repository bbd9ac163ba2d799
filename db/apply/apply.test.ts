import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { CallId, IncidentId, OpId, RelayId, ReportId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import { readOp } from '#log/op.ts'
import { board } from '../queries/board.ts'
import { callFacts, unclassedCalls } from '../queries/call-facts.ts'
import { incidentDetail } from '../queries/incident-detail.ts'
import { incidentFacts } from '../queries/incident-facts.ts'
import { missedCalls } from '../queries/missed-calls.ts'
import { relayFacts } from '../queries/relay-facts.ts'
import type { Db } from '../open.ts'
import type { AppliedOp } from './fact.ts'
import { applySamples, opMaker, sampleDatabase, sampleId, startMs } from './samples.ts'
import { stateHash } from './state-hash.ts'
import { stateTables } from './state-tables.ts'

const incident = sampleId<IncidentId>(1, 1)
const report = sampleId<ReportId>(2, 1)
const relay = sampleId<RelayId>(3, 1)
const call = sampleId<CallId>(4, 1)
const onIncident = `incident:${incident}`
const clock = { now: startMs + 600_000, limitMs: 60_000 }

let db: Db
let make: ReturnType<typeof opMaker>
beforeEach(() => {
  db = sampleDatabase()
  make = opMaker()
})

const opened: NewOp = {
  kind: 'IncidentOpened',
  on: onIncident,
  body: { label: '241126-B001', type: 'BCN-BJR', priority: 'P1', source: '112' },
}
const plainSet = (field: 'type' | 'priority', value: string, over: readonly AppliedOp[]): NewOp => ({
  kind: 'IncidentFieldSet',
  on: onIncident,
  body: { field, value, over: over.map((op) => op.id as OpId) },
})
const note = (text: string): NewOp => ({ kind: 'NoteAdded', on: onIncident, body: {}, personal: { text } })
const decided = (value: string, saw: Record<string, number>): NewOp => ({
  kind: 'IncidentFieldSet',
  on: onIncident,
  body: { field: 'decision', value, over: [], saw, disposition: 'TERTANGANI' },
})
const carded = (kind: 'RelayMade' | 'RelayChanged' | 'RelayCancelled', card: string, over: string[] = []): NewOp => ({
  kind,
  on: `relay:${relay}`,
  about: [onIncident],
  body: { agency: 'BPBD', channel: 'mqtt', card },
  personal: { card: JSON.stringify({ over }), sig: '' },
})
const stepped = (step: 'acknowledged' | 'refused' | 'underWay', person = 'Pak Budi'): NewOp => ({
  kind: 'RelayStepped',
  on: `relay:${relay}`,
  body: { step },
  personal: { person },
})
const apply = (...ops: AppliedOp[]) => expect(applySamples(db, ops)).toEqual([])
const detail = () => incidentDetail(db, incident, clock)!

test('the ops of the golden log are understood', () => {
  const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../electron/log/wire-vectors.json'), 'utf8'))
  const ops = golden.log.ops.map((entry: { op: string; hash: string; personal: string | null }, place: number) => {
    const read = readOp(entry.op, { origin: golden.log.origin, seq: place + 1 })
    expect(read.parked).toBeUndefined()
    const personal = entry.personal === null ? null : JSON.parse(entry.personal)
    return { ...(read as { fields: object }).fields, hash: entry.hash, id: entry.hash, personal } as AppliedOp
  })
  apply(...ops)
  const id = '0193a1f0-7c00-7000-8000-000000000001' as IncidentId
  const shown = incidentDetail(db, id, clock)
  expect(shown).toMatchObject({ label: '241126-B001', by: 'siti', status: 'diteruskan', openedAt: 1_795_486_509_000 })
  expect(shown?.text.value).toContain('Banjir 1½ m')
  expect(shown?.text.value?.endsWith('\u0000')).toBe(true)
  expect(shown?.notes.map((row) => row.text)).toEqual(['Penelepon: Bu Sri, 0812-0000-0000. Air naik cepat.'])
  expect(shown?.relays).toMatchObject([{ agency: 'BPBD', channel: 'mqtt', step: 'told', isOverdue: true }])
})

test('what is not understood is parked and leaves no trace', () => {
  const before = stateHash(db)
  const parked = (change: object, more: object = {}) => applySamples(db, [{ ...make(change as NewOp), ...more }])
  expect(parked({ ...opened, kind: 'DroneSent' })).toEqual(['unknown_kind'])
  expect(parked(opened, { v: 2 })).toEqual(['unknown_kind'])
  expect(parked({ ...opened, on: 'incident:x' })).toEqual(['bad_schema'])
  expect(parked({ ...opened, on: `relay:${relay}` })).toEqual(['bad_schema'])
  expect(parked({ ...opened, body: { label: 7 } })).toEqual(['bad_schema'])
  expect(parked({ ...note('x'), personal: { text: 7 } })).toEqual(['bad_schema'])
  expect(parked({ ...opened, kind: 'constructor' })).toEqual(['unknown_kind'])
  expect(stateHash(db)).toBe(before)
})

test('a set over the known one replaces it; two sets that do not know each other are both shown, and the later one counts', () => {
  const first = make(opened)
  const one = make(plainSet('type', 'BCN-ROB', [first]), { ms: 9000 })
  const two = make(plainSet('type', 'BCN-TGL', [first]), { origin: 'A.other', ms: 8000, by: 'andi' })
  apply(first, one)
  expect(detail().type).toEqual({ value: 'BCN-ROB', over: [one.id], conflicts: [] })
  apply(two)
  expect(detail().type).toEqual({
    value: 'BCN-ROB',
    over: [one.id, two.id],
    conflicts: [{ value: 'BCN-TGL', by: 'andi', at: startMs + 8000 }],
  })
  expect(board(db, 50, clock).rows[0]?.hasConflict).toBe(true)
  apply(make(plainSet('type', 'BCN-BJR', [one, two]), { ms: 10_000 }))
  expect(detail().type).toMatchObject({ value: 'BCN-BJR', conflicts: [] })
  expect(board(db, 50, clock).rows[0]?.hasConflict).toBe(false)
})

test('two equal values are still two heads, and of two priorities the most urgent counts', () => {
  const first = make(opened)
  const urgent = make(plainSet('priority', 'P2', [first]), { ms: 2000 })
  const later = make(plainSet('priority', 'P4', [first]), { origin: 'A.other', ms: 3000 })
  apply(first, urgent, later)
  expect(detail().priority).toMatchObject({ value: 'P2', conflicts: [{ value: 'P4' }] })
  apply(make(plainSet('priority', 'P2', [first]), { origin: 'C.third', ms: 4000 }))
  expect(detail().priority.over).toHaveLength(3)
  expect(incidentFacts(db, incident)?.priority).toBe('P2')
})

test('the value of a personal field comes from the personal part alone', () => {
  const set: NewOp = { kind: 'IncidentFieldSet', on: onIncident, body: { field: 'landmark', over: [], value: 'bocor' } }
  apply(make(opened), make({ ...set, personal: { value: 'depan pasar' } }))
  expect(detail().landmark.value).toBe('depan pasar')
  const hidden = make(set, { isPersonalMissing: true, ms: 90_000 })
  apply(hidden)
  expect(detail().landmark).toMatchObject({ value: null, conflicts: [{ value: 'depan pasar' }] })
})

test('of two openings of one incident the earlier counts and both are told', () => {
  const late = make({ ...opened, body: { ...opened.body, label: '241126-B002' } } as NewOp, { ms: 5000 })
  const early = make(opened, { origin: 'A.other', ms: 1000, by: 'andi' })
  apply(late, early)
  expect(incidentFacts(db, incident)).toMatchObject({ label: '241126-B001', by: 'andi' })
  expect(board(db, 50, clock).rows[0]?.hasConflict).toBe(true)
})

test('a step without its relay waits, and comes to life with it', () => {
  apply(make(opened), make(stepped('acknowledged'), { ms: 20_000 }))
  expect(relayFacts(db, relay)).toBeNull()
  expect(incidentFacts(db, incident)?.status).toBe('baru')
  apply(make(carded('RelayMade', 'c1'), { ms: 10_000 }))
  expect(relayFacts(db, relay)).toMatchObject({ step: 'acknowledged', toldAt: startMs + 10_000, person: 'Pak Budi' })
  expect(incidentFacts(db, incident)?.status).toBe('diterima')
})

test('the later of two answers that exclude each other counts', () => {
  apply(make(opened), make(carded('RelayMade', 'c1')))
  apply(make(stepped('refused', 'Bu Ani'), { ms: 20_000 }))
  expect(relayFacts(db, relay)).toMatchObject({ step: 'refused', person: 'Bu Ani' })
  apply(make(stepped('acknowledged'), { ms: 30_000 }))
  expect(relayFacts(db, relay)).toMatchObject({ step: 'acknowledged', person: 'Pak Budi' })
})

test('a cancellation counts at once, unless a step crossed it: then from the receipt of its card', () => {
  apply(make(opened), make(carded('RelayMade', 'c1')), make(carded('RelayCancelled', 'c2', ['c1']), { ms: 30_000 }))
  expect(relayFacts(db, relay)).toMatchObject({ step: 'cancelled', cancelledAt: startMs + 30_000, cards: ['c2'] })
  apply(make(stepped('underWay'), { ms: 31_000 }))
  expect(relayFacts(db, relay)).toMatchObject({ step: 'underWay', cancelledAt: null })
  apply(make({ kind: 'CardReceived', on: `relay:${relay}`, body: { card: 'c2' } }, { ms: 40_000 }))
  expect(relayFacts(db, relay)).toMatchObject({ step: 'cancelled' })
  apply(make(carded('RelayChanged', 'c3', ['c2']), { ms: 50_000 }))
  expect(relayFacts(db, relay)).toMatchObject({ step: 'underWay', cards: ['c3'] })
})

test('a card that does not know the cancellation does not undo it', () => {
  apply(make(opened), make(carded('RelayMade', 'c1')), make(carded('RelayCancelled', 'c2', ['c1'])))
  apply(make(carded('RelayChanged', 'c3', ['c1']), { origin: 'A.other', ms: 60_000 }))
  expect(relayFacts(db, relay)).toMatchObject({ step: 'cancelled', cards: ['c2', 'c3'] })
})

test('of two ops with one card the earlier counts, whichever came first', () => {
  const late = make({ ...carded('RelayMade', 'c1'), body: { agency: 'PMI', channel: 'phone', card: 'c1' } } as NewOp, {
    ms: 9000,
  })
  const early = make(carded('RelayMade', 'c1'), { origin: 'A.other', ms: 8000 })
  apply(make(opened), late, early)
  expect(relayFacts(db, relay)).toMatchObject({
    agency: 'BPBD',
    channel: 'mqtt',
    toldAt: startMs + 8000,
    cards: ['c1'],
  })
})

test('a closed incident returns with news that its closer had not seen, and with nothing else', () => {
  apply(make(opened), make(note('satu')), make(note('dua'), { origin: 'A.other', by: 'andi' }))
  const seen = incidentFacts(db, incident)!.activity
  expect(seen).toEqual({ 'A.other': 1, 'B.sample': 2 })
  apply(make(decided('closed', seen)))
  expect(incidentFacts(db, incident)).toMatchObject({ status: 'ditutup', disposition: 'TERTANGANI', hasNews: false })
  expect(board(db, 50, clock)).toMatchObject({ total: 0, rows: [] })
  apply(make(note('baris sistem'), { origin: 'A.other', by: 'system' }))
  expect(incidentFacts(db, incident)?.hasNews).toBe(false)
  apply(make(note('tiga'), { origin: 'A.other', by: 'andi' }))
  expect(board(db, 50, clock)).toMatchObject({
    total: 1,
    rows: [{ hasNews: true, status: 'ditutup', lastNote: 'tiga' }],
  })
})

test.each([
  ['a raised priority', 'P2', true],
  ['a lowered priority', 'P4', false],
])('after closing, %s', (_name, value, hasNews) => {
  const first = make({ ...opened, body: { ...opened.body, priority: 'P3' } } as NewOp)
  apply(first, make(decided('closed', { 'B.sample': 1 })))
  apply(make(plainSet('priority', value, [first]), { origin: 'A.other' }))
  expect(incidentFacts(db, incident)?.hasNews).toBe(hasNews)
})

test('a report that arrives after closing is news, also when it was written before', () => {
  apply(make(opened), make(decided('closed', { 'B.sample': 1 }), { ms: 50_000 }))
  const added: NewOp = { kind: 'ReportAdded', on: `report:${report}`, body: { incident, call } }
  apply(make(added, { origin: 'A.other', ms: 1000 }))
  expect(board(db, 50, clock).rows).toMatchObject([{ hasNews: true, reports: 1 }])
})

test('a struck note stays, says who struck it, and is not the last word', () => {
  const [one, two] = [make(note('benar')), make(note('keliru'))]
  apply(make(opened), one, two)
  const strike: NewOp = {
    kind: 'NoteStruck',
    on: onIncident,
    body: { note: two.id as OpId },
    personal: { reason: 'salah' },
  }
  apply(make(strike, { by: 'andi' }))
  expect(detail().notes).toMatchObject([
    { note: one.id, text: 'benar', struck: null },
    { note: two.id, text: 'keliru', struck: { by: 'andi', reason: 'salah' } },
  ])
  expect(board(db, 50, clock).rows[0]?.lastNote).toBe('benar')
})

test('a call is what the exchange told, and its class what an operator set', () => {
  const answered: NewOp = {
    kind: 'CallAnswered',
    on: `call:${call}`,
    body: { bridge: 'pbx1', line: '112', dialled: '119', offeredAt: startMs - 4000, answeredAt: startMs },
    personal: { number: '+6281200000000', numberTrust: 'asserted', location: { lat: 1, lon: 2, radiusM: 3 } },
  }
  apply(make(answered))
  expect(unclassedCalls(db, { since: startMs - 1000, limit: 10 }).map((row) => row.call)).toEqual([call])
  apply(make({ kind: 'CallEnded', on: `call:${call}`, body: { endReason: 'unknown' } }))
  apply(make({ kind: 'CallEnded', on: `call:${call}`, body: { endedAt: startMs + 9000, endReason: 'caller-hangup' } }))
  apply(make({ kind: 'CallFieldSet', on: `call:${call}`, body: { field: 'class', value: 'PRANK', over: [] } }))
  expect(callFacts(db, call)).toMatchObject({
    bridge: 'pbx1',
    line: '112',
    dialled: '119',
    direction: 'in',
    number: '+6281200000000',
    numberTrust: 'asserted',
    location: { lat: 1, lon: 2, radiusM: 3 },
    offeredAt: startMs - 4000,
    answeredAt: startMs,
    endedAt: startMs + 9000,
    endReason: 'caller-hangup',
    answeredBy: 'siti',
    answeredOrigin: 'B.sample',
    class: 'PRANK',
    incident: null,
  })
  expect(unclassedCalls(db, { since: startMs - 1000, limit: 10 })).toEqual([])
})

test('a claim is a hint: who the exchange says answered counts, and an abandoned call stays missed', () => {
  const claim: NewOp = { kind: 'CallAnswered', on: `call:${call}`, body: { claimed: true, answeredAt: startMs } }
  apply(make(claim, { origin: 'A.other', by: 'andi', ms: 0 }))
  expect(callFacts(db, call)).toMatchObject({ answeredBy: 'andi', answeredOrigin: 'A.other', isClaim: true })
  apply(make({ kind: 'CallEnded', on: `call:${call}`, body: { endReason: 'abandoned' } }, { ms: 8000 }))
  expect(callFacts(db, call)).toMatchObject({ answeredBy: null, answeredAt: null, endReason: 'abandoned' })
  expect(missedCalls(db, startMs).rows.map((row) => row.call)).toEqual([call])
  const answered: NewOp = { kind: 'CallAnswered', on: `call:${call}`, body: { answeredAt: startMs + 2000 } }
  apply(make(answered, { ms: 9000 }))
  expect(callFacts(db, call)).toMatchObject({
    answeredBy: 'siti',
    answeredOrigin: 'B.sample',
    answeredAt: startMs + 2000,
  })
  expect(missedCalls(db, startMs).rows).toEqual([])
})

test('every table of the state is covered by the state hash', () => {
  const folder = join(import.meta.dirname, '../migrations')
  // Of the log itself, of this desk alone, or made again from the state.
  const local = ['0003-local.sql', '0015-own-action.sql']
  const others = [...local, '0001-log.sql', '0005-search.sql', '0007-card-erased.sql', '0009-renewal.sql']
  const files = readdirSync(folder).filter((name) => !others.includes(name))
  const sql = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
  const tables = [...sql.matchAll(/CREATE TABLE (\w+)/g)].map((match) => match[1])
  expect(new Set(tables.filter((table) => table !== 'state_rules'))).toEqual(new Set(stateTables))
})
