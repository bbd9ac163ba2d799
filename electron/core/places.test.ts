// The places of Demak with the packs of the program: what is found, what Enter would not take, and packs that are refused.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queries } from '#contract/queries.ts'
import { createPlaceIndex, type PlaceIndex } from '#domain/place-index.ts'
import { searchPlaces } from '#domain/place-search.ts'
import { villageLabel, type Gazetteer, type Landmarks } from '#domain/place.ts'
import { plainText, searchKey } from '#domain/search-text.ts'
import { loadGazetteer } from './gazetteer.ts'
import { loadLandmarks } from './landmarks.ts'
import { gazetteerRows, loadReference, type Reference } from './reference.ts'

const packs = fileURLToPath(new URL('../../resources/reference', import.meta.url))
const areaData = dirname(createRequire(import.meta.url).resolve('idn-area-data/data/villages.csv'))

let reference: Reference
let gazetteer: Gazetteer
let landmarks: Landmarks
let index: PlaceIndex
let folder: string

beforeAll(async () => {
  const loaded = await loadReference(packs)
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'))
  reference = loaded.reference
  gazetteer = await loadGazetteer(areaData, '33.21')
  const found = await loadLandmarks(packs, null, gazetteer)
  expect(found.refused).toEqual([])
  landmarks = found.landmarks
  index = createPlaceIndex(gazetteer, landmarks, reference.abbreviations)
  folder = await mkdtemp(join(tmpdir(), 'meja-places-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const first = (typed: string) => searchPlaces(index, typed).places[0]

describe('finding a village of Demak', () => {
  it.each([
    ['bintoro demak', 'Bintoro, Demak'],
    ['sayung sriwulan', 'Sriwulan, Sayung'],
    ['srwulan', 'Sriwulan, Sayung'],
    ['sriwulna', 'Sriwulan, Sayung'],
    ['krg. rejo wonosalam', 'Karangrejo, Wonosalam'],
    ['karang anyar', 'Karanganyar, Karanganyar'],
    ['kr anyar', 'Karanganyar, Karanganyar'],
    ['kdg mutih', 'Kedungmutih, Wedung'],
    ['Boenderan', 'Bunderan, Wonosalam'],
    ['Djatirogo', 'Jatirogo, Bonang'],
    ['rt 3 rw 2 ds. loireng kec. sayung kab. demak', 'Loireng, Sayung'],
    ['morodmak', 'Morodemak, Bonang'],
    ['betah walang', 'Betahwalang, Bonang'],
    ['timbul sloko', 'Timbulsloko, Sayung'],
    ['rejosari karangawen', 'Rejosari, Karangawen'],
    ['rejosari mijen', 'Rejosari, Mijen'],
    ['pilang wetan', 'Pilangwetan, Kebonagung'],
    ['tlogorjo guntur', 'Tlogorejo, Guntur'],
    ['kedung waru lor', 'Kedungwaru Lor, Karanganyar'],
    ['undaan kdl', 'Undaan Kidul, Karanganyar'],
    ['mijen', 'Mijen, Mijen'],
    ['mijen kebonagung', 'Mijen, Kebonagung'],
  ])('%s', (typed, expected) => {
    expect(first(typed)?.label).toBe(expected)
  })

  it('puts every village first when its own label is typed', () => {
    for (const village of gazetteer.villages) {
      expect(first(villageLabel(village))?.code).toBe(village.code)
    }
  })

  it('still offers a village after one slip of the finger in its name', () => {
    const slip = fc.record({
      village: fc.constantFrom(...gazetteer.villages.filter(({ name }) => name.length >= 6)),
      where: fc.nat(),
      kind: fc.constantFrom('drop', 'double', 'swap'),
    })
    fc.assert(
      fc.property(slip, ({ village: { code, name }, where, kind }) => {
        const at = 1 + (where % (name.length - 2))
        const typed = {
          drop: name.slice(0, at) + name.slice(at + 1),
          double: name.slice(0, at) + name.charAt(at) + name.slice(at),
          swap: name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2),
        }[kind]
        // A slip that happens to make an old spelling ("Doeng" for Doreng) means another name.
        fc.pre(searchKey(typed) === plainText(typed))
        expect(searchPlaces(index, typed).places.map((found) => found.code)).toContain(code)
      }),
      { numRuns: 400 },
    )
  })
})

describe('finding other places', () => {
  it.each([
    ['kec sayung', 'Kecamatan Sayung', 'district', '33.21.04'],
    ['polsek karangtengah', 'Kecamatan Karangtengah', 'district', '33.21.05'],
    ['depan pasar sayung', 'Pasar Sayung (Sayung, Sayung)', 'landmark', '33.21.04.2010'],
    ['mesjid agung dmk', 'Masjid Agung Demak (Bintoro, Demak)', 'landmark', '33.21.11.1018'],
    ['exit tol sayung', 'Exit Tol Sayung (Sayung)', 'landmark', '33.21.04'],
    ['dukuh norowito', 'Norowito (Ketanjung, Karanganyar)', 'landmark', '33.21.09.2009'],
    ['km 12 pantura', 'Km 12 Pantura (dekat Loireng, Sayung)', 'km', '33.21.04.2009'],
    ['jl. pantoera km. 12,5', 'Km 12,5 Pantura, Bundaran Loireng (Loireng, Sayung)', 'km', '33.21.04.2009'],
    ['pantura km 11', 'Km 11 Pantura (dekat Sayung)', 'km', '33.21.04'],
    ['km 30 pantura', 'Km 30 Pantura', 'km', null],
    ['alun2 demak', 'Alun-alun Demak (Bintoro, Demak)', 'landmark', '33.21.11.1018'],
    ['kracaan', 'Pertigaan Kracaan', 'landmark', null],
  ])('%s', (typed, label, precision, code) => {
    expect(first(typed)).toMatchObject({ label, precision, code })
    expect(searchPlaces(index, typed).weak).toBe(false)
  })

  it('lists a district with its villages, and every namesake with its district', () => {
    const sayung = searchPlaces(index, 'kecamatan sayung', 30).places.map(({ code }) => code)
    expect(sayung).toContain('33.21.04.2011')
    const rejosari = searchPlaces(index, 'rejosari', 3).places.map(({ label }) => label)
    expect(rejosari).toEqual(['Rejosari, Karangawen', 'Rejosari, Karangtengah', 'Rejosari, Mijen'])
  })
})

describe('what Enter does not take', () => {
  it.each([
    '',
    '...',
    'rt 3 rw 2',
    'asdfgh',
    'tidak tahu',
    'rumah saya',
    'pasar',
    'Surabaya',
    'Semarang Tengah',
    'Semarang',
    'kota semarang',
    'genuk semarang',
    'Jepara',
    'Kudus',
    'Purwodadi',
    'Bandung',
    'sidorejo salatiga',
    'Jakarta Pusat',
    '🚒',
    '\u202eexe',
  ])('%s', (typed) => {
    expect(searchPlaces(index, typed).weak).toBe(true)
  })

  it.each([
    'sriwulna',
    'srwlan',
    'wanasalam',
    'timbulsloka',
    'sayungsriwulan',
    'ds.kalisari kec.sayung',
    'dekat masjid sriwulan demak',
  ])('but it takes %s', (typed) => {
    expect(searchPlaces(index, typed).weak).toBe(false)
  })
})

it('never throws, never repeats a place and keeps the limit, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 1, max: 15 }), (text, limit) => {
      const ids = searchPlaces(index, text, limit).places.map(({ id }) => id)
      expect(ids.length).toBeLessThanOrEqual(limit)
      expect(new Set(ids).size).toBe(ids.length)
    }),
  )
  const started = performance.now()
  searchPlaces(index, 'sriwulan karang '.repeat(2000))
  expect(performance.now() - started).toBeLessThan(2000)
})

