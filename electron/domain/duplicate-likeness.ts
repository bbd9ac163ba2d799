// How much more likely two reports look as they do when they are about one incident than by chance. Symmetric; knows no time.
import type { ReportFace } from './duplicate-face.ts'
import type { DuplicateRules, DuplicateWeights, Reach } from './duplicate-pack.ts'

/** What of the open incidents is common, so that it tells little: shares (0 to 1) of types, villages and words. */
export type Background = {
  readonly type: (code: string) => number
  readonly village: (code: string) => number
  readonly word: (word: string) => number
  readonly placeWord: (word: string) => number
  readonly spread: (reach: Reach) => Spread
}

/** How far reports of one incident lie apart: shares in one village, in others of one district, elsewhere; and kilometres. */
export type Spread = { readonly same: number; readonly near: number; readonly far: number; readonly km: number }

/** What is expected before an open incident has shown it. */
export function usualSpread({ km }: Pick<Reach, 'km'>): Spread {
  if (km >= 3) return { same: 0.45, near: 0.4, far: 0.15, km }
  if (km >= 1.5) return { same: 0.6, near: 0.32, far: 0.08, km }
  return { same: 0.87, near: 0.1, far: 0.03, km }
}

/** Natural logarithms of likelihood ratios: 0 says nothing, 1 = about three times as likely. */
export type Likeness = {
  readonly place: number
  readonly type: number
  readonly number: number
  readonly words: number
  readonly distanceKm: number | null
}

export type TypeRules = {
  readonly weights: DuplicateWeights
  readonly reachOf: (face: ReportFace) => Reach
  readonly lift: (a: string, b: string) => number | null
}

/** Prepares the rules about types. */
export function createTypeRules(rules: DuplicateRules): TypeRules {
  const [first] = rules.reaches
  const reaches = new Map(rules.reaches.flatMap((reach) => reach.types.map((type) => [type, reach] as const)))
  const lifts = new Map<string, Map<string, number>>()
  for (const { types, lift } of rules.related) {
    for (const a of types) {
      const known = lifts.get(a) ?? new Map<string, number>()
      lifts.set(a, known)
      for (const b of types) if (a !== b) known.set(b, Math.max(lift, known.get(b) ?? 0))
    }
  }
  const plain: Reach = first ?? { types: [], km: 0.6, minutes: 90, callers: 0.4 }
  return {
    weights: rules.weights,
    reachOf: (face) => reaches.get(face.types[0]?.code ?? '') ?? plain,
    lift: (a, b) => lifts.get(a)?.get(b) ?? null,
  }
}

/** Compares two reports. `reach` is the wider one of the two. */
export function likeness(a: ReportFace, b: ReportFace, reach: Reach, types: TypeRules, common: Background): Likeness {
  const distanceKm = a.point === null || b.point === null ? null : distance(a.point, b.point)
  const { weights } = types
  const place = Math.min(mostPlaceTells, placeLikeness(a, b, { reach, common, distanceKm, weights }))
  const type = weights.type * typeLikeness(a, b, types, common)
  const number = weights.number * numberLikeness(a.number, b.number)
  // Where no word could help any more, none is compared: most pairs of a busy day end here.
  const isLost = place + type + number < -mostWordsTell - 2
  const words = isLost ? 0 : weights.words * sharedWords(a.words, b.words, common.word, 0.4, mostWordsTell)
  return { place, type, number, words, distanceKm }
}

const mostWordsTell = 3
/** There are spots where much happens: a market, a black spot. The very same place is no proof. */
const mostPlaceTells = 5.5

/** A number that calls twice within a day mostly means the same. */
function numberLikeness(a: string | null, b: string | null): number {
  if (a === null || b === null) return 0
  return a === b ? Math.log(150) : -0.05
}

/** Kilometres between two points in degrees; exact enough within a regency. */
export function distance(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const north = (a.lat - b.lat) * 110.6
  const east = (a.lon - b.lon) * 111.3 * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180)
  return Math.hypot(north, east)
}

type PlaceRules = {
  readonly reach: Reach
  readonly common: Background
  readonly distanceKm: number | null
  readonly weights: DuplicateWeights
}

/** People live and call in about this much of a regency (square kilometres). */
const livedKm2 = 150
/** Callers' points lie about this far from the incident (km), now and then much farther. */
const pointErrorKm = 0.3
const wildErrorKm = 2.5

function placeLikeness(a: ReportFace, b: ReportFace, rules: PlaceRules): number {
  const { weights, common, reach } = rules
  const area = weights.village * areaLikeness(a, b, rules)
  const words = weights.landmark * landmarkLikeness(a, b, reach, common)
  if (rules.distanceKm === null) return area + words
  // Points and villages say nearly the same; what the village adds is little.
  const point = clamp(pointLikeness(rules.distanceKm, common.spread(reach).km), -5, 6)
  return weights.point * point + 0.3 * area + 0.7 * words
}

