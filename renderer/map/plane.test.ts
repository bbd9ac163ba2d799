// The arithmetic of the map: distances are true, views come back to where they were, a scale bar says what it is.
import { geoDistance } from 'd3-geo'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  boundsOf,
  createPlane,
  dragged,
  middleOf,
  onScreen,
  panned,
  ringsPath,
  scaleBar,
  viewAround,
  viewOf,
  zoomed,
  zoomedAt,
} from './plane.ts'

const middle = { lat: -69_300_000, lon: 1_106_300_000 }
const plane = createPlane(middle)
/** Points within about 45 km of the middle of the regency. */
const nearby = fc.record({
  lat: fc.integer({ min: -73_000_000, max: -65_300_000 }),
  lon: fc.integer({ min: 1_102_300_000, max: 1_110_300_000 }),
})
const size = fc.record({ width: fc.integer({ min: 200, max: 2000 }), height: fc.integer({ min: 120, max: 1200 }) })
const view = fc.record({
  x: fc.integer({ min: -40_000, max: 40_000 }),
  y: fc.integer({ min: -40_000, max: 40_000 }),
  metres: fc.double({ min: 0.6, max: 350, noNaN: true }),
})

it('keeps distances to a tenth of a percent', () => {
  fc.assert(
    fc.property(nearby, nearby, (a, b) => {
      const [from, to] = [plane.at(a), plane.at(b)]
      const drawn = Math.hypot(from.x - to.x, from.y - to.y)
      const real = geoDistance([a.lon / 1e7, a.lat / 1e7], [b.lon / 1e7, b.lat / 1e7]) * 6_371_008.8
      expect(Math.abs(drawn - real)).toBeLessThanOrEqual(real * 0.001 + 0.1)
    }),
  )
})

it('draws north above south and east to the right of west', () => {
  fc.assert(
    fc.property(nearby, view, size, (point, from, map) => {
      const at = onScreen(from, map, plane.at(point))
      const north = onScreen(from, map, plane.at({ ...point, lat: point.lat + 50_000 }))
      const east = onScreen(from, map, plane.at({ ...point, lon: point.lon + 50_000 }))
      expect(north.y).toBeLessThan(at.y)
      expect(east.x).toBeGreaterThan(at.x)
    }),
  )
})

it('shows a whole box, and a place in the middle of about 10 km by 10 km', () => {
  fc.assert(
    fc.property(nearby, nearby, size, (a, b, map) => {
      const box = boundsOf([a, b])
      if (box === null) throw new Error('no box')
      const whole = viewOf(plane, box, map)
      for (const corner of [a, b]) {
        const { x, y } = onScreen(whole, map, plane.at(corner))
        // At 400 m a pixel it ends: a box of 80 km is more than a small map can hold.
        if (whole.metres < 400) expect([x >= 0, x <= map.width, y >= 0, y <= map.height]).not.toContain(false)
      }
      const here = viewAround(plane.at(a), map)
      expect(onScreen(here, map, plane.at(a))).toEqual({ x: map.width / 2, y: map.height / 2 })
      expect(map.width * map.height * here.metres ** 2).toBeCloseTo(1e8, -2)
    }),
  )
})

it('moves and zooms there and back', () => {
  fc.assert(
    fc.property(view, size, (from, map) => {
      const back = panned(panned(from, map, 0.25, -0.25), map, -0.25, 0.25)
      expect(back.x).toBeCloseTo(from.x, 4)
      expect(back.y).toBeCloseTo(from.y, 4)
      const nearer = zoomed(from, 1 / 1.01)
      expect(nearer.metres).toBeLessThan(from.metres)
      expect(zoomed(nearer, 1.01).metres).toBeCloseTo(from.metres, 6)
      expect(zoomed(from, 1e9).metres).toBeLessThanOrEqual(400)
      expect(zoomed(from, 1e-9).metres).toBeGreaterThan(0)
    }),
  )
})

it('is dragged with the land under the hand, and zoomed around what lies under the pointer', () => {
  const pixel = fc.integer({ min: -3_000, max: 3_000 })
  fc.assert(
    fc.property(view, size, pixel, pixel, fc.double({ min: 0.2, max: 5, noNaN: true }), (from, map, x, y, factor) => {
      const land = { x: from.x + 40 * from.metres, y: from.y - 30 * from.metres }
      const before = onScreen(from, map, land)
      const after = onScreen(dragged(from, x, y), map, land)
      expect(after.x - before.x).toBeCloseTo(x, 3)
      expect(after.y - before.y).toBeCloseTo(y, 3)
      const nearer = zoomedAt(from, map, factor, before)
      expect(nearer.metres).toBe(zoomed(from, factor).metres)
      expect(onScreen(nearer, map, land).x).toBeCloseTo(before.x, 3)
      expect(onScreen(nearer, map, land).y).toBeCloseTo(before.y, 3)
    }),
  )
})

it('has a scale bar of a round length that is as long as it says', () => {
  fc.assert(
    fc.property(view, (from) => {
      const { metres, pixels } = scaleBar(from, 120)
      expect(pixels).toBeLessThanOrEqual(120.001)
      expect(pixels).toBeGreaterThan(40)
      expect(pixels * from.metres).toBeCloseTo(metres, 6)
      expect([1, 2, 5]).toContain(Number(String(metres)[0]))
    }),
  )
})

it('draws a ring as a closed path in metres', () => {
  const ring = [
    middle.lon,
    middle.lat,
    middle.lon + 90_000,
    middle.lat,
    middle.lon,
    middle.lat + 90_000,
    middle.lon,
    middle.lat,
  ]
  expect(ringsPath(plane, [ring])).toBe('M0 0L993 0L0 -1001L0 0Z')
  expect(middleOf({ south: -10, north: 10, west: 20, east: 30 })).toEqual({ lat: 0, lon: 25 })
  expect(boundsOf([])).toBeNull()
})
