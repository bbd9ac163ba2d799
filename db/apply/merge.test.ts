import { beforeEach, expect, test } from 'vitest'
import type { IncidentId, OpId, RelayId, ReportId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import type { Db } from '../open.ts'
import type { AppliedOp } from './fact.ts'
import { applySamples, opMaker, sampleDatabase, sampleId, type SampleWhen } from './samples.ts'

const id = (n: number) => sampleId<IncidentId>(1, n)
type Row = {
  readonly root: string | null
  readonly status: string
  readonly report_count: number
  readonly last_note: string | null
  readonly has_news: number
  readonly has_conflict: number
  readonly is_on_board: number
  readonly is_umbrella: number
}

let db: Db
let make: ReturnType<typeof opMaker>
beforeEach(() => {
  db = sampleDatabase()
  make = opMaker()
})
const apply = (change: NewOp, when?: SampleWhen): AppliedOp => {
  const op = make(change, when)
  expect(applySamples(db, [op])).toEqual([])
  return op
}
const open = (n: number, priority: 'P1' | 'P2' = 'P2') =>
  apply({ kind: 'IncidentOpened', on: `incident:${id(n)}`, body: { label: `241126-B00${n}`, priority } })
const set = (n: number, body: Extract<NewOp, { kind: 'IncidentFieldSet' }>['body'], when?: SampleWhen) =>
  apply({ kind: 'IncidentFieldSet', on: `incident:${id(n)}`, body }, when)
const merge = (n: number, into: number | null, over: readonly AppliedOp[] = [], saw: Record<string, number> = {}) =>
  set(n, {
    field: 'mergedInto',
    value: into === null ? null : id(into),
    over: over.map((op) => op.id as OpId),
    saw,
  })
const report = (n: number, m: number, when?: SampleWhen) =>
  apply({ kind: 'ReportAdded', on: `report:${sampleId<ReportId>(2, m)}`, body: { incident: id(n), call: null } }, when)
const note = (n: number, text: string, when?: SampleWhen) =>
  apply({ kind: 'NoteAdded', on: `incident:${id(n)}`, body: {}, personal: { text } }, when)
const relay = (n: number, m: number) =>
  apply({
    kind: 'RelayMade',
    on: `relay:${sampleId<RelayId>(3, m)}`,
    about: [`incident:${id(n)}`],
    body: { agency: 'BPBD', channel: 'mqtt', card: `c${m}` },
  })
const row = (n: number) => db.prepare<[string], Row>('SELECT * FROM incident WHERE incident = ?').get(id(n))!
const alarmOf = (m: number) =>
  db
    .prepare<[string], { since: number | null }>('SELECT alarm_since AS since FROM relay WHERE relay = ?')
    .get(sampleId(3, m))!.since

test('the root shows reports, notes and relays of all, the absorbed one leaves the board', () => {
  for (const n of [1, 2, 3]) open(n)
  report(1, 1)
  report(2, 2)
  report(3, 3)
  report(3, 4)
  relay(3, 1)
  merge(2, 1)
  merge(3, 2)
  note(3, 'air naik')
  expect(row(1)).toMatchObject({ root: null, report_count: 4, last_note: 'air naik', status: 'diteruskan' })
  for (const n of [2, 3]) expect(row(n)).toMatchObject({ root: id(1), status: 'duplikat', is_on_board: 0 })
  expect(row(3).report_count).toBe(2)
})

test('taking a merge back restores both', () => {
  open(1)
  open(2)
  report(1, 1)
  report(2, 2)
  relay(2, 1)
  const [first, second] = [row(1), row(2)]
  const link = merge(2, 1)
  expect(row(1)).toMatchObject({ report_count: 2, status: 'diteruskan' })
  merge(2, null, [link])
  expect(row(1)).toEqual({ ...first, activity: expect.anything() as string })
  expect(row(2)).toEqual({ ...second, activity: expect.anything() as string })
})

test('of a cycle the smallest id is the root', () => {
  for (const n of [3, 2, 1, 4]) open(n)
  merge(3, 2)
  merge(2, 1)
  merge(4, 3)
  merge(1, 3)
  expect(row(1).root).toBe(null)
  expect([2, 3, 4].map((n) => row(n).root)).toEqual([id(1), id(1), id(1)])
})

test('an incident that was merged into one nobody knows yet stays on the board until that one comes', () => {
  open(2)
  merge(2, 1)
  expect(row(2)).toMatchObject({ root: null, status: 'baru', is_on_board: 1 })
  open(1)
  expect(row(2)).toMatchObject({ root: id(1), is_on_board: 0 })
})

test('a merge into itself is none', () => {
  open(1)
  merge(1, 1)
  expect(row(1)).toMatchObject({ root: null, is_on_board: 1 })
})

test('two desks that merge one incident into different ones make a conflict that the root shows', () => {
  for (const n of [1, 2, 3]) open(n)
  merge(3, 1)
  merge(3, 2)
  expect(row(2)).toMatchObject({ root: null, has_conflict: 1 })
  expect(row(3).root).toBe(id(2))
  expect(row(1).has_conflict).toBe(0)
})

test('a report that the merging person had not seen is news on the root', () => {
  open(1)
  open(2)
  const other = { origin: 'C.other' }
  report(2, 1, other)
  merge(2, 1, [], { 'C.other': 1 })
  expect(row(1)).toMatchObject({ has_news: 0, is_on_board: 1 })
  report(2, 2, other)
  expect(row(1).has_news).toBe(1)
  expect(row(2)).toMatchObject({ has_news: 1, is_on_board: 0 })
})

test('an open incident that is merged into a closed one brings that one back to the board', () => {
  open(1)
  open(2)
  set(1, { field: 'decision', value: 'closed', over: [], saw: { 'B.sample': 2 } })
  expect(row(1).is_on_board).toBe(0)
  report(2, 1, { origin: 'C.other' })
  merge(2, 1)
  expect(row(1)).toMatchObject({ status: 'ditutup', has_news: 1, is_on_board: 1 })
})

test('a relay alarms by the more urgent of its incident and the root', () => {
  open(1, 'P1')
  open(2, 'P2')
  relay(2, 1)
  expect(alarmOf(1)).toBe(null)
  const link = merge(2, 1)
  expect(alarmOf(1)).not.toBe(null)
  merge(2, null, [link])
  expect(alarmOf(1)).toBe(null)
})

test('only an open incident that stands for itself is an umbrella', () => {
  open(1)
  open(2)
  set(2, { field: 'umbrella', value: 'on', over: [] })
  expect(row(2).is_umbrella).toBe(1)
  merge(2, 1)
  expect(row(2).is_umbrella).toBe(0)
})
