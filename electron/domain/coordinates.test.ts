import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCoordinates, type CoordinateContext } from './coordinates.ts'

const bounds = { south: -71_600_000, north: -67_000_000, west: 1_104_600_000, east: 1_108_400_000 }
const context: CoordinateContext = {
  bounds,
  referenceOf: (words) => {
    if (/sayung/i.test(words)) return { lat: -69_100_000, lon: 1_105_200_000 }
    return /demak/i.test(words) ? 'regency' : null
  },
}
const read = (text: string) => readCoordinates(text, context)

const spellings = [
  '-6.8941, 110.6382',
  '-6.8941,110.6382',
  '-6.8941 110.6382',
  '-6,8941, 110,6382',
  '-6,8941 110,6382',
  '-6,8941; 110,6382',
  '-6,8941,110,6382',
  '6.8941 S 110.6382 E',
  '6.8941S, 110.6382E',
  'S 6.8941 E 110.6382',
  'S6.8941 E110.6382',
  'S6.8941,E110.6382',
  '6.8941° S, 110.6382° E',
  '-6.8941°, 110.6382°',
  '6°53\'38.76"S 110°38\'17.52"E',
  '6°53’38.76″ LS 110°38’17.52″ BT',
  '6º 53\' 38,76" LS, 110º 38\' 17,52" BT',
  '6d53m38.76s S 110d38m17.52s E',
  '6d 53m 38.76s LS, 110d 38m 17.52s BT',
  '6 53 38.76 S 110 38 17.52 E',
  '6 derajat 53 menit 38,76 detik lintang selatan 110 derajat 38 menit 17,52 detik bujur timur',
  'LS 6°53\'38.76" BT 110°38\'17.52"',
  "S6°53.646' E110°38.292'",
  "6°53.646'S 110°38.292'E",
  '6 53.646 S, 110 38.292 E',
  '110.6382, -6.8941',
  '110.6382 E, 6.8941 S',
  'BT 110,6382 LS 6,8941',
  'lat: -6.8941, lon: 110.6382',
  'Latitude: -6.8941 Longitude: 110.6382',
  'lintang -6,8941 bujur 110,6382',
  '(−6.8941, 110.6382)',
  'Lokasi saya: -6.8941, 110.6382',
  '6.8941, 110.6382',
  'lat=-6.8941&lon=110.6382',
  '-6.8941/110.6382',
  'https://www.google.com/maps/@-6.8941,110.6382,17z',
  'https://www.google.com/maps?q=-6.8941,110.6382',
  'https://maps.google.com/?q=-6.8941,110.6382',
  'https://maps.google.com/maps?q=-6.8941%2C110.6382&z=17&hl=id',
  'https://www.google.com/maps/place/Masjid+Agung/@-6.9,110.7,17z/data=!3m1!4b1!4m6!3m5!1s0x0:0x1!8m2!3d-6.8941!4d110.6382!16s',
  'https://www.google.com/maps/search/-6.8941,+110.6382?entry=tts',
  'https://www.google.com/maps/search/?api=1&query=-6.8941%2C110.6382',
  'https://www.google.com/maps/dir//-6.8941,110.6382/@-6.9,110.6,12z',
  "https://www.google.com/maps/place/6%C2%B053'38.8%22S+110%C2%B038'17.5%22E/@-6.9,110.6,17z",
  'https://maps.google.com/?ll=-6.8941,110.6382',
  'https://www.google.com/maps/dir/?api=1&destination=-6.8941,110.6382',
  'https://waze.com/ul?ll=-6.8941,110.6382&navigate=yes',
  'https://www.waze.com/ul?ll=-6.8941%2C110.6382&navigate=yes&zoom=17',
  'https://www.waze.com/live-map/directions?to=ll.-6.8941%2C110.6382',
  'https://www.openstreetmap.org/?mlat=-6.8941&mlon=110.6382#map=17/-6.8/110.7',
  'https://www.openstreetmap.org/#map=17/-6.8941/110.6382',
  'http://maps.apple.com/?ll=-6.8941,110.6382&q=Lokasi',
  'https://maps.apple.com/?q=-6.8941,110.6382',
  'https://maps.apple.com/place?coordinate=-6.8941,110.6382&name=x',
  'https://www.bing.com/maps?cp=-6.8941~110.6382&lvl=17',
  'https://bing.com/maps/default.aspx?sp=point.-6.8941_110.6382_Rumah',
  'https://yandex.com/maps/?ll=110.6382%2C-6.8941&z=17',
  'https://share.here.com/l/-6.8941,110.6382,Demak',
  'geo:-6.8941,110.6382',
  'geo:-6.8941,110.6382;u=35',
  'geo:-6.8941,110.6382,12;crs=wgs84;u=10',
  'geo:0,0?q=-6.8941,110.6382(Rumah)',
  'geo:-6.8941,110.6382?z=17',
  'GEO:-6.8941,110.6382',
  'Lokasi: https://maps.google.com/?q=-6.8941,110.6382 (dibagikan lewat WhatsApp)',
  'maps.google.com/?q=-6.8941,110.6382',
  '6P5G4J4Q+97',
  '6p5g4j4q+97',
  '6P5G4J4Q+97 Demak',
  '4J4Q+97 Demak',
  '4J4Q+97, Sayung, Kabupaten Demak, Jawa Tengah',
  'https://www.google.com/maps?q=4J4Q%2B97+Demak',
  'https://maps.google.com/?q=6P5G4J4Q%2B97',
  'https://maps.google.com/maps?q=loc:-6.8941,110.6382',
  '6.8941 LS - 110.6382 BT',
  '6,8941 LS; 110,6382 BT',
  'E110.6382 S6.8941',
  "6°53'38.76''S, 110°38'17.52''E",
  '06°53\'38.76"S 110°38\'17.52"E',
  '-6.8941000, 110.6382000',
  '-6.8941\n110.6382',
  '110,6382 BT 6,8941 LS',
  '6:53:38.76 S 110:38:17.52 E',
  '-6°53\'38.76", 110°38\'17.52"',
  'S 06° 53\' 38.76", E 110° 38\' 17.52"',
  'koordinat 6.8941 S dan 110.6382 E',
  '6.8941 selatan 110.6382 timur',
  '[-6.8941, 110.6382]',
  '{"lat":-6.8941,"lng":110.6382}',
  '-6.8941 , 110.6382',
  'x: 110.6382 y: -6.8941',
  '-6.8941|110.6382',
  'https://goo.gl/maps/abc -6.8941,110.6382',
]

