// Makes queries of every kind of error for every village, from a seed: the labelled list on which the search is measured.
import type { Gazetteer, Village } from '#domain/place.ts'

export type PlaceQuery = { readonly kind: string; readonly query: string; readonly code: string }

/** A small generator of random numbers (mulberry32): the same seed makes the same queries on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Random = () => number
type Slip = (name: string, random: Random) => string

const pick = <T>(items: readonly T[], random: Random): T => {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}
/** A place between two letters, after the first one, never beside a space. */
function inside(name: string, random: Random): number {
  const places = Array.from(name).flatMap((_, at) => (at > 0 && name[at] !== ' ' && name[at - 1] !== ' ' ? [at] : []))
  return places.length === 0 ? name.length - 1 : pick(places, random)
}
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
function beside(letter: string, random: Random): string {
  const row = rows.find((each) => each.includes(letter)) ?? 'asdf'
  const at = row.indexOf(letter)
  return pick(
    [row[at - 1], row[at + 1]].filter((one) => one !== undefined),
    random,
  )
}

const missing: Slip = (name, random) => {
  const at = inside(name, random)
  return name.slice(0, at) + name.slice(at + 1)
}
const doubled: Slip = (name, random) => {
  const at = inside(name, random)
  return name.slice(0, at) + name.charAt(at) + name.slice(at)
}
const wrong: Slip = (name, random) => {
  const at = inside(name, random)
  return name.slice(0, at) + beside(name.charAt(at), random) + name.slice(at + 1)
}
const extra: Slip = (name, random) => {
  const at = inside(name, random)
  return name.slice(0, at) + pick(Array.from('aeiourtnsk'), random) + name.slice(at)
}
const swapped: Slip = (name, random) => {
  const places = Array.from(name).flatMap((char, at) => {
    const next = name[at + 1]
    return at > 0 && next !== undefined && next !== ' ' && char !== ' ' && char !== next ? [at] : []
  })
  if (places.length === 0) return missing(name, random)
  const at = pick(places, random)
  return name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2)
}
const anySlip: Slip = (name, random) => pick([missing, doubled, wrong, extra, swapped], random)(name, random)
const twoSlips: Slip = (name, random) => anySlip(anySlip(name, random), random)

const prefix: Slip = (name, random) => name.slice(0, Math.max(4, Math.ceil(name.length * (0.55 + 0.3 * random()))))

type Change = readonly [RegExp, string]
/** Applies one to all of the changes that fit. */
const changing =
  (changes: readonly Change[]): Slip =>
  (name, random) => {
    const fitting = changes.filter(([from]) => from.test(name))
    const first = fitting.length === 0 ? undefined : pick(fitting, random)
    return fitting.reduce((text, change) => (change === first || random() < 0.5 ? text.replace(...change) : text), name)
  }
const oldSpelling = changing([
  [/u/g, 'oe'],
  [/j/g, 'dj'],
  [/c/g, 'tj'],
  [/y/g, 'j'],
  [/d(?=[aeiou])/, 'dh'],
  [/t(?=[aeiou])/, 'th'],
])
const byEar = changing([
  [/o(?=[^aeiou]|$)/g, 'a'],
  [/o/, 'u'],
  [/i(?=[^aeiou]|$)/, 'e'],
  [/e/, 'i'],
  [/u(?=[^aeiou])/, 'o'],
  [/w/, 'v'],
  [/k$/, 'g'],
  [/^b/, 'mb'],
  [/^d/, 'nd'],
  [/g$/, 'k'],
  [/h/, ''],
  [/r(?=[aeiou])/, 'er'],
  [/ng/, 'n'],
  [/p/, 'f'],
  [/e(?=[rln])/, ''],
])
const shortenings = changing([
  [/^karang ?/, 'kr. '],
  [/^karang ?/, 'krg '],
  [/^kedung ?/, 'kd. '],
  [/^kedung ?/, 'kdg '],
  [/^tambak ?/, 'tb. '],
  [/^tlogo ?/, 'tl. '],
  [/^wono ?/, 'wn. '],
  [/^sido ?/, 'sd. '],
  [/^banjar ?/, 'bjr '],
  [/^kebon ?/, 'kb. '],
  [/rejo$/, 'rj'],
  [/ lor$/, ' lr'],
  [/ kidul$/, ' kdl'],
  [/ kulon$/, ' kln'],
  [/ wetan$/, ' wtn'],
  [/wetan$/, ' wtn'],
  [/kulon$/, ' kln'],
  [/mulyo$/, 'mly'],
  [/anyar$/, 'anyr'],
  [/sari$/, 'sr'],
])
const abbreviated: Slip = (name, random) => {
  const short = shortenings(name, random)
  return short === name ? name.charAt(0) + name.slice(1).replace(/[aeiou](?=[^aeiou ]*[aeiou])/, '') : short
}
const rejoined: Slip = (name, random) => {
  if (name.includes(' ')) return name.replace(' ', '')
  const at = Math.max(2, Math.min(name.length - 2, Math.round(name.length / 2 + 2 * random() - 1)))
  return `${name.slice(0, at)} ${name.slice(at)}`
}

