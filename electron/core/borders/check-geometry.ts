// Checks the geometry of one feature: polygons of closed rings with positions that lie in Indonesia. Repairs only directions.
import type { BorderProblem, BorderProblemKind } from '#domain/borders.ts'
import { isRecord, shown, type RawFeature } from './read-features.ts'

export type Position = [number, number]
export type Ring = Position[]
/** The outer ring first, then its holes, as RFC 7946 turns them: outer counterclockwise, holes clockwise. */
export type Polygon = Ring[]

export type CheckedGeometry =
  | { readonly ok: true; readonly polygons: readonly Polygon[]; readonly points: number; readonly turned: number }
  | { readonly ok: false; readonly kind: BorderProblemKind; readonly read: string }

type Refusal = { readonly kind: BorderProblemKind; readonly read: string }
class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.kind)
    this.refusal = refusal
  }
}
const refuse = (kind: BorderProblemKind, read: unknown): never => {
  throw new Refused({ kind, read: shown(read) })
}

/** The box around Indonesia, with some sea (degrees). */
const indonesia = { west: 94, east: 142, south: -12, north: 7 }

/** Checks a geometry as it stands in the file. Never throws. */
export function checkGeometry(geometry: unknown): CheckedGeometry {
  try {
    const count = { turned: 0, points: 0 }
    const polygons = polygonsOf(geometry).map((rings) => checkPolygon(rings, count))
    return { ok: true, polygons, ...count }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, ...error.refusal }
    throw error
  }
}

/** The problem of a feature, with its place in the file. */
export function problemAt(
  { line }: RawFeature,
  index: number,
  { kind, read }: { readonly kind: BorderProblemKind; readonly read: string },
): BorderProblem {
  return { kind, line, feature: index + 1, read }
}

function polygonsOf(geometry: unknown): readonly unknown[][] {
  if (!isRecord(geometry)) return refuse('wrongGeometry', geometry)
  const { type, coordinates } = geometry
  if (type !== 'Polygon' && type !== 'MultiPolygon') return refuse('wrongGeometry', type)
  const polygons: unknown = type === 'Polygon' ? [coordinates] : coordinates
  if (!Array.isArray(polygons) || polygons.length === 0) return refuse('wrongPosition', polygons)
  return polygons.map((rings: unknown) =>
    Array.isArray(rings) && rings.length > 0 ? (rings as unknown[]) : refuse('wrongPosition', rings),
  )
}

function checkPolygon(rings: readonly unknown[], count: { turned: number; points: number }): Polygon {
  return rings.map((raw, index) => {
    const ring = checkRing(raw)
    const doubled = doubledArea(ring)
    if (doubled === 0) refuse('noArea', raw)
    count.points += ring.length
    const isCounterclockwise = doubled > 0
    if (isCounterclockwise === (index === 0)) return ring
    count.turned += 1
    return ring.toReversed()
  })
}

function checkRing(raw: unknown): Ring {
  if (!Array.isArray(raw)) return refuse('wrongPosition', raw)
  const ring = raw.map(checkPosition)
  if (ring.length < 4) refuse('tooFewPositions', ring)
  const [first, last] = [ring[0], ring.at(-1)]
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) refuse('notClosed', last)
  return ring
}

function checkPosition(raw: unknown): Position {
  const [lon, lat]: readonly unknown[] = Array.isArray(raw) ? raw : []
  if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon) || !Number.isFinite(lat)) {
    return refuse('wrongPosition', raw)
  }
  if (isIn(lon, lat)) return [lon, lat]
  if (isIn(lat, lon)) return refuse('swapped', raw)
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return refuse('outOfRange', raw)
  return refuse('outsideIndonesia', raw)
}

function isIn(lon: number, lat: number): boolean {
  const { west, east, south, north } = indonesia
  return lon >= west && lon <= east && lat >= south && lat <= north
}

/** Twice the area of a ring in square degrees, positive when it runs counterclockwise. */
function doubledArea(ring: Ring): number {
  const [x0, y0] = ring[0] ?? [0, 0]
  let sum = 0
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [ax = 0, ay = 0] = ring[at] ?? []
    const [bx = 0, by = 0] = ring[at + 1] ?? []
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
  }
  return sum
}