describe('the point 6.8941 S 110.6382 E', () => {
  it.each(spellings)('is read from %s', (text) => {
    const { outcome, point } = read(text)
    expect(outcome).toBe('point')
    // Half a second of arc, and half the area of a plus code.
    expect(Math.abs((point?.lat ?? 0) + 68_941_000)).toBeLessThan(700)
    expect(Math.abs((point?.lon ?? 0) - 1_106_382_000)).toBeLessThan(700)
  })

  it('is stored as whole 1e-7 degrees', () => {
    expect(read('-6.89410004, 110.63820006').point).toEqual({ lat: -68_941_000, lon: 1_106_382_001 })
  })
})

describe('what was done to read it is told', () => {
  it.each([
    ['110.6382, -6.8941', ['swapped']],
    ['6.8941, 110.6382', ['sign']],
    ['110.6382 6.8941', ['swapped', 'sign']],
    ['https://www.google.com/maps/@-6.8941,110.6382,17z', ['view']],
    ['110.6382 E, 6.8941 S', []],
  ])('%s: %s', (text, reasons) => {
    expect(read(text)).toMatchObject({ outcome: 'point', reasons })
  })

  it('warns of a point outside and gives it all the same', () => {
    expect(read('-6.2, 106.8')).toEqual({
      outcome: 'outside',
      point: { lat: -62_000_000, lon: 1_068_000_000 },
      reasons: ['outside'],
    })
    expect(read('-6.8700, 110.8450').outcome).toBe('outside')
    expect(read('-6.8700, 110.8350').outcome).toBe('point')
    expect(readCoordinates('-6.2, 106.8', { ...context, bounds: null }).outcome).toBe('point')
  })
})

