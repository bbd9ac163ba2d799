// An invented lie of the land for invented days: villages around the middle of their district. The real places of villages have no source.
import type { Village } from '#domain/place.ts'

export type Spot = { readonly lat: number; readonly lon: number }

/** Rough middles of the districts of Demak, by the last two digits of their codes; good for days, not for maps. */
const middles: Readonly<Record<string, readonly [number, number]>> = {
  '01': [-7.02, 110.51],
  '02': [-7.05, 110.58],
  '03': [-6.98, 110.58],
  '04': [-6.93, 110.51],
  '05': [-6.92, 110.57],
  '06': [-6.93, 110.65],
  '07': [-6.97, 110.73],
  '08': [-6.89, 110.72],
  '09': [-6.86, 110.77],
  '10': [-6.81, 110.71],
  '11': [-6.89, 110.63],
  '12': [-6.83, 110.6],
  '13': [-6.79, 110.63],
  '14': [-7.02, 110.69],
}

export type Ground = {
  readonly villages: readonly Village[]
  readonly spotOf: (code: string) => Spot
  /** Villages by their distance from a spot, the nearest first. */
  readonly near: (spot: Spot) => readonly { readonly village: Village; readonly km: number }[]
}

/** Lays villages in a spiral around the middle of their district, about 1.3 km apart. */
export function inventGround(villages: readonly Village[]): Ground {
  const spots = new Map<string, Spot>()
  const placed = new Map<string, number>()
  for (const { code, districtCode } of villages) {
    const [lat, lon] = middles[districtCode.slice(-2)] ?? [-6.9, 110.65]
    const n = placed.get(districtCode) ?? 0
    placed.set(districtCode, n + 1)
    const radius = 0.0085 * Math.sqrt(n + 0.5)
    spots.set(code, { lat: lat + radius * Math.sin(n * 2.4), lon: lon + radius * Math.cos(n * 2.4) })
  }
  const spotOf = (code: string): Spot => spots.get(code) ?? { lat: -6.9, lon: 110.65 }
  return {
    villages,
    spotOf,
    near: (spot) =>
      villages
        .map((village) => ({ village, km: kmBetween(spot, spotOf(village.code)) }))
        .toSorted((a, b) => a.km - b.km),
  }
}

export function kmBetween(a: Spot, b: Spot): number {
  return Math.hypot((a.lat - b.lat) * 110.6, (a.lon - b.lon) * 110.5)
}

/** A spot so many kilometres north and east of another. */
export function moved(spot: Spot, north: number, east: number): Spot {
  return { lat: spot.lat + north / 110.6, lon: spot.lon + east / 110.5 }
}
