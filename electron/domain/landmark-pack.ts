// The shape of the landmarks pack: a centre's own table of landmarks, hamlets and roads. Reads no file and holds no data.
import { z } from 'zod'
import type { Landmarks } from './place.ts'

const text = z.string().trim().min(1).max(120)
const id = z.string().regex(/^[a-z0-9-]{2,40}$/, 'huruf kecil, angka dan tanda hubung')
const areaCode = z
  .string()
  .regex(/^\d{2}\.\d{2}\.\d{2}(\.\d{4})?$/, 'kode desa seperti 33.21.04.2010 atau kecamatan seperti 33.21.04')
const aliases = z.array(text).max(40).default([])
/** Decimal degrees in the file, because people write it. */
const latitude = z.number().min(-90).max(90)
const longitude = z.number().min(-180).max(180)
const degrees = { lat: latitude.optional(), lon: longitude.optional() }

const landmark = z.strictObject({ id, name: text, kind: text, code: areaCode.nullable(), aliases, ...degrees })
const marker = z.strictObject({ km: z.number().min(0).max(2000), code: areaCode, name: text.optional(), ...degrees })
const road = z.strictObject({ id, name: text, aliases, markers: z.array(marker).max(500) })

const shape = z.strictObject({
  pack: z.literal('landmarks'),
  version: z.number().int().min(1),
  status: z.enum(['usulan', 'disetujui']),
  /** The regency it was made for; a pack of another one is refused. */
  regency: z.string().regex(/^\d{2}\.\d{2}$/, 'kode kabupaten seperti 33.21'),
  /** The box around the regency, decimal degrees; a point beyond it is told, never refused. */
  bounds: z
    .strictObject({ south: latitude, north: latitude, west: longitude, east: longitude })
    .refine(({ south, north, west, east }) => south < north && west < east, 'selatan < utara dan barat < timur')
    .nullable()
    .default(null),
  landmarks: z.array(landmark).max(5000),
  roads: z.array(road).max(200),
})

export type LandmarksPack = z.infer<typeof shape>

export const landmarksPack = shape.superRefine(refuseRepeatedIds).superRefine(refuseHalfPoints)

type Context = z.core.$RefinementCtx<LandmarksPack>

function refuseRepeatedIds(pack: LandmarksPack, context: Context): void {
  const seen = new Set<string>()
  for (const list of ['landmarks', 'roads'] as const) {
    for (const [index, { id: one }] of pack[list].entries()) {
      if (seen.has(one)) {
        context.addIssue({
          code: 'custom',
          path: [list, index, 'id'],
          message: `id ${one} sudah dipakai; id yang belum dipakai`,
        })
      }
      seen.add(one)
    }
  }
}

function refuseHalfPoints(pack: LandmarksPack, context: Context): void {
  const refuse = (
    path: (string | number)[],
    { lat, lon }: { lat?: number | undefined; lon?: number | undefined },
  ): void => {
    if ((lat === undefined) === (lon === undefined)) return
    const key = lat === undefined ? 'lon' : 'lat'
    context.addIssue({ code: 'custom', path: [...path, key], message: 'lat dan lon bersama-sama, atau tanpa keduanya' })
  }
  pack.landmarks.forEach((one, index) => refuse(['landmarks', index], one))
  pack.roads.forEach(({ markers }, at) => markers.forEach((one, index) => refuse(['roads', at, 'markers', index], one)))
}

/** Where in the pack a code stands that `known` does not hold. */
export function unknownCodes(pack: LandmarksPack, known: ReadonlySet<string>): (string | number)[][] {
  const isUnknown = (code: string | null): boolean => code !== null && !known.has(code)
  const landmarks = pack.landmarks.flatMap(({ code }, at) => (isUnknown(code) ? [['landmarks', at, 'code']] : []))
  const markers = pack.roads.flatMap((one, road) =>
    one.markers.flatMap(({ code }, at) => (isUnknown(code) ? [['roads', road, 'markers', at, 'code']] : [])),
  )
  return [...landmarks, ...markers]
}

const stored = (value: number): number => Math.round(value * 1e7)
const pointOf = ({ lat, lon }: { lat?: number | undefined; lon?: number | undefined }) =>
  lat === undefined || lon === undefined ? null : { lat: stored(lat), lon: stored(lon) }

/** The landmarks as the search uses them: points in 1e-7 degree, markers in the order of their distance. */
export function landmarksOf(pack: LandmarksPack): Landmarks {
  const { bounds } = pack
  return {
    bounds:
      bounds === null
        ? null
        : {
            south: stored(bounds.south),
            north: stored(bounds.north),
            west: stored(bounds.west),
            east: stored(bounds.east),
          },
    landmarks: pack.landmarks.map((one) => ({
      id: one.id,
      name: one.name,
      kind: one.kind,
      code: one.code,
      aliases: one.aliases,
      point: pointOf(one),
    })),
    roads: pack.roads.map(({ id: road, name, aliases: others, markers }) => ({
      id: road,
      name,
      aliases: others,
      markers: markers
        .map((one) => ({ km: one.km, code: one.code, name: one.name ?? null, point: pointOf(one) }))
        .toSorted((a, b) => a.km - b.km),
    })),
  }
}