describe('short plus codes', () => {
  it('are resolved by a place whose coordinates are known, or by the regency where that is safe', () => {
    expect(read('4J4Q+97 Sayung').point).toEqual(read('6P5G4J4Q+97').point)
    expect(read('4J4Q+97 Kabupaten Demak').point).toEqual(read('6P5G4J4Q+97').point)
    expect(read('4Q+97 Sayung').outcome).not.toBe('not-resolvable')
  })

  it.each([
    ['4J4Q+97', 'noReference'],
    ['4J4Q+97 Bandung', 'unknownReference'],
    ['4Q+97 Demak', 'unknownReference'],
  ])('%s is not resolvable: %s', (text, reason) => {
    expect(read(text)).toEqual({ outcome: 'not-resolvable', point: null, reasons: [reason] })
  })
})

describe('what cannot be known offline is refused with its reason', () => {
  it.each([
    ['https://maps.app.goo.gl/abc123', 'shortLink'],
    ['https://goo.gl/maps/xyz', 'shortLink'],
    ['maps.app.goo.gl/abc', 'shortLink'],
    ['https://waze.com/ul/hqwabc', 'shortLink'],
    ['https://osm.org/go/abc', 'shortLink'],
    ['///meja.kursi.lampu', 'what3words'],
    ['https://what3words.com/meja.kursi.lampu', 'what3words'],
    ['meja.kursi.lampu', 'what3words'],
    ['https://www.google.com/maps/place/Masjid+Agung+Demak', 'placeLink'],
    ['https://maps.google.com/?cid=123456789012', 'placeLink'],
    ['https://www.google.com/maps/place/?q=place_id:ChIJ123', 'placeLink'],
    ['https://www.openstreetmap.org/way/123', 'placeLink'],
    ['geo:0,0?q=Masjid+Agung+Demak', 'placeLink'],
    ['geo:1,2;crs=nad27', 'crs'],
  ])('%s: %s', (text, reason) => {
    expect(read(text)).toEqual({ outcome: 'refused', point: null, reasons: [reason] })
  })
})

describe('what is no position is not understood', () => {
  it.each([
    ['sriwulan', 'none'],
    ['0812-0000-4486', 'none'],
    ['jl. pantura km 12.5 no 10', 'none'],
    ['rt 3 rw 2', 'none'],
    ['10.15 - 11.30', 'none'],
    ['24/11/2026', 'none'],
    ['', 'none'],
    ['-6.8941', 'half'],
    ['95.1234, 200.1234', 'outOfRange'],
    ['6°75\'00"S 110°38\'00"E', 'outOfRange'],
    ['6P000000+', 'area'],
    ['4HQ6+XY Demak', 'badPlusCode'],
  ])('%s: %s', (text, reason) => {
    expect(read(text)).toEqual({ outcome: 'not-understood', point: null, reasons: [reason] })
  })
})

it('reads every point of the regency back from decimals, however many, in either language of numbers', () => {
  const places = fc.record({
    lat: fc.integer({ min: bounds.south, max: bounds.north }),
    lon: fc.integer({ min: bounds.west, max: bounds.east }),
    isComma: fc.boolean(),
  })
  fc.assert(
    fc.property(places, ({ lat, lon, isComma }) => {
      const text = `${(lat / 1e7).toFixed(7)} ${(lon / 1e7).toFixed(7)}`
      expect(read(isComma ? text.replaceAll('.', ',') : text).point).toEqual({ lat, lon })
    }),
  )
})

it('never throws and gives a point only with its outcome, whatever is pasted', () => {
  const pasted = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.stringMatching(/^[0-9.,°'"NSEWLBT +:/?=&@!-]{0,60}$/),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
  )
  fc.assert(
    fc.property(pasted, (text) => {
      const { outcome, point } = read(text)
      expect(point !== null).toBe(outcome === 'point' || outcome === 'outside')
    }),
    { numRuns: 1000 },
  )
  // A very long paste is read by its first pair, at once.
  expect(read('1.234, '.repeat(20_000))).toMatchObject({
    outcome: 'outside',
    point: { lat: 12_340_000, lon: 12_340_000 },
  })
})
