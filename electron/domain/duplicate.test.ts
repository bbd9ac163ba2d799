import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { loadGazetteer } from '../core/gazetteer.ts'
import { loadReference, searchableTypes, type Reference } from '../core/reference.ts'
import { createBackground } from './duplicate-background.ts'
import { createDuplicateBook, type DuplicateBook } from './duplicate-book.ts'
import { createFaceMaker, type DuplicateReport, type FaceMaker, type FaceSources } from './duplicate-face.ts'
import { createTypeRules, likeness } from './duplicate-likeness.ts'
import { duplicatesPack } from './duplicate-pack.ts'

const minute = 60_000
const startAt = 1_795_486_500_000

let reference: Reference
let sources: FaceSources
let faceOf: FaceMaker
beforeAll(async () => {
  const loaded = await loadReference(resolve('resources/reference'))
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'))
  reference = loaded.reference
  const areas = dirname(createRequire(import.meta.url).resolve('idn-area-data/data/villages.csv'))
  const { villages } = await loadGazetteer(areas, '33.21')
  const { abbreviations, synonyms } = reference
  sources = { types: searchableTypes(reference), villages, abbreviations, synonyms }
  faceOf = createFaceMaker(sources)
})

const report = (facts: Partial<DuplicateReport>): DuplicateReport => ({
  at: startAt,
  number: null,
  typeCode: null,
  placeText: null,
  villageCode: null,
  lat: null,
  lon: null,
  narrative: null,
  ...facts,
})
const book = (filed: Readonly<Record<string, Partial<DuplicateReport>>>): DuplicateBook => {
  const empty = createDuplicateBook(sources, reference.duplicates)
  for (const [incident, facts] of Object.entries(filed)) empty.file(report(facts), incident)
  return empty
}

const crash = { typeCode: 'LAKA-LL', placeText: 'km 10 pantura depan pasar', villageCode: '33.21.04.2010' }
const dike = { typeCode: 'BCN-TGL', placeText: 'tanggul wulan norowito', villageCode: '33.21.09.2009' }

test.each<[string, Partial<DuplicateReport>]>([
  ['misspelt', { typeCode: 'LAKA-LL', placeText: 'dpn psr sayoeng km 10', narrative: 'tabrakan' }],
  [
    'with a related type',
    { typeCode: 'MED-DAR', placeText: 'km 10 pantura sayung', narrative: 'korban kecelakaan pingsan' },
  ],
  ['without a type, told in Javanese', { placeText: 'ngarep pasar km 10 sayung', narrative: 'ana wong tabrakan' }],
])('a crash is known again %s', (_how, facts) => {
  expect(book({ B001: crash }).suggested(report({ ...facts, at: startAt + 6 * minute }))).toEqual(['B001'])
})

test.each<[string, Partial<DuplicateReport>]>([
  ['in another district', { ...crash, placeText: 'pertigaan trengguli', villageCode: '33.21.06.2019' }],
  ['at another Km', { ...crash, placeText: 'km 19 pantura', villageCode: '33.21.05.2014' }],
  ['at the same spot ten hours later', { ...crash, at: startAt + 600 * minute }],
  ['6 km away by its coordinates', { typeCode: 'LAKA-LL', lat: -6.93, lon: 110.57 }],
])('a crash %s is another one', (_where, facts) => {
  const filed = { B001: { ...crash, lat: -6.93, lon: 110.515 } }
  expect(book(filed).suggested(report({ at: startAt + 8 * minute, ...facts }))).toEqual([])
})

test('an incident of a type that has nothing to do with it is another one, also at the same spot', () => {
  const snake = report({ ...crash, at: startAt + 5 * minute, typeCode: 'EVK-HWN', narrative: 'ular di dapur' })
  expect(book({ B001: crash }).suggested(snake)).toEqual([])
})

test('a flood reaches the next village hours later, a crash does not', () => {
  const later = { at: startAt + 150 * minute, villageCode: '33.21.09.2008', placeText: 'undaan lor karanganyar' }
  const filed = createDuplicateBook(sources, reference.duplicates)
  for (let n = 0; n < 4; n += 1) filed.file(report({ ...dike, at: startAt + n * 20 * minute }), 'B001')
  filed.file(report({ ...dike, villageCode: '33.21.09.2010', placeText: null, at: startAt + 90 * minute }), 'B001')
  expect(filed.suggested(report({ ...later, typeCode: 'BCN-BJR', narrative: 'banjir tanggul wulan' }))).toEqual([
    'B001',
  ])
  const spot = book({ B002: { ...crash, villageCode: '33.21.09.2009', placeText: null } })
  expect(spot.suggested(report({ ...later, typeCode: 'LAKA-LL' }))).toEqual([])
})

test('who called already is known by the number when nothing else is said', () => {
  const again = report({ at: startAt + 40 * minute, number: '+6281200000001', narrative: 'belum ada yang datang' })
  expect(book({ B001: { ...crash, number: '+6281200000001' } }).suggested(again)).toEqual(['B001'])
})

test('nothing known suggests nothing among several open incidents', () => {
  const filed = { B001: crash, B002: dike, B003: { typeCode: 'BKR-RMH', villageCode: '33.21.02.2007' } }
  expect(book(filed).suggested(report({ at: startAt + minute }))).toEqual([])
})

test('the likeness of two reports is the same from both sides', () => {
  const text = (...words: string[]) => fc.option(fc.constantFrom(...words))
  const any = fc.record({
    at: fc.constant(startAt),
    number: text('+6281200000001', '+6281200000002'),
    typeCode: text('LAKA-LL', 'BCN-BJR', 'BKR-RMH', 'LAIN'),
    placeText: text('km 10 pasar sayung', 'rt 3 rw 2 dekat masjid', 'trengguli', 'km 12,5'),
    villageCode: text('33.21.04.2010', '33.21.04.2011', '33.21.06.2019'),
    lat: fc.option(fc.double({ min: -7.1, max: -6.7, noNaN: true })),
    lon: fc.option(fc.double({ min: 110.4, max: 110.9, noNaN: true })),
    narrative: text('truk tangki tabrakan', 'banjir air masuk rumah', 'api di atap rumah'),
  })
  const types = createTypeRules(reference.duplicates)
  fc.assert(
    fc.property(any, any, (one, two) => {
      const [a, b] = [faceOf(one), faceOf(two)]
      const common = createBackground([{ incident: 'x', openedAt: startAt, faces: [a, b] }], types)
      const reach = types.reachOf(a)
      const [there, back] = [likeness(a, b, reach, types, common), likeness(b, a, reach, types, common)]
      expect(there.place + there.type + there.number + there.words).toBeCloseTo(
        back.place + back.type + back.number + back.words,
        9,
      )
    }),
  )
})

test('a pack with a weight, reach or key that cannot be meant is refused', () => {
  const { version, status } = { version: 1, status: 'usulan' }
  const { least, weights, reaches, related } = reference.duplicates
  const good = { pack: 'duplicates', version, status, least, weights, reaches, related }
  expect(duplicatesPack.safeParse(good).success).toBe(true)
  for (const wrong of [
    { least: 2 },
    { weights: { ...weights, place: 1 } },
    { reaches: [{ types: ['LAIN'], km: 0.6, minutes: 60, callers: 1.2 }] },
    { related: [{ types: ['LAIN'], lift: 2 }] },
    { unknown: 1 },
  ]) {
    expect(duplicatesPack.safeParse({ ...good, ...wrong }).success).toBe(false)
  }
})
