// Incidents are found by everything that is known of them, the newest first, and no longer by what was struck or erased.
import { beforeEach, expect, test } from 'vitest'
import { chosenTerms, findTerms } from '#domain/find-incident.ts'
import type { IncidentId, ReportId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import type { AppliedOp } from '../apply/fact.ts'
import { emptyFindIndex, indexIncident } from '../apply/find-index.ts'
import { rebuild } from '../apply/rebuild.ts'
import { applySamples, opMaker, sampleDatabase, sampleId, startMs } from '../apply/samples.ts'
import type { Db } from '../open.ts'
import { findIncidents, type FindIncidents } from './find-incidents.ts'

const names = { types: [], villages: [], districts: [] }
const incident = (n: number) => sampleId<IncidentId>(1, n)
const report = (n: number) => sampleId<ReportId>(2, n)
const on = (n: number) => `incident:${incident(n)}`

let db: Db
let make: ReturnType<typeof opMaker>
let ops: AppliedOp[]
beforeEach(() => {
  db = sampleDatabase()
  make = opMaker()
  ops = []
})
function apply(change: NewOp, ms?: number): AppliedOp {
  const op = make(change, ms === undefined ? {} : { ms })
  ops.push(op)
  expect(applySamples(db, [op])).toEqual([])
  return op
}
const open = (n: number, ms: number) =>
  apply({ kind: 'IncidentOpened', on: on(n), body: { label: `241126-B00${n}`, priority: 'P1' } }, ms)
const set = (n: number, field: 'landmark' | 'village' | 'text', value: string, over: AppliedOp[] = []) =>
  apply({
    kind: 'IncidentFieldSet',
    on: on(n),
    body: { field, over: over.map(({ id }) => id as never) },
    personal: { value },
  })
const tell = (n: number, field: 'name' | 'callback' | 'words', value: string) =>
  apply({ kind: 'ReportFieldSet', on: `report:${report(n)}`, body: { field, over: [] }, personal: { value } })
const close = (n: number) =>
  apply({
    kind: 'IncidentFieldSet',
    on: on(n),
    body: { field: 'decision', over: [], value: 'closed', disposition: 'TERTANGANI', saw: { 'B.sample': 99 } },
  })

function find(text: string, more: Partial<FindIncidents> = {}): string[] {
  for (let n = 1; n <= 9; n += 1) indexIncident(db, incident(n))
  const asked = { state: 'all', from: null, to: null, after: null, limit: 50, terms: findTerms(text, names), ...more }
  return findIncidents(db, asked as FindIncidents).rows.map(({ label }) => label.slice(-1))
}

test('an incident is found by label, place, words, name, number and note', () => {
  open(1, 0)
  open(2, 1000)
  set(1, 'landmark', 'depan Pasar Sayung')
  apply({ kind: 'ReportAdded', on: `report:${report(1)}`, body: { incident: incident(1) } })
  tell(1, 'name', 'Bambang Suryanto')
  tell(1, 'words', 'truk nyenggol motor')
  tell(1, 'callback', '+6281200004486')
  apply({ kind: 'NoteAdded', on: on(1), body: {}, personal: { text: 'korban berhelm' } })
  for (const text of ['B001', 'b 001', 'pasar say', 'suryanto', 'nyenggol', '0812-0000-4486', 'helm berhelm']) {
    expect([text, find(text)]).toEqual([text, text.startsWith('helm') ? [] : ['1']])
  }
  expect(find('berhelm')).toEqual(['1'])
  expect(find('')).toEqual(['2', '1'])
})

test('a changed value takes the place of the old one, both sides of a conflict are found', () => {
  open(1, 0)
  const first = set(1, 'landmark', 'dekat balai desa')
  set(1, 'landmark', 'dekat masjid', [first])
  expect([find('balai'), find('masjid')]).toEqual([[], ['1']])
  set(1, 'landmark', 'dekat tambak', [first])
  expect([find('masjid'), find('tambak')]).toEqual([['1'], ['1']])
})

test('a struck note and an erased personal part leave the index, and their words leave its vocabulary', () => {
  open(1, 0)
  const note = apply({ kind: 'NoteAdded', on: on(1), body: {}, personal: { text: 'rahasiasatu' } })
  set(1, 'landmark', 'rahasiadua')
  apply({ kind: 'NoteStruck', on: on(1), body: { note: note.id as never } })
  expect([find('rahasiasatu'), find('rahasiadua')]).toEqual([[], ['1']])
  const erased = ops.map((op) => ({ ...op, personal: null }))
  rebuild(db, on(1), () => erased)
  expect(find('rahasiadua')).toEqual([])
  db.exec("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'incident_index', 'row')")
  const words = db.prepare('SELECT term FROM vocabulary').all() as { term: string }[]
  expect(words.filter(({ term }) => term.startsWith('rahasia'))).toEqual([])
  expect(find('B001')).toEqual(['1'])
})

test('open and closed, days and places narrow what is found', () => {
  open(1, 0)
  open(2, 1000)
  set(2, 'village', '33.21.04.2005')
  close(1)
  expect([find('', { state: 'open' }), find('', { state: 'closed' })]).toEqual([['2'], ['1']])
  expect([find('b00', { state: 'open' }), find('b00', { state: 'closed' })]).toEqual([['2'], ['1']])
  expect(find('', { from: startMs + 500 })).toEqual(['2'])
  expect(find('b00', { to: startMs + 500 })).toEqual(['1'])
  const terms = chosenTerms({ type: null, place: '33.21.04', priority: 'P1' })
  expect(find('', { terms })).toEqual(['2'])
})

test('pages follow each other without a gap, also among incidents of one millisecond', () => {
  for (let n = 1; n <= 9; n += 1) open(n, n < 5 ? 0 : n)
  find('')
  const seen: string[] = []
  let after: number | null = null
  do {
    const page = findIncidents(db, { terms: [], state: 'all', from: null, to: null, after, limit: 2 })
    seen.push(...page.rows.map(({ label }) => label.slice(-1)))
    after = page.next
  } while (after !== null)
  expect([...seen].sort().join('')).toBe('123456789')
  expect(seen.slice(0, 5)).toEqual(['9', '8', '7', '6', '5'])
})

test('the index made again finds the same', () => {
  open(1, 0)
  open(2, 0)
  set(2, 'text', 'banjir satu meter')
  find('')
  const words = () => db.prepare('SELECT * FROM incident_text ORDER BY doc').all()
  const before = words()
  emptyFindIndex(db)
  expect(words()).toEqual([])
  for (const n of [2, 1]) rebuild(db, on(n), (_db, aggregate) => ops.filter((op) => op.on === aggregate))
  expect(find('meter')).toEqual(['2'])
  expect(words().length).toBe(before.length)
  // Which of two incidents of one millisecond has which number may differ; what they are found by may not.
  expect(
    words()
      .map((row) => (row as { words: string }).words)
      .sort(),
  ).toEqual(before.map((row) => (row as { words: string }).words).sort())
})