it('is given to the page as the query promises', () => {
  const rows = gazetteerRows(reference, gazetteer, landmarks)
  expect(queries.gazetteer.output.parse(rows)).toEqual(rows)
})

describe('a wrong landmarks pack', () => {
  async function loadedAfter(change: (text: string) => string, before?: string) {
    const own = await mkdtemp(join(folder, 'own-'))
    const shipped = await readFile(join(packs, 'landmarks.yaml'), 'utf8')
    if (before !== undefined) {
      await writeFile(join(own, 'landmarks.yaml'), before)
      expect((await loadLandmarks(packs, own, gazetteer)).refused).toEqual([])
    }
    await mkdir(own, { recursive: true })
    await writeFile(join(own, 'landmarks.yaml'), change(shipped))
    return loadLandmarks(packs, own, gazetteer)
  }

  it.each([
    [
      'of another regency',
      (text: string) => text.replace("regency: '33.21'", "regency: '33.19'"),
      /^landmarks\.yaml baris \d+, kunci "regency": terbaca "33\.19"; yang boleh: '33\.21' \(Kabupaten Demak\)/,
    ],
    [
      'with a code that is none',
      (text: string) => text.replace("code: '33.21.04.2010'", "code: '33.21.04.2999'"),
      /^landmarks\.yaml baris \d+, kunci "landmarks\.0\.code": terbaca "33\.21\.04\.2999"; yang boleh: kode desa/,
    ],
    [
      'with an id that stands twice',
      (text: string) => text.replace('id: pasar-buyaran', 'id: pasar-sayung'),
      /id pasar-sayung sudah dipakai/,
    ],
    [
      'with half a point',
      (text: string) => text.replace('aliases: [titik rob sayung]', 'lat: -6.9'),
      /kunci "landmarks\.0\.lat".*lat dan lon bersama-sama/,
    ],
    ['that is no YAML', () => '{ "pack": ', /bukan YAML/],
    ['that is huge', (text: string) => text + '#'.repeat(2_100_000), /byte; yang boleh: paling banyak/],
  ])('%s is refused with line and reason', async (_, change, reason) => {
    const { refused, landmarks: kept } = await loadedAfter(change)
    expect(refused.join('\n')).toMatch(reason)
    expect(kept).toEqual(landmarks)
  })

  it('leaves the last good one of the centre in force', async () => {
    const shipped = await readFile(join(packs, 'landmarks.yaml'), 'utf8')
    const good = shipped.replace('name: Pasar Sayung,', 'name: Pasar Sayung Baru,')
    const { refused, landmarks: kept } = await loadedAfter(() => 'pack: 3', good)
    expect(refused.length).toBeGreaterThan(0)
    expect(kept.landmarks[0]?.name).toBe('Pasar Sayung Baru')
  })
})