const before = ['depan', 'dekat', 'sebelah', 'belakang', 'seberang', 'samping', 'ngarep', 'mburi', 'cedak', 'pinggir']
const landmarks = [
  'balai desa',
  'masjid',
  'pasar',
  'sd negeri 2',
  'puskesmas',
  'lapangan',
  'jembatan',
  'makam',
  'pertigaan',
  'musala',
  'kantor kelurahan',
  'indomaret',
  'spbu',
  'warung pak slamet',
  'pondok al huda',
]

type Manner = (village: Village, random: Random) => string
const plain =
  (slip: Slip): Manner =>
  ({ name }, random) =>
    slip(name.toLowerCase(), random)

const manners: Readonly<Record<string, Manner>> = {
  'as written': ({ name }) => name,
  beginning: plain(prefix),
  'one slip': plain(anySlip),
  'two slips': plain(twoSlips),
  'letter missing': plain(missing),
  'letters swapped': plain(swapped),
  'old spelling': plain(oldSpelling),
  'by ear': plain(byEar),
  abbreviation: plain(abbreviated),
  'joined or split': plain(rejoined),
  'with kecamatan': ({ name, district }, random) =>
    pick(
      [
        `${name} ${district}`,
        `${district} ${name}`,
        `ds. ${name} kec. ${district}`,
        `desa ${anySlip(name.toLowerCase(), random)} ${district}`,
        `${name}, ${anySlip(district.toLowerCase(), random)}`,
        `kec ${district} kel ${byEar(name.toLowerCase(), random)}`,
        `${prefix(name.toLowerCase(), random)} ${district}`,
        `rt 3 rw 2 ${name} ${district} kab demak`,
      ],
      random,
    ),
  'with landmark': ({ name }, random) =>
    pick(
      [
        `${pick(before, random)} ${pick(landmarks, random)} ${name}`,
        `${name} ${pick(before, random)} ${pick(landmarks, random)}`,
        `${pick(landmarks, random)} ${anySlip(name.toLowerCase(), random)}`,
        `rt 0${Math.ceil(random() * 9)}/02 ${pick(before, random)} ${pick(landmarks, random)} ds ${name}`,
      ],
      random,
    ),
}

/** Manners that say the district; in the others a name that several villages bear names none of them. */
const sayDistrict = new Set(['with kecamatan'])

/** One query of each kind for each village; names that repeat always carry their district. */
export function placeQueries(gazetteer: Gazetteer, seed: number): PlaceQuery[] {
  const random = randomOf(seed)
  const namesakes = new Map<string, number>()
  for (const { name } of gazetteer.villages) namesakes.set(name, (namesakes.get(name) ?? 0) + 1)
  return Object.entries(manners).flatMap(([kind, manner]) =>
    gazetteer.villages.map((village) => {
      const said = manner(village, random)
      const isAlone = (namesakes.get(village.name) ?? 0) === 1 || sayDistrict.has(kind)
      return { kind, query: isAlone ? said : `${said} ${village.district}`, code: village.code }
    }),
  )
}
