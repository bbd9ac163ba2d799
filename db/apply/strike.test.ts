// What a struck entry means for the rows: taken out whatever came first, never taken out of what machines said.
import { expect, test } from 'vitest'
import type { CallId, IncidentId, OpId, RelayId, ReportId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import { prepared } from '../open.ts'
import { applySamples, opMaker, sampleDatabase, sampleId } from './samples.ts'

const incident = sampleId<IncidentId>(1, 1)
const report = sampleId<ReportId>(2, 1)
const relay = sampleId<RelayId>(3, 1)
const call = sampleId<CallId>(4, 1)
const opened: NewOp = {
  kind: 'IncidentOpened',
  on: `incident:${incident}`,
  body: { label: '241126-B001', priority: 'P1' },
}
const made: NewOp = {
  kind: 'RelayMade',
  on: `relay:${relay}`,
  about: [`incident:${incident}`],
  body: { agency: 'BPBD', channel: 'phone', card: 'c1' },
}
const strike = (on: string, entry: string): NewOp => ({
  kind: 'EntryStruck',
  on,
  body: { entry: entry as OpId },
  personal: { reason: 'salah' },
})
const row = (db: ReturnType<typeof sampleDatabase>, table: 'relay' | 'incident' | 'call') =>
  prepared<Record<string, unknown>>(db, `SELECT * FROM ${table}`).get()

test('a struck step counts no more, also when the strike comes first', () => {
  for (const isEarly of [false, true]) {
    const db = sampleDatabase()
    const make = opMaker()
    const [first, second, stepped] = [
      make(opened),
      make(made),
      make({ kind: 'RelayStepped', on: `relay:${relay}`, body: { step: 'done' }, personal: { person: 'Budi' } }),
    ]
    const struck = make(strike(`relay:${relay}`, stepped.id))
    applySamples(db, isEarly ? [struck, first, second] : [first, second, stepped])
    applySamples(db, isEarly ? [stepped] : [struck])
    expect(row(db, 'relay')).toMatchObject({ step: 'told', done_at: null, person: null, activity: '{"B.sample":4}' })
    expect(row(db, 'incident')).toMatchObject({ status: 'diteruskan' })
  }
})

test('a closed incident comes back on the board when a step that its closer saw is struck, not when he never saw it', () => {
  for (const hasSeen of [true, false]) {
    const db = sampleDatabase()
    const make = opMaker()
    const begun = [make(opened), make(made)]
    const stepped = make({ kind: 'RelayStepped', on: `relay:${relay}`, body: { step: 'done' } }, { origin: 'A.one' })
    const saw = { 'B.sample': 2, ...(hasSeen ? { 'A.one': 1 } : {}) }
    const body = { field: 'decision', value: 'closed', over: [] as OpId[], saw, disposition: 'TERTANGANI' } as const
    const closed = make({ kind: 'IncidentFieldSet', on: `incident:${incident}`, body })
    applySamples(db, [...begun, stepped, closed, make(strike(`relay:${relay}`, stepped.id), { origin: 'A.one' })])
    expect(row(db, 'incident')).toMatchObject({ status: 'ditutup', has_news: hasSeen ? 1 : 0 })
  }
})

test('a struck report leaves the sum and the search, and its own words stay on record', () => {
  const db = sampleDatabase()
  const make = opMaker()
  const added = make({
    kind: 'ReportAdded',
    on: `report:${report}`,
    about: [`incident:${incident}`],
    body: { incident },
  })
  applySamples(db, [make(opened), added])
  expect(row(db, 'incident')).toMatchObject({ report_count: 1 })
  applySamples(db, [make(strike(`report:${report}`, added.id))])
  expect(row(db, 'incident')).toMatchObject({ report_count: 0, activity: '{"B.sample":3}' })
  expect(prepared(db, 'SELECT 1 FROM report_added').all()).toHaveLength(1)
  expect(prepared(db, 'SELECT 1 FROM report_counted').all()).toHaveLength(0)
})

test("what the exchange and the agency's program said cannot be struck; a contact by hand can", () => {
  const db = sampleDatabase()
  const make = opMaker()
  const rung = make({ kind: 'CallSeen', on: `call:${call}`, body: { offeredAt: 1 }, personal: {} })
  const received = make({ kind: 'CardReceived', on: `relay:${relay}`, body: { card: 'c1' } })
  applySamples(db, [make(made), rung, received])
  applySamples(db, [make(strike(`call:${call}`, rung.id)), make(strike(`relay:${relay}`, received.id))])
  expect(row(db, 'call')).toMatchObject({ offered_at: 1 })
  expect(row(db, 'relay')).toMatchObject({ step: 'received' })
  const other = sampleDatabase()
  const contact = make({ kind: 'ContactTaken', on: `call:${call}`, body: { source: 'whatsapp' }, personal: {} })
  applySamples(other, [contact, make(strike(`call:${call}`, contact.id))])
  expect(row(other, 'call')).toBeUndefined()
})
