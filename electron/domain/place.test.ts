import { describe, expect, it } from 'vitest'
import { createPlaceIndex } from './place-index.ts'
import { searchPlaces } from './place-search.ts'
import { foundValue, placeLabel, placeMessage, pointValue, recordedPlace, whereabouts } from './place-value.ts'
import { noLandmarks, villageKind, type Place, type Village } from './place.ts'

function village(code: string, name: string, district: string): Village {
  return { code, name, district, districtCode: code.slice(0, 8), kind: villageKind(code) }
}

const villages = [
  village('33.21.04.2014', 'Sayung', 'Sayung'),
  village('33.21.04.2009', 'Karangasem', 'Sayung'),
  village('33.21.09.2008', 'Undaan Lor', 'Karanganyar'),
  village('33.21.09.2012', 'Karanganyar', 'Karanganyar'),
  village('33.21.12.2005', 'Karangrejo', 'Bonang'),
  village('33.21.06.2002', 'Karangrejo', 'Wonosalam'),
]
const districts = ['Sayung', 'Karanganyar', 'Bonang', 'Wonosalam'].flatMap((name) => {
  const code = villages.find(({ district }) => district === name)?.districtCode
  return code === undefined ? [] : [{ code, name }]
})
const index = createPlaceIndex(
  {
    regency: { code: '33.21', name: 'Kabupaten Demak' },
    districts,
    villages,
    elsewhere: { regencies: ['surabaya'], others: [] },
  },
  noLandmarks,
  {
    words: { kr: 'karang' },
    marks: ['dekat'],
    placeForms: {},
    placeFillers: ['masjid'],
    districtMarks: ['kec'],
    villageMarks: ['ds'],
    hamletMarks: ['dukuh'],
    regencyMarks: ['kab'],
  },
)
const found = (text: string): string[] => searchPlaces(index, text).places.map(({ label }) => label)

describe('searchPlaces', () => {
  it('ranks beginnings, the least left to type first, then later words', () => {
    expect(found('karangr').slice(0, 2)).toEqual(['Karangrejo, Bonang', 'Karangrejo, Wonosalam'])
    expect(found('lor')[0]).toBe('Undaan Lor, Karanganyar')
  })

  it('takes a district before or behind the village, and understands marks, RT/RW and the regency', () => {
    expect(found('karangrejo wonosalam')[0]).toBe('Karangrejo, Wonosalam')
    expect(found('bonang karangrejo')[0]).toBe('Karangrejo, Bonang')
    expect(found('rt 03/rw 02 ds. kr.rejo kec. wonosalam kab. demak')[0]).toBe('Karangrejo, Wonosalam')
    expect(found('kec karanganyar')[0]).toBe('Kecamatan Karanganyar')
    expect(found('karanganyar')[0]).toBe('Karanganyar, Karanganyar')
  })
})

describe('a recorded place', () => {
  const labelOf = (code: string): string | null => index.placeOf.get(code) ?? null
  const pasar: Place = {
    id: 'pasar-sayung',
    precision: 'landmark',
    code: '33.21.04.2014',
    label: 'Pasar Sayung (Sayung, Sayung)',
    kind: 'pasar',
    point: { lat: -69_000_000, lon: 1_105_000_000 },
  }
  const [karangrejo] = searchPlaces(index, 'karangrejo bonang').places

  it('is only its code when nothing but the name was typed', () => {
    expect(karangrejo === undefined ? null : foundValue(karangrejo, 'karangre')).toBe('33.21.12.2005')
  })

  it('keeps the words of the caller beside what was found, and says how precise it is', () => {
    const value = foundValue(pasar, 'depan pasar sayung, dekat jembatan')
    expect(recordedPlace(value)).toEqual({
      precision: 'landmark',
      code: '33.21.04.2014',
      name: 'Pasar Sayung (Sayung, Sayung)',
      point: { lat: -69_000_000, lon: 1_105_000_000 },
      said: 'depan pasar sayung, dekat jembatan',
    })
    expect(placeLabel(value, labelOf)).toBe('Pasar Sayung (Sayung, Sayung)')
    expect(placeMessage(value, labelOf)).toBe(
      'patokan Pasar Sayung (Sayung, Sayung), kata pelapor: depan pasar sayung, dekat jembatan',
    )
    expect(whereabouts(value)).toEqual({ villageCode: '33.21.04.2014', districtCode: '33.21.04' })
    const village = karangrejo === undefined ? '' : foundValue(karangrejo, 'ngarep masjid karangrejo')
    expect(recordedPlace(village)).toMatchObject({ precision: 'village', said: 'ngarep masjid karangrejo', name: null })
    expect(placeLabel(village, labelOf)).toBe('Karangrejo, Bonang')
  })

  it('is a point in whole 1e-7 degrees with the text it was read from', () => {
    const value = pointValue({ lat: -68_941_000, lon: 1_106_382_000 }, '6,8941 LS 110,6382 BT')
    expect(recordedPlace(value)).toMatchObject({
      precision: 'point',
      code: null,
      point: { lat: -68_941_000, lon: 1_106_382_000 },
    })
    expect(placeMessage(value, labelOf)).toBe('titik -6.894100, 110.638200, kata pelapor: 6,8941 LS 110,6382 BT')
  })

  it('says that a district is only a district', () => {
    expect(recordedPlace('33.21.04').precision).toBe('district')
    expect(placeMessage('33.21.04', () => 'Kecamatan Sayung')).toBe('hanya Kecamatan Sayung')
  })

  it.each(['dekat rumah pak lurah', '{"precision":"point"', '{"precision":"point","point":{"lat":9e99}}', '33.21', ''])(
    'is words and nothing else: %s',
    (value) => {
      expect(recordedPlace(value)).toEqual({ precision: 'unknown', code: null, name: null, point: null, said: value })
      expect(placeLabel(value, labelOf)).toBe(value)
    },
  )
})

it('tells a desa from a kelurahan by its code', () => {
  expect(villageKind('33.21.11.1003')).toBe('kelurahan')
  expect(villageKind('33.21.04.2014')).toBe('desa')
})
