// Every way in which a file of borders can be wrong, each with a file of its own; and what a good one becomes.
import { geoContains } from 'd3-geo'
import { describe, expect, test } from 'vitest'
import type { BorderProblemKind } from '#domain/borders.ts'
import { checkBorders } from './check-borders.ts'
import { geoJsonText, inventedBorders, type TestCollection } from './test-borders.ts'

const codes = Array.from({ length: 12 }, (_, n) => `33.21.0${1 + (n % 3)}.20${String(n + 1).padStart(2, '0')}`)
const quiet = { progress: () => undefined, isCancelled: () => false }

const checkText = (text: string, property: string | null = null) =>
  checkBorders({ text, property, regency: '33.21', villages: codes }, quiet)
const good = (): TestCollection => inventedBorders({ codes })
const changed = (change: (made: TestCollection) => void): ReturnType<typeof checkText> => {
  const made = good()
  change(made)
  return checkText(geoJsonText(made))
}
const at = (made: TestCollection, index: number) => {
  const feature = made.features[index]
  if (feature === undefined) throw new Error('no such feature')
  return feature
}
const ringOf = (made: TestCollection, index: number): number[][] => {
  const rings = at(made, index).geometry?.coordinates as number[][][] | undefined
  return rings?.[0] ?? []
}

describe('a good file', () => {
  test('gives every village a centre inside its border and rings that both neighbours share', () => {
    const text = geoJsonText(good())
    const { report, areas } = checkText(text)
    expect(report).toMatchObject({
      problems: [],
      matched: 12,
      villages: 12,
      missing: [],
      property: 'kode',
      turnedRings: 0,
    })
    expect(areas.map(({ code }) => code)).toEqual(codes)
    for (const [index, { centre }] of areas.entries()) {
      const ring = ringOf(good(), index).toReversed()
      expect(geoContains({ type: 'Polygon', coordinates: [ring] }, [centre.lon / 1e7, centre.lat / 1e7])).toBe(true)
    }
    const points = areas.map(({ rings }) => new Set(pairs(rings[0] ?? [])))
    const [first = new Set(), second = new Set()] = points
    expect([...first].filter((point) => second.has(point)).length).toBeGreaterThan(1)
  })

  test('keeps fewer points of a border that has needless ones', () => {
    const { report } = checkText(geoJsonText(inventedBorders({ codes, detail: 200 })))
    expect(report.pointsKept).toBeLessThan(report.pointsRead / 3)
    expect(report.pointsKept).toBeGreaterThan(12 * 6)
  })

  test('a bay does not push the centre out of its village', () => {
    const horseshoe = [
      [0, 0],
      [10, 0],
      [10, 10],
      [9, 10],
      [9, 1],
      [1, 1],
      [1, 10],
      [0, 10],
      [0, 0],
    ]
    const ring = horseshoe.map(([x = 0, y = 0]) => [110.5 + x / 100, -7 + y / 100])
    const { areas } = changed((made) => {
      at(made, 0).geometry = { type: 'Polygon', coordinates: [ring] }
    })
    const { centre } = areas[0] ?? { centre: { lat: 0, lon: 0 } }
    const polygon = { type: 'Polygon' as const, coordinates: [ring.toReversed()] }
    expect(geoContains(polygon, [centre.lon / 1e7, centre.lat / 1e7])).toBe(true)
  })

  test.each([
    ['KODE_DESA', (code: string) => code.replaceAll('.', '')],
    ['kd_kel', (code: string) => Number(code.replaceAll('.', ''))],
    ['KDEPUM', (code: string) => ` ${code} `],
  ])('the codes are found under %s', (property, written) => {
    const { report } = changed((made) => {
      for (const feature of made.features) {
        feature.properties = { nama: 'x', objectid: 7, [property]: written(String(feature.properties?.['kode'])) }
      }
    })
    expect(report).toMatchObject({ property, matched: 12 })
  })

  test('the codes may stand in the id of the feature, and another property may be asked for', () => {
    const made = good()
    for (const feature of made.features) {
      feature.id = feature.properties?.['kode']
      feature.properties = { lama: codes[0] }
    }
    const text = geoJsonText(made)
    expect(checkText(text).report).toMatchObject({ property: 'id (feature)', matched: 12 })
    expect(checkText(text).report.properties).toEqual([
      { name: 'id (feature)', known: 12 },
      { name: 'lama', known: 1 },
    ])
    expect(checkText(text, 'lama').report).toMatchObject({ property: 'lama', problemCount: 11 })
  })

  test('rings that run the wrong way are turned and counted', () => {
    const { report, areas } = changed((made) => {
      ringOf(made, 0).reverse()
    })
    expect(report).toMatchObject({ problems: [], turnedRings: 1, matched: 12 })
    expect(areas[0]?.rings).toEqual(checkText(geoJsonText(good())).areas[0]?.rings)
  })

  test('missing, unknown and foreign codes are told, and do not stop the rest', () => {
    const { report, areas } = changed((made) => {
      at(made, 0).properties = { kode: '33.21.99.2001' }
      at(made, 1).properties = { nama: 'tanpa kode' }
      at(made, 2).properties = { kode: '33.74.01.1001' }
      at(made, 2).geometry = { type: 'Point', coordinates: [1] }
    })
    expect(report).toMatchObject({ problems: [], matched: 9, missing: codes.slice(0, 3), otherRegencies: 1 })
    expect(report.unknown).toEqual([{ code: '33.21.99.2001', line: 2 }])
    expect(report.withoutCode).toEqual([3])
    expect(areas).toHaveLength(9)
  })
})

