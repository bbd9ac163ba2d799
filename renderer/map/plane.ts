// The flat map: where a point on the earth lies in metres, what part of it a view shows, and how long its scale bar is. Draws nothing.
import { geoAzimuthalEquidistant } from 'd3-geo'

/** 1e-7 degree. */
export type GeoPoint = { readonly lat: number; readonly lon: number }
export type Bounds = { readonly south: number; readonly west: number; readonly north: number; readonly east: number }
/** Metres east and south of the middle of the plane: the y of a screen grows downwards. */
export type PlanePoint = { readonly x: number; readonly y: number }
/** A part of the plane: its middle and how many metres a pixel is. */
export type MapView = PlanePoint & { readonly metres: number }
/** Pixels. */
export type Size = { readonly width: number; readonly height: number }

/** The plane of a regency: distances and directions from its middle are true, and within 50 km as good as true everywhere. */
export type Plane = { readonly at: (point: GeoPoint) => PlanePoint }

const earthRadius = 6_371_008.8
/** A view of a place shows as much land as a square of this side has (metres). */
const around = 10_000
const finest = 0.5
const coarsest = 400

/** The plane around a point. */
export function createPlane(middle: GeoPoint): Plane {
  const project = geoAzimuthalEquidistant()
    .rotate([-middle.lon / 1e7, -middle.lat / 1e7])
    .scale(earthRadius)
    .translate([0, 0])
    .precision(0)
  return {
    at: ({ lat, lon }) => {
      const [x, y] = project([lon / 1e7, lat / 1e7]) ?? [0, 0]
      return { x, y }
    },
  }
}

/** The middle of a box. */
export function middleOf({ south, west, north, east }: Bounds): GeoPoint {
  return { lat: Math.round((south + north) / 2), lon: Math.round((west + east) / 2) }
}

/** The smallest box around points; null without any. */
export function boundsOf(points: readonly GeoPoint[]): Bounds | null {
  if (points.length === 0) return null
  const lats = points.map(({ lat }) => lat)
  const lons = points.map(({ lon }) => lon)
  return { south: Math.min(...lats), north: Math.max(...lats), west: Math.min(...lons), east: Math.max(...lons) }
}

/** A view of about 10 km by 10 km around a point, wider and lower where the map is. */
export function viewAround(at: PlanePoint, { width, height }: Size): MapView {
  return { ...at, metres: limited(around / Math.sqrt(Math.max(width * height, 1))) }
}

/** A view in which a whole box can be seen, with some room around it. */
export function viewOf(plane: Plane, { south, west, north, east }: Bounds, { width, height }: Size): MapView {
  const a = plane.at({ lat: north, lon: west })
  const b = plane.at({ lat: south, lon: east })
  const metres = Math.max(Math.abs(b.x - a.x) / Math.max(width, 1), Math.abs(b.y - a.y) / Math.max(height, 1)) * 1.08
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, metres: limited(metres) }
}

/** Moves a view by parts of the map's size: 0.25 to the east is a quarter of its width. */
export function panned(view: MapView, { width, height }: Size, east: number, south: number): MapView {
  return { ...view, x: view.x + east * width * view.metres, y: view.y + south * height * view.metres }
}

/** The same middle with `factor` times as many metres to a pixel. */
export function zoomed(view: MapView, factor: number): MapView {
  return { ...view, metres: limited(view.metres * factor) }
}

/** Moves a view with the hand that holds the land: `x` and `y` are pixels from where it was taken. */
export function dragged(view: MapView, x: number, y: number): MapView {
  return { ...view, x: view.x - x * view.metres, y: view.y - y * view.metres }
}

/** Zooms so that what lies under `at` (pixels from the upper left corner) stays there. */
export function zoomedAt(view: MapView, { width, height }: Size, factor: number, at: PlanePoint): MapView {
  const { metres } = zoomed(view, factor)
  const closer = view.metres - metres
  return { x: view.x + (at.x - width / 2) * closer, y: view.y + (at.y - height / 2) * closer, metres }
}

function limited(metres: number): number {
  return Math.min(coarsest, Math.max(finest, metres))
}

/** Where a point of the plane is on the screen (pixels from the upper left corner). */
export function onScreen({ x, y, metres }: MapView, { width, height }: Size, at: PlanePoint): PlanePoint {
  return { x: width / 2 + (at.x - x) / metres, y: height / 2 + (at.y - y) / metres }
}

/** The longest bar of 1, 2 or 5 times a power of ten that is not longer than `most` pixels. */
export function scaleBar(view: MapView, most: number): { readonly metres: number; readonly pixels: number } {
  const longest = view.metres * most
  const power = 10 ** Math.floor(Math.log10(longest))
  const metres = [5, 2, 1].map((step) => step * power).find((length) => length <= longest) ?? power
  return { metres, pixels: metres / view.metres }
}

/** The path of rings (lon, lat, lon, lat ... in 1e-7 degree) on the plane, in whole metres. */
export function ringsPath(plane: Plane, rings: readonly (readonly number[])[]): string {
  return rings.map((ring) => `M${ringPoints(plane, ring).join('L')}Z`).join('')
}

function ringPoints(plane: Plane, ring: readonly number[]): string[] {
  const points: string[] = []
  for (let at = 0; at + 1 < ring.length; at += 2) {
    const { x, y } = plane.at({ lon: ring[at] ?? 0, lat: ring[at + 1] ?? 0 })
    points.push(`${Math.round(x)} ${Math.round(y)}`)
  }
  return points
}
