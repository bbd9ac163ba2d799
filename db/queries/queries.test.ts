import { beforeEach, expect, test } from 'vitest'
import type { CallId, IncidentId, RelayId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import type { AppliedOp } from '../apply/fact.ts'
import type { SampleWhen } from '../apply/samples.ts'
import { applySamples, opMaker, sampleDatabase, sampleId, startMs } from '../apply/samples.ts'
import type { Db } from '../open.ts'
import { alarms, waitingRelays } from './alarms.ts'
import { board } from './board.ts'
import { callFigures } from './call-figures.ts'
import { incidentMessage } from './incident-message.ts'
import { nextLabelNumber } from './label.ts'
import { missedCalls } from './missed-calls.ts'
import { numberHistory } from './number-history.ts'

const incident = (n: number) => sampleId<IncidentId>(1, n)
const relay = (n: number) => sampleId<RelayId>(3, n)
const call = (n: number) => sampleId<CallId>(4, n)
const minute = 60_000
const at = (ms: number) => ({ now: startMs + ms, limitMs: minute })

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
const open = (n: number, priority: 'P1' | 'P2' | 'P3', when?: SampleWhen) =>
  apply({ kind: 'IncidentOpened', on: `incident:${incident(n)}`, body: { label: `241126-B00${n}`, priority } }, when)
const tell = (n: number, of: number, ms: number) =>
  apply(
    {
      kind: 'RelayMade',
      on: `relay:${relay(n)}`,
      about: [`incident:${incident(of)}`],
      body: { agency: 'BPBD', channel: 'mqtt', card: `c${n}` },
    },
    { ms },
  )
type Ring = { readonly offered: number; readonly answered?: number; readonly ended?: number; readonly number?: string }
const ring = (n: number, { offered, answered, ended, number }: Ring) =>
  apply({
    kind: 'CallSeen',
    on: `call:${call(n)}`,
    body: {
      offeredAt: startMs + offered,
      ...(answered === undefined ? {} : { answeredAt: startMs + answered }),
      ...(ended === undefined ? {} : { endedAt: startMs + ended, endReason: 'abandoned' }),
    },
    personal: { number: number ?? null, numberTrust: number === undefined ? 'withheld' : 'asserted' },
  })
const setCall = (n: number, body: Extract<NewOp, { kind: 'CallFieldSet' }>['body']) =>
  apply({ kind: 'CallFieldSet', on: `call:${call(n)}`, body }, { by: 'andi' })

/** The alarms that ring so long after the start. */
const ringing = (ms: number) => alarms(db, { limitMs: minute, waitedMs: (_relay, since) => startMs + ms - since })

test('the board is sorted by priority, then age, and counts what it does not show', () => {
  open(1, 'P3', { ms: 1 })
  open(2, 'P1', { ms: 3 })
  open(3, 'P1', { ms: 2 })
  const shown = board(db, 2, at(0))
  expect(shown.rows.map((row) => row.label)).toEqual(['241126-B003', '241126-B002'])
  expect(shown).toMatchObject({ total: 3, p1: 2, overdue: 0 })
})

test('a P1 relay alarms when its minute is over, until somebody answers', () => {
  open(1, 'P1')
  tell(1, 1, 0)
  expect(ringing(minute - 1)).toEqual([])
  expect(waitingRelays(db)).toEqual([{ relay: relay(1), since: startMs }])
  expect(ringing(minute)).toMatchObject([{ relay: relay(1), agency: 'BPBD', dueAt: startMs + minute, step: 'told' }])
  expect(board(db, 50, at(minute))).toMatchObject({
    overdue: 1,
    rows: [{ overdueSince: startMs + minute, relays: [{ agency: 'BPBD', step: 'told', isOverdue: true }] }],
  })
  apply({ kind: 'CardReceived', on: `relay:${relay(1)}`, body: { card: 'c1' } })
  expect(ringing(minute)).toHaveLength(1)
  apply({ kind: 'RelayStepped', on: `relay:${relay(1)}`, body: { step: 'acknowledged' } })
  expect(ringing(minute)).toEqual([])
  expect(waitingRelays(db)).toEqual([])
})

test('an alarm ends with a refusal, a cancellation or a named person, and begins when an incident becomes P1', () => {
  const first = open(1, 'P2')
  for (const n of [1, 2, 3, 4]) tell(n, 1, n)
  expect(waitingRelays(db)).toEqual([])
  const body = { field: 'priority', value: 'P1', over: [first.id] } as unknown as Extract<
    NewOp,
    { kind: 'IncidentFieldSet' }
  >['body']
  apply({ kind: 'IncidentFieldSet', on: `incident:${incident(1)}`, body })
  expect(ringing(2 * minute).map((row) => row.relay)).toEqual([1, 2, 3, 4].map(relay))
  apply({ kind: 'RelayStepped', on: `relay:${relay(1)}`, body: { step: 'refused' } })
  const cancelled = { agency: 'BPBD', channel: 'mqtt', card: 'c9' } as const
  apply({ kind: 'RelayCancelled', on: `relay:${relay(2)}`, about: [`incident:${incident(1)}`], body: cancelled })
  apply({ kind: 'RelayAlarmHandled', on: `relay:${relay(3)}`, body: { dueAt: startMs + 3 + minute } })
  expect(ringing(2 * minute).map((row) => row.relay)).toEqual([relay(4)])
})

test('missed calls stay until somebody called back, the newest first', () => {
  ring(1, { offered: 0, ended: 8000, number: '+6281200000001' })
  ring(2, { offered: 1000, answered: 2000, ended: 9000 })
  ring(3, { offered: 2000, ended: 5000 })
  ring(4, { offered: 3000 })
  expect(missedCalls(db, startMs)).toMatchObject({
    total: 2,
    rows: [
      { call: call(3), number: null, numberTrust: 'withheld', waitedMs: 3000, followUp: 'belum', by: null },
      { call: call(1), number: '+6281200000001', waitedMs: 8000, endReason: 'abandoned' },
    ],
  })
  setCall(1, { field: 'followUp', value: 'tidak-diangkat', over: [] })
  expect(missedCalls(db, startMs).rows[1]).toMatchObject({ followUp: 'tidak-diangkat', by: 'andi' })
  setCall(3, { field: 'followUp', value: 'dihubungi', over: [] })
  expect(missedCalls(db, startMs + 60 * minute)).toMatchObject({ total: 1, rows: [{ call: call(1) }] })
})

test('the history of a number counts 30 days, without the call that rings', () => {
  const number = '+6281200000001'
  const day = 86_400_000
  open(7, 'P2')
  ring(1, { offered: 0, number })
  ring(2, { offered: -day, number })
  ring(3, { offered: -29 * day, number })
  ring(4, { offered: -31 * day, number })
  ring(5, { offered: -day, number: '+6281200000002' })
  setCall(2, { field: 'class', value: 'PRANK', over: [] })
  setCall(3, { field: 'incident', value: incident(7), over: [] })
  ring(6, { offered: -day / 2, number })
  setCall(6, { field: 'class', value: 'GHOST', over: [] })
  ring(8, { offered: -2 * day, number })
  setCall(8, { field: 'class', value: 'GHOST', over: [] })
  expect(numberHistory(db, { number, now: startMs, except: call(1) })).toEqual({
    calls: 4,
    junk: 3,
    incidents: 1,
    silent: 1,
    open: [{ incident: incident(7), label: '241126-B007' }],
  })
  const nothing = { calls: 0, junk: 0, incidents: 0, silent: 0, open: [] }
  expect(numberHistory(db, { number: null, now: startMs, except: call(1) })).toEqual(nothing)
})

test('the figures of a day count incoming calls only, and an answer is in time up to the limit', () => {
  ring(1, { offered: 0, answered: 10_000 })
  ring(2, { offered: 1000, answered: 11_001 })
  ring(3, { offered: 2000, ended: 4000 })
  ring(4, { offered: 3000 })
  ring(5, { offered: 86_400_000 })
  apply({ kind: 'CallSeen', on: `call:${call(6)}`, body: { offeredAt: startMs, direction: 'out' } })
  expect(callFigures(db, { from: startMs, to: startMs + 86_400_000, withinMs: 10_000 })).toEqual({
    calls: 4,
    answered: 2,
    answeredInTime: 1,
    missed: 1,
  })
})

test('labels count on within their desk and day, over 999 too', () => {
  const label = (n: number, text: string) =>
    apply({ kind: 'IncidentOpened', on: `incident:${incident(n)}`, body: { label: text } })
  expect(nextLabelNumber(db, '241126-B')).toBe(1)
  label(1, '241126-B009')
  label(2, '241126-AB012')
  label(3, '251126-B044')
  label(4, 'tanpa pola')
  expect(nextLabelNumber(db, '241126-B')).toBe(10)
  label(5, '241126-B999')
  label(6, '241126-B1000')
  expect(nextLabelNumber(db, '241126-B')).toBe(1001)
})

test('the first label of a new epoch leaves room for 100 that were lost, on the day of the loss only', () => {
  const key = (epoch: number, origin: string) =>
    db
      .prepare(`INSERT INTO own_key (epoch, site, member, origin, seed, opened_at) VALUES (?, 'uji', 'B', ?, x'00', ?)`)
      .run(epoch, origin, startMs)
  key(1, 'B.first')
  const label = (n: number, text: string, origin: string) =>
    apply({ kind: 'IncidentOpened', on: `incident:${incident(n)}`, body: { label: text } }, { origin })
  label(1, '241126-B007', 'B.first')
  expect(nextLabelNumber(db, '241126-B')).toBe(8)
  key(2, 'B.second')
  expect(nextLabelNumber(db, '241126-B')).toBe(108)
  expect(nextLabelNumber(db, '251126-B')).toBe(1)
  label(2, '241126-B108', 'B.second')
  expect(nextLabelNumber(db, '241126-B')).toBe(109)
})

test('the message quotes the first caller who gave a fact and every village anybody gave', () => {
  open(1, 'P1')
  const report = (n: number) => sampleId<string>(2, n)
  const on = `incident:${incident(1)}`
  const set = (value: string, origin: string, ms: number) =>
    apply({ kind: 'IncidentFieldSet', on, body: { field: 'village', over: [] }, personal: { value } }, { origin, ms })
  set('33.21.04.2001', 'B.sample', 5000)
  set('Sriwulan', 'A.other', 4000)
  for (const [n, name] of [
    [1, null],
    [2, 'Bu Sri'],
    [3, 'Pak Joko'],
  ] as const) {
    apply({ kind: 'ReportAdded', on: `report:${report(n)}`, body: { incident: incident(1), call: null } } as NewOp)
    const part = { body: { field: 'name', over: [] }, personal: { value: name } } as const
    apply({ kind: 'ReportFieldSet', on: `report:${report(n)}`, ...part } as unknown as NewOp)
  }
  expect(incidentMessage(db, incident(1))).toMatchObject({
    label: '241126-B001',
    priority: 'P1',
    village: '33.21.04.2001',
    villages: ['33.21.04.2001', 'Sriwulan'],
    name: 'Bu Sri',
    callback: null,
  })
})