const line = (n: number) => n + 2
type Bad = readonly [kind: BorderProblemKind, at: number | null, change: (made: TestCollection) => void]
const bad: readonly Bad[] = [
  ['notCollection', 1, (made) => void (made.type = 'GeometryCollection')],
  ['otherCrs', 1, (made) => void (made.crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32749' } })],
  ['noFeatures', 1, (made) => void made.features.splice(0)],
  ['notFeature', line(2), (made) => void (at(made, 2).type = 'Polygon')],
  [
    'wrongGeometry',
    line(3),
    (made) => void (at(made, 3).geometry = { type: 'LineString', coordinates: ringOf(made, 3) }),
  ],
  ['wrongGeometry', line(3), (made) => void (at(made, 3).geometry = null)],
  ['wrongPosition', line(1), (made) => void ringOf(made, 1).splice(2, 1, ['110.5', '-6.9'] as never)],
  ['outOfRange', line(4), (made) => void (at(made, 4).geometry = metres())],
  ['swapped', line(5), (made) => ringOf(made, 5).forEach((position) => position.reverse())],
  ['outsideIndonesia', line(6), (made) => void ringOf(made, 6).splice(1, 1, [4.9, 52.4])],
  ['tooFewPositions', line(7), (made) => void ringOf(made, 7).splice(1, 99)],
  ['notClosed', line(8), (made) => void ringOf(made, 8).pop()],
  ['noArea', line(9), (made) => void ringOf(made, 9).splice(1, 99, [110.5, -7], [110.5, -7], ringOf(made, 9)[0] ?? [])],
  ['doubleCode', line(10), (made) => void (at(made, 10).properties = { kode: codes[3] })],
]
const metres = () => ({
  type: 'Polygon',
  coordinates: [
    [
      [455_000, 9_230_000],
      [456_000, 9_230_000],
      [456_000, 9_231_000],
      [455_000, 9_230_000],
    ],
  ],
})

describe('a bad file is refused at its line and gives no border', () => {
  test.each(bad)('%s', (kind, at_, change) => {
    const { report, areas } = changed(change)
    expect(report.problems.map((problem) => [problem.kind, problem.line])).toEqual([[kind, at_]])
    expect(areas).toEqual([])
  })

  test('a text that breaks off says at which line', () => {
    const text = geoJsonText(good())
    expect(checkText(text.slice(0, text.lastIndexOf('\n') - 40)).report.problems).toMatchObject([
      { kind: 'notJson', line: 13 },
    ])
    expect(checkText(text.replace('"type":"Feature"', '"type" "Feature"')).report.problems).toMatchObject([
      { kind: 'notJson', line: 2 },
    ])
    expect(checkText('').report.problems).toMatchObject([{ kind: 'notJson', line: 1 }])
    expect(checkText('[1, 2]').report.problems).toMatchObject([{ kind: 'notCollection' }])
  })

  test('a file of another regency, and one without a known code', () => {
    const other = inventedBorders({ codes: codes.map((code) => code.replace('33.21', '33.20')) })
    expect(checkText(geoJsonText(other)).report).toMatchObject({
      problems: [{ kind: 'otherRegency', line: 2, read: 'kode: 33.20.01.2001' }],
      otherRegencies: 12,
    })
    const none = inventedBorders({ codes: codes.map((code) => `x${code}`) })
    expect(checkText(geoJsonText(none)).report.problems).toMatchObject([
      { kind: 'noneKnown', read: 'kode: x33.21.01.2001' },
    ])
  })

  test('a huge file is refused by its size', () => {
    const { report } = checkText(' '.repeat(64_000_001))
    expect(report.problems).toEqual([{ kind: 'tooLarge', line: null, feature: null, read: '64000001' }])
  })

  test('of a thousand problems the first fifty are listed, and all are counted', () => {
    const many = Array.from({ length: 100 }, () => at(good(), 0))
    const { report } = checkText(geoJsonText({ type: 'FeatureCollection', features: many }))
    expect([report.problems.length, report.problemCount]).toEqual([50, 99])
  })
})

test('the check tells how far it is, and stops when nobody waits for it', () => {
  const steps: number[] = []
  const check = { text: geoJsonText(good()), property: null, regency: '33.21', villages: codes }
  checkBorders(check, { progress: (done) => void steps.push(done), isCancelled: () => false })
  expect(steps.length).toBeGreaterThan(2)
  expect(steps).toEqual(steps.toSorted((a, b) => a - b))
  expect(checkBorders(check, { progress: () => undefined, isCancelled: () => true }).areas).toEqual([])
})

function pairs(ring: readonly number[]): string[] {
  return ring.flatMap((lon, at_) => (at_ % 2 === 0 ? [`${lon} ${ring[at_ + 1]}`] : []))
}
