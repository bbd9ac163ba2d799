import { expect, test } from 'vitest'
import type { CallId, IncidentId, RelayId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import { applySamples, opMaker, sampleDatabase, sampleId, startMs } from '../apply/samples.ts'
import { dailyLogRows } from './daily-log.ts'

const incident = (n: number) => sampleId<IncidentId>(1, n)
const relay = sampleId<RelayId>(3, 1)
const call = (n: number) => sampleId<CallId>(4, n)
const day = { from: startMs, to: startMs + 86_400_000 }

test('a day holds every call, answered or not, with its incident, and incidents that came without a call', () => {
  const db = sampleDatabase()
  const make = opMaker()
  const ring = (n: number, offered: number, more: object = {}): NewOp => ({
    kind: 'CallSeen',
    on: `call:${call(n)}`,
    body: { offeredAt: startMs + offered, dialled: '113', ...more },
    personal: { number: '+6281200000001', numberTrust: 'asserted' },
  })
  const opened = (n: number): NewOp => ({
    kind: 'IncidentOpened',
    on: `incident:${incident(n)}`,
    body: { label: `241126-B00${n}`, type: 'BKR-RMH', priority: 'P1', source: 'walk-in' },
  })
  const made = { agency: 'DAMKAR', channel: 'phone', card: 'c1' } as const
  const acknowledged = { step: 'acknowledged', readBack: true } as const
  const changes: [NewOp, number][] = [
    [ring(1, -1), 0],
    [ring(2, 0, { endedAt: startMs + 9000, endReason: 'abandoned' }), 10_000],
    [
      { ...ring(3, 1000, { answeredAt: startMs + 4000, endedAt: startMs + 64_000 }), kind: 'CallAnswered' } as NewOp,
      64_000,
    ],
    [{ kind: 'CallFieldSet', on: `call:${call(3)}`, body: { field: 'class', value: 'DARURAT', over: [] } }, 65_000],
    [
      { kind: 'CallFieldSet', on: `call:${call(3)}`, body: { field: 'incident', value: incident(1), over: [] } },
      66_000,
    ],
    [opened(1), 5000],
    [{ kind: 'RelayMade', on: `relay:${relay}`, about: [`incident:${incident(1)}`], body: made }, 20_000],
    [{ kind: 'RelayStepped', on: `relay:${relay}`, body: acknowledged }, 50_000],
    [{ kind: 'NoteAdded', on: `incident:${incident(1)}`, body: {}, personal: { text: 'api padam' } }, 60_000],
    [opened(2), 2000],
    [ring(4, 86_400_000), 86_400_000],
  ]
  const ops = changes.map(([change, ms]) => make(change, { ms }))
  expect(applySamples(db, ops)).toEqual([])
  expect(dailyLogRows(db, day)).toMatchObject([
    {
      call: { offeredAt: startMs, answeredAt: null, desk: null, operator: null, source: '113', class: null },
      incident: null,
      recordState: 'confirmed',
    },
    {
      call: { answeredAt: startMs + 4000, desk: 'B', operator: 'siti', number: '+6281200000001', class: 'DARURAT' },
      incident: {
        label: '241126-B001',
        desk: 'B',
        operator: 'siti',
        status: 'diterima',
        lastNote: 'api padam',
        relays: [{ agency: 'DAMKAR', toldAt: startMs + 20_000, acknowledgedAt: startMs + 50_000, doneAt: null }],
      },
    },
    { call: null, incident: { label: '241126-B002', source: 'walk-in', openedAt: startMs + 2000, relays: [] } },
  ])
})

test('the call of a merged incident bears the number of its root and DUPLIKAT, and its relays stay its own', () => {
  const db = sampleDatabase()
  const make = opMaker()
  const opened = (n: number): NewOp => ({
    kind: 'IncidentOpened',
    on: `incident:${incident(n)}`,
    body: { label: `241126-B00${n}`, type: 'BCN-BJR', priority: 'P1' },
  })
  const ring = (n: number): NewOp[] => [
    { kind: 'CallAnswered', on: `call:${call(n)}`, body: { offeredAt: startMs + n } },
    { kind: 'CallFieldSet', on: `call:${call(n)}`, body: { field: 'incident', value: incident(n), over: [] } },
  ]
  const made = { agency: 'BPBD', channel: 'mqtt', card: 'c1' } as const
  const changes: NewOp[] = [
    ...[1, 2].flatMap((n) => [...ring(n), opened(n)]),
    opened(3),
    { kind: 'RelayMade', on: `relay:${relay}`, about: [`incident:${incident(2)}`], body: made },
    ...[2, 3].map((n): NewOp => ({
      kind: 'IncidentFieldSet',
      on: `incident:${incident(n)}`,
      body: { field: 'mergedInto', value: incident(1), over: [], saw: {} },
    })),
  ]
  expect(
    applySamples(
      db,
      changes.map((change) => make(change)),
    ),
  ).toEqual([])
  const rows = dailyLogRows(db, day).map((row) => ({
    label: row.incident?.label,
    hasCall: row.call !== null,
    status: row.incident?.status,
    disposition: row.incident?.disposition,
    relays: row.incident?.relays.length,
  }))
  expect(rows).toEqual([
    { label: '241126-B001', hasCall: true, status: 'diteruskan', disposition: null, relays: 0 },
    { label: '241126-B001', hasCall: true, status: 'duplikat', disposition: 'DUPLIKAT', relays: 1 },
    { label: '241126-B001', hasCall: false, status: 'duplikat', disposition: 'DUPLIKAT', relays: 0 },
  ])
})
