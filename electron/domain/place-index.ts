// The gazetteer prepared for searching: every name once, with the places that bear it. Searches nothing itself.
import { soundOf, type Sound } from './name-sound.ts'
import {
  districtCodeOf,
  villageLabel,
  type Gazetteer,
  type Landmark,
  type Landmarks,
  type Place,
  type PlaceAbbreviations,
  type Road,
  type Village,
} from './place.ts'
import { plainText } from './search-text.ts'

/** A place, the names it is found by (own name first) and the district it lies in. */
export type Entry = {
  readonly place: Place
  readonly names: readonly Sound[]
  readonly districtCode: string | null
  readonly role: 'village' | 'district' | 'landmark' | 'hamlet' | 'road'
  /** A village that bears its district's name stands first among its namesakes. */
  readonly isSeat: boolean
}

export type PlaceIndex = {
  readonly entries: readonly Entry[]
  /** Every name once. */
  readonly names: readonly Sound[]
  readonly districts: readonly { readonly code: string; readonly sound: Sound }[]
  readonly roads: readonly Road[]
  readonly placeOf: ReadonlyMap<string, string>
  readonly forms: ReadonlyMap<string, readonly (readonly string[])[]>
  readonly soft: ReadonlySet<string>
  readonly marks: ReadonlyMap<string, Mark>
  readonly regencyMarks: ReadonlySet<string>
  readonly regency: string
  readonly elsewhere: { readonly regencies: ReadonlySet<string>; readonly others: ReadonlySet<string> }
}

/** What the word before a name says of it. */
export type Mark = 'district' | 'village' | 'hamlet'

/** Prepares a gazetteer; done once, both in core and on the page. */
export function createPlaceIndex(
  gazetteer: Gazetteer,
  landmarks: Landmarks,
  abbreviations: PlaceAbbreviations,
): PlaceIndex {
  const sounds = new Map<string, Sound>()
  const sound = (name: string, least = 0): Sound => {
    const made = soundOf(plainText(name).split(' '), least)
    const known = sounds.get(name) ?? made
    sounds.set(name, known)
    return known
  }
  const placeOf = placeLabels(gazetteer)
  const entries = [
    ...gazetteer.villages.map((village) => villageEntry(village, sound)),
    ...gazetteer.districts.map(({ code, name }) => districtEntry(code, name, sound)),
    ...landmarks.landmarks.map((landmark) => landmarkEntry(landmark, placeOf, sound)),
    ...landmarks.roads.map((road) => roadEntry(road, sound)),
  ]
  return {
    entries,
    names: [...sounds.values()],
    districts: gazetteer.districts.map(({ code, name }) => ({ code, sound: sound(name) })),
    roads: landmarks.roads,
    placeOf,
    ...wordTables(abbreviations),
    regency: plainText(gazetteer.regency.name).replace(/^(?:kabupaten|kota) /, ''),
    elsewhere: {
      regencies: new Set(gazetteer.elsewhere.regencies),
      others: new Set(gazetteer.elsewhere.others),
    },
  }
}

function placeLabels(gazetteer: Gazetteer): ReadonlyMap<string, string> {
  return new Map([
    ...gazetteer.villages.map((village) => [village.code, villageLabel(village)] as const),
    ...gazetteer.districts.map(({ code, name }) => [code, name] as const),
  ])
}

function wordTables(abbreviations: PlaceAbbreviations): Pick<PlaceIndex, 'forms' | 'soft' | 'marks' | 'regencyMarks'> {
  const forms = Object.entries({ ...abbreviations.words, ...abbreviations.placeForms }).map(
    ([short, full]) => [plainText(short), full.split('/').map((one) => plainText(one).split(' '))] as const,
  )
  const marked = (words: readonly string[], mark: Mark) => words.map((word) => [plainText(word), mark] as const)
  return {
    forms: new Map(forms),
    soft: new Set([...abbreviations.marks, ...abbreviations.placeFillers].map(plainText)),
    marks: new Map([
      ...marked(abbreviations.districtMarks, 'district'),
      ...marked(abbreviations.villageMarks, 'village'),
      ...marked(abbreviations.hamletMarks, 'hamlet'),
    ]),
    regencyMarks: new Set(abbreviations.regencyMarks.map(plainText)),
  }
}

type SoundMaker = (name: string, least?: number) => Sound

function villageEntry(village: Village, sound: SoundMaker): Entry {
  const { code, name, kind, district, districtCode } = village
  const place: Place = { id: code, precision: 'village', code, label: villageLabel(village), kind, point: null }
  // Village and district written as one word, either way round; nobody means it by less than most of it.
  const joined = [`${name} ${district}`, `${district} ${name}`].map((one) => sound(one, Math.ceil(0.75 * one.length)))
  return { place, names: [sound(name), ...joined], districtCode, role: 'village', isSeat: name === district }
}

function districtEntry(code: string, name: string, sound: SoundMaker): Entry {
  const label = `Kecamatan ${name}`
  const place: Place = { id: code, precision: 'district', code, label, kind: 'kecamatan', point: null }
  return { place, names: [sound(name)], districtCode: code, role: 'district', isSeat: false }
}

function landmarkEntry(landmark: Landmark, placeOf: ReadonlyMap<string, string>, sound: SoundMaker): Entry {
  const { id, name, kind, code, aliases, point } = landmark
  const where = code === null ? undefined : placeOf.get(code)
  const place: Place = {
    id,
    precision: 'landmark',
    code,
    label: where === undefined ? name : `${name} (${where})`,
    kind,
    point,
  }
  return {
    place,
    names: [name, ...aliases].map(sound),
    districtCode: code === null ? null : districtCodeOf(code),
    role: kind === 'dukuh' ? 'hamlet' : 'landmark',
    isSeat: false,
  }
}

function roadEntry(road: Road, sound: SoundMaker): Entry {
  const { id, name, aliases } = road
  const place: Place = { id, precision: 'unknown', code: null, label: name, kind: 'jalan', point: null }
  return { place, names: [name, ...aliases].map(sound), districtCode: null, role: 'road', isSeat: false }
}

/** A Km of a road: where the nearest known marker is, or between which district's markers it lies. */
export function kmPlace(index: PlaceIndex, road: Road, km: number): Place | null {
  const by = [...road.markers].sort((a, b) => Math.abs(a.km - km) - Math.abs(b.km - km))
  const [nearest] = by
  if (nearest === undefined) return null
  const below = road.markers.findLast((marker) => marker.km <= km)
  const above = road.markers.find((marker) => marker.km >= km)
  const isThere = nearest.km === km
  const isBetween =
    below !== undefined && above !== undefined && districtCodeOf(below.code) === districtCodeOf(above.code)
  const distance = Math.abs(nearest.km - km)
  const code = distance <= 0.5 ? nearest.code : isBetween || distance <= 2 ? districtCodeOf(nearest.code) : null
  const where = code === null ? '' : ` (${isThere ? '' : 'dekat '}${index.placeOf.get(code) ?? code})`
  const written = String(km).replace('.', ',')
  return {
    id: `${road.id}:${km}`,
    precision: 'km',
    code,
    label: `Km ${written} ${road.name}${isThere && nearest.name !== null ? `, ${nearest.name}` : ''}${where}`,
    kind: 'Km',
    point: isThere ? nearest.point : null,
  }
}