function pointLikeness(km: number, reachKm: number): number {
  const density = (spread: number): number => ((1 + (km / spread) ** 2) ** -2.5 / (Math.PI * spread ** 2)) * 1.5
  const near = density(Math.hypot(reachKm, pointErrorKm))
  const wild = density(Math.hypot(reachKm, wildErrorKm))
  return Math.log(livedKm2 * (0.93 * near + 0.07 * wild))
}

const districtShare = 0.14

function areaLikeness(a: ReportFace, b: ReportFace, { reach, common }: PlaceRules): number {
  const { same, near: usualNear, far } = common.spread(reach)
  // Two callers who both name the village that was picked are not both mistaken.
  const near = a.isSureOfVillage && b.isSureOfVillage && reach.km < 1.5 ? usualNear * 0.3 : usualNear
  const shared = a.villages.find((code) => b.villages.includes(code))
  const isOneDistrict = a.districts.some((code) => b.districts.includes(code))
  if (shared !== undefined) return Math.log(same / common.village(shared))
  if (a.districts.length === 0 || b.districts.length === 0) return 0
  const haveVillages = a.villages.length > 0 && b.villages.length > 0
  if (isOneDistrict && !haveVillages) return Math.log((same + near) / districtShare)
  if (isOneDistrict) return Math.log(near / districtShare)
  return Math.log(far / (1 - districtShare))
}

function landmarkLikeness(a: ReportFace, b: ReportFace, reach: Reach, common: Background): number {
  const told = Math.max(toldPlace(a, b, common), toldPlace(b, a, common))
  return (
    Math.max(told, sharedWords(a.placeWords, b.placeWords, common.placeWord, 0.45, 3.5)) +
    kmLikeness(a, b, reach) +
    neighbourhoodLikeness(a, b, reach)
  )
}

/** What one says of the place may stand in the other's story; that it does not says nothing. */
function toldPlace(a: ReportFace, b: ReportFace, common: Background): number {
  const told = sharedWords(a.placeWords, b.toldWords, common.placeWord, 0.35, 2.5)
  return told > 0 ? told : -1
}

/** Two Km markers of one road say where as well as points do. */
function kmLikeness(a: ReportFace, b: ReportFace, reach: Reach): number {
  if (a.km === null || b.km === null) return 0
  const apart = Math.abs(a.km - b.km)
  if (apart <= Math.max(0.6, reach.km)) return 3
  if (apart <= Math.max(1.5, 2 * reach.km)) return 0.5
  return reach.km >= 1.5 ? -0.5 : -2.5
}

function neighbourhoodLikeness(a: ReportFace, b: ReportFace, reach: Reach): number {
  if (reach.km >= 1.5) return 0
  const compare = (x: number | null, y: number | null): number => (x === null || y === null ? 0 : x === y ? 0.8 : -0.9)
  return compare(a.rt, b.rt) + compare(a.rw, b.rw)
}

/** Of two reports of one incident about four in five have one type. */
const sameType = 0.8
/** Two types that have nothing to do with each other, or one that says nothing. */
const strangers = 0.01
const vague = 0.5

function typeLikeness(a: ReportFace, b: ReportFace, types: TypeRules, common: Background): number {
  if (a.types.length === 0 || b.types.length === 0) return 0
  const isCoded = a.types[0]?.belief === 1 && b.types[0]?.belief === 1
  // A type that was only guessed says little when it does not fit.
  const rest = isCoded ? strangers : 1
  let best = strangers
  for (const x of a.types) {
    for (const y of b.types) {
      const belief = x.belief * y.belief
      const lift = liftOf(x.code, y.code, types, common)
      best = Math.max(best, belief * lift + (1 - belief) * rest)
    }
  }
  return Math.log(best)
}

function liftOf(a: string, b: string, types: TypeRules, common: Background): number {
  if (a === b) return Math.min(20, sameType / common.type(a))
  return types.lift(a, b) ?? (a === 'LAIN' || b === 'LAIN' ? vague : strangers)
}

type Words = Pick<ReadonlySet<string>, 'size' | 'has' | 'keys'>

/** Rare words in both tell much, common ones little; many words and none in common speak against it. */
function sharedWords(a: Words, b: Words, share: (word: string) => number, weight: number, most: number): number {
  if (a.size === 0 || b.size === 0) return 0
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  let shared = 0
  for (const word of few.keys()) {
    if (!many.has(word)) continue
    shared += 1
    sum += Math.max(0, Math.log(0.4 / share(word)))
  }
  if (shared === 0) return few.size >= 2 ? -0.4 : -0.15
  return Math.min(most, weight * sum)
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
