// What a pasted text says of a point on the earth, or why it says none. Asks no network and moves no point.
import { readLink, type LinkRead } from './coordinate-links.ts'
import { readNumbers, type Degrees } from './coordinate-numbers.ts'
import type { Bounds, Point } from './place.ts'
import {
  findPlusCode,
  fromFullCode,
  isBadPlusCode,
  fromShortCode,
  isCoarse,
  isSafeWithin,
  type PlusCode,
} from './plus-code.ts'

export const coordinateOutcomes = ['point', 'outside', 'refused', 'not-resolvable', 'not-understood'] as const
/**
 * point: within the regency; outside: a point beyond it, to be looked at, never refused; refused: needs a network or a
 * service; not-resolvable: a short plus code without a known place; not-understood: holds no coordinates.
 */
export type CoordinateOutcome = (typeof coordinateOutcomes)[number]

/** Why, or what was done to read it; each has a text in both languages. */
export const coordinateReasons = [
  'swapped',
  'sign',
  'view',
  'outside',
  'shortLink',
  'what3words',
  'placeLink',
  'crs',
  'noReference',
  'unknownReference',
  'area',
  'badPlusCode',
  'outOfRange',
  'half',
  'none',
] as const
export type CoordinateReason = (typeof coordinateReasons)[number]

export type ReadCoordinates = {
  readonly outcome: CoordinateOutcome
  /** 1e-7 degree; null unless the outcome is `point` or `outside`. */
  readonly point: Point | null
  readonly reasons: readonly CoordinateReason[]
}

/** Where the words beside a short plus code are: a known point, somewhere in the regency, or not known at all. */
export type Reference = Point | 'regency' | null

export type CoordinateContext = {
  /** Null while the regency's bounds are not known: nothing is outside then. */
  readonly bounds: Bounds | null
  readonly referenceOf: (words: string) => Reference
}

/** Longer texts are no coordinates; the limit bounds the work. */
const longestText = 2000
const perDegree = 1e7

const refusals: Readonly<Record<Exclude<LinkRead['kind'], 'text'>, CoordinateReason>> = {
  'short-link': 'shortLink',
  what3words: 'what3words',
  'place-link': 'placeLink',
  crs: 'crs',
}

const none = (outcome: CoordinateOutcome, reason: CoordinateReason): ReadCoordinates => ({
  outcome,
  point: null,
  reasons: [reason],
})

/** Reads decimals, degrees-minutes-seconds, map links, geo: URIs and plus codes. Never throws. */
export function readCoordinates(text: string, context: CoordinateContext): ReadCoordinates {
  const cut = text.slice(0, longestText)
  const link = readLink(cut)
  if (link === null) return readText(cut, context, [])
  if (link.kind !== 'text') return outsideOfLink(cut, context) ?? none('refused', refusals[link.kind])
  return readText(link.text, context, link.isView ? ['view'] : [])
}

/** A text may give its position beside a link that cannot be followed ("-6.89,110.63 https://maps.app.goo.gl/..."). */
function outsideOfLink(text: string, context: CoordinateContext): ReadCoordinates | null {
  const read = readText(text.replace(/\S*(?:\/\/|\.gl\/|\.co\/)\S*/g, ' '), context, [])
  return read.point === null ? null : read
}

function readText(text: string, context: CoordinateContext, reasons: readonly CoordinateReason[]): ReadCoordinates {
  const plusCode = findPlusCode(text)
  if (plusCode !== null) return readPlusCode(plusCode, context, reasons)
  if (isBadPlusCode(text)) return none('not-understood', 'badPlusCode')
  if (/^\s*(?:what3words|w3w)?[:\s]*\/{0,3}\p{L}{3,}\.\p{L}{3,}\.\p{L}{3,}\s*$/u.test(text))
    return none('refused', 'what3words')
  const numbers = readNumbers(text)
  if (numbers.kind === 'out-of-range') return none('not-understood', 'outOfRange')
  if (numbers.kind !== 'pair') return none('not-understood', numbers.kind)
  const notes = numbers.isSwapped ? [...reasons, 'swapped' as const] : reasons
  const southern = { lat: -numbers.degrees.lat, lon: numbers.degrees.lon }
  // Nobody here means the northern half: a minus that was left out would put the place into the sea.
  const isSignLost = numbers.isUnsigned && numbers.degrees.lat > 0 && isWithin(pointOf(southern), context.bounds)
  return isSignLost ? judged(southern, context, [...notes, 'sign']) : judged(numbers.degrees, context, notes)
}

function readPlusCode(
  found: PlusCode,
  context: CoordinateContext,
  reasons: readonly CoordinateReason[],
): ReadCoordinates {
  const { code, isFull, words } = found
  if (isCoarse(code)) return none('not-understood', 'area')
  if (isFull) return judged(fromFullCode(code), context, reasons)
  if (words === '') return none('not-resolvable', 'noReference')
  const reference = context.referenceOf(words)
  if (reference === null) return none('not-resolvable', 'unknownReference')
  if (reference !== 'regency') {
    return judged(
      fromShortCode(code, { lat: reference.lat / perDegree, lon: reference.lon / perDegree }),
      context,
      reasons,
    )
  }
  const { bounds } = context
  if (bounds === null || !isSafeWithin(code, spreadOf(bounds))) return none('not-resolvable', 'unknownReference')
  return judged(fromShortCode(code, middleOf(bounds)), context, reasons)
}

function judged(
  degrees: Degrees,
  { bounds }: CoordinateContext,
  reasons: readonly CoordinateReason[],
): ReadCoordinates {
  const point = pointOf(degrees)
  if (isWithin(point, bounds)) return { outcome: 'point', point, reasons }
  return { outcome: 'outside', point, reasons: [...reasons, 'outside'] }
}

function pointOf({ lat, lon }: Degrees): Point {
  return { lat: Math.round(lat * perDegree), lon: Math.round(lon * perDegree) }
}

function isWithin({ lat, lon }: Point, bounds: Bounds | null): boolean {
  return bounds === null || (lat >= bounds.south && lat <= bounds.north && lon >= bounds.west && lon <= bounds.east)
}

function middleOf({ south, north, west, east }: Bounds): Degrees {
  return { lat: (south + north) / 2 / perDegree, lon: (west + east) / 2 / perDegree }
}

function spreadOf({ south, north, west, east }: Bounds): number {
  return Math.max(north - south, east - west) / perDegree
}

/** "-6,8941000, 110,6382000": how a point is shown; seven decimals are about a centimetre. */
export function pointText({ lat, lon }: Point): string {
  return `${(lat / perDegree).toFixed(6)}, ${(lon / perDegree).toFixed(6)}`
}
