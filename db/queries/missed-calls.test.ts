import { beforeEach, expect, test } from 'vitest'
import type { CallId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import { applySamples, opMaker, sampleDatabase, sampleId, startMs, type SampleWhen } from '../apply/samples.ts'
import type { Db } from '../open.ts'
import { calledBackMs, missedCalls, missedWith } from './missed-calls.ts'

const call = (n: number) => sampleId<CallId>(4, n)
const slamet = '+6281200000001'
const minute = 60_000
let db: Db
let make: ReturnType<typeof opMaker>
beforeEach(() => {
  db = sampleDatabase()
  make = opMaker()
})
const apply = (change: NewOp, when?: SampleWhen) => applySamples(db, [make(change, when)])

type Ring = {
  readonly at: number
  readonly number?: string | null
  readonly answered?: boolean
  readonly out?: boolean
}
function ring(n: number, { at, number = slamet, answered = false, out = false }: Ring): void {
  const times = {
    offeredAt: startMs + at,
    endedAt: startMs + at + 8_000,
    ...(answered ? { answeredAt: startMs + at } : {}),
  }
  apply({
    kind: 'CallSeen',
    on: `call:${call(n)}`,
    body: { ...times, endReason: 'abandoned', direction: out ? 'out' : 'in' },
    personal: { number, numberTrust: number === null ? 'withheld' : 'asserted' },
  })
}
function setCall(n: number, body: object, when: SampleWhen): void {
  const op = { kind: 'CallFieldSet', on: `call:${call(n)}`, body: { over: [], ...body } } as unknown as NewOp
  apply(op, when)
}
const followUp = (n: number, value: string, when: SampleWhen) => setCall(n, { field: 'followUp', value }, when)

test('several missed calls of a number are one row with their count; withheld numbers stay apart', () => {
  ring(1, { at: 0 })
  ring(2, { at: minute })
  ring(3, { at: 2 * minute, number: null })
  ring(4, { at: 3 * minute, number: null })
  const { total, rows } = missedCalls(db, startMs + 4 * minute)
  expect(total).toBe(4)
  expect(rows.map((row) => [row.call, row.count])).toEqual([
    [call(4), 1],
    [call(3), 1],
    [call(2), 2],
  ])
  expect(missedWith(db, { call: call(2), now: startMs }).toSorted()).toEqual([call(1), call(2)])
  expect(missedWith(db, { call: call(3), now: startMs })).toEqual([call(3)])
})

test('a call that is being called back is still seen, with who and when, and goes after half an hour', () => {
  ring(1, { at: 0 })
  followUp(1, 'dihubungi', { ms: 10 * minute, by: 'andi' })
  expect(missedCalls(db, startMs + 11 * minute)).toMatchObject({
    total: 0,
    rows: [{ call: call(1), followUp: 'dihubungi', by: 'andi', followUpAt: startMs + 10 * minute, others: [] }],
  })
  expect(missedCalls(db, startMs + 10 * minute + calledBackMs).rows).toEqual([])
  followUp(1, 'dihubungi', { ms: 11 * minute, by: 'siti', origin: 'A.other' })
  expect(missedCalls(db, startMs + 12 * minute).rows[0]).toMatchObject({ by: 'siti', others: ['andi'] })
})

test('a caller who was connected since is told as reached', () => {
  ring(1, { at: 0 })
  expect(missedCalls(db, startMs + minute).rows[0]).toMatchObject({ reachedAt: null })
  ring(2, { at: 5 * minute, answered: true })
  expect(missedCalls(db, startMs + 6 * minute).rows[0]).toMatchObject({
    call: call(1),
    reachedAt: startMs + 5 * minute,
  })
})

test('a second silent call of a number within 24 h is a row of its own until it is settled', () => {
  const hour = 60 * minute
  const ghost = (n: number) => setCall(n, { field: 'class', value: 'GHOST' }, { ms: 30 * hour })
  for (const [n, at] of [
    [1, 0],
    [2, 10 * hour],
    [3, 20 * hour],
  ] as const) {
    ring(n, { at, answered: true })
    ghost(n)
  }
  ring(4, { at: 20 * hour, answered: true, number: '+6281200000009' })
  ghost(4)
  expect(missedCalls(db, startMs + 21 * hour)).toMatchObject({
    silent: 1,
    rows: [{ kind: 'silent', call: call(3), number: slamet, count: 3 }],
  })
  expect(missedCalls(db, startMs + 33 * hour)).toMatchObject({ silent: 1, rows: [{ count: 2 }] })
  expect(missedCalls(db, startMs + 35 * hour)).toMatchObject({ silent: 0, rows: [] })
  followUp(3, 'selesai', { ms: 31 * hour })
  expect(missedCalls(db, startMs + 31 * hour)).toMatchObject({ silent: 0, rows: [] })
})
