// Makes what is drawn out of checked polygons: fewer points, the same for both neighbours of a border; and a centre inside each.
import { geoCentroid, geoContains } from 'd3-geo'
import type { Feature, FeatureCollection, MultiPolygon } from 'geojson'
import polylabel from 'polylabel'
import { feature as drawn } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, simplify } from 'topojson-simplify'
import type { GeometryCollection, Topology } from 'topojson-specification'
import type { Area } from '#domain/borders.ts'
import type { Point } from '#domain/place.ts'
import type { Polygon, Position } from './check-geometry.ts'

export type CheckedArea = { readonly code: string; readonly polygons: readonly Polygon[] }

/** Points that change a border by less than this are left out: a triangle of about 30 m by 30 m, in square degrees. */
const leastTriangle = 4e-8
/** Steps of the grid on which neighbours find their common border; about half a metre across a regency. */
const gridSteps = 1e5

type Codes = { readonly code: string }

/** The areas as they are kept. */
export function drawAreas(areas: readonly CheckedArea[]): Area[] {
  const features = areas.map(({ code, polygons }): Feature<MultiPolygon, Codes> => {
    return {
      type: 'Feature',
      properties: { code },
      geometry: { type: 'MultiPolygon', coordinates: polygons as Polygon[] },
    }
  })
  const collection: FeatureCollection<MultiPolygon, Codes> = { type: 'FeatureCollection', features }
  const whole = topology({ areas: collection }, gridSteps) as unknown as Topology<{
    areas: GeometryCollection<Codes>
  }>
  const fewer = simplify(presimplify(whole), leastTriangle)
  const shapes = drawn(fewer, fewer.objects.areas).features
  return areas.map((area, index): Area => {
    const geometry = shapes[index]?.geometry
    const polygons = geometry?.type === 'MultiPolygon' ? geometry.coordinates : area.polygons
    const rings = polygons.flatMap((rings) =>
      rings.map((ring) => ring.flatMap(([lon = 0, lat = 0]) => stored(lon, lat))),
    )
    return { code: area.code, centre: centreOf(area.polygons), rings: rings.filter((ring) => ring.length >= 8) }
  })
}

const stored = (lon: number, lat: number): [number, number] => [Math.round(lon * 1e7), Math.round(lat * 1e7)]

/** The centre of gravity of the largest part where that lies inside, else the point farthest from its edge. */
function centreOf(polygons: readonly Polygon[]): Point {
  const largest = polygons.toSorted((a, b) => boxArea(b) - boxArea(a))[0] ?? []
  // On a sphere the inside lies to the right of a ring, in RFC 7946 to the left.
  const geometry = { type: 'Polygon' as const, coordinates: largest.map((ring) => ring.toReversed()) }
  const centre = geoCentroid(geometry)
  const [lon, lat] = geoContains(geometry, centre) ? centre : polylabel(largest, 1e-4)
  const [storedLon, storedLat] = stored(lon, lat)
  return { lat: storedLat, lon: storedLon }
}

function boxArea([outer = []]: Polygon): number {
  const span = (axis: 0 | 1): number => {
    const values = outer.map((position: Position) => position[axis])
    return values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity)
  }
  return span(0) * span(1)
}
