// The places of a regency as core gives them to the page.
import { z } from 'zod'
import { point, type Gazetteer, type Landmarks, type PlaceAbbreviations } from '#domain/place.ts'

const codeName = z.object({ code: z.string(), name: z.string() })
const words = z.array(z.string()).readonly()
const degrees = z.number().int()

export const gazetteer: z.ZodType<Gazetteer> = z.object({
  regency: codeName,
  districts: z.array(codeName).readonly(),
  villages: z
    .array(
      z.object({
        code: z.string(),
        name: z.string(),
        district: z.string(),
        districtCode: z.string(),
        kind: z.enum(['desa', 'kelurahan']),
      }),
    )
    .readonly(),
  elsewhere: z.object({ regencies: words, others: words }),
})

const landmark = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  code: z.string().nullable(),
  aliases: words,
  point: point.nullable(),
})
const marker = z.object({ km: z.number(), code: z.string(), name: z.string().nullable(), point: point.nullable() })

export const landmarks: z.ZodType<Landmarks> = z.object({
  landmarks: z.array(landmark).readonly(),
  roads: z
    .array(z.object({ id: z.string(), name: z.string(), aliases: words, markers: z.array(marker).readonly() }))
    .readonly(),
  bounds: z.object({ south: degrees, west: degrees, north: degrees, east: degrees }).nullable(),
})

export const placeAbbreviations: z.ZodType<PlaceAbbreviations> = z.object({
  words: z.record(z.string(), z.string()),
  marks: words,
  placeForms: z.record(z.string(), z.string()),
  placeFillers: words,
  districtMarks: words,
  villageMarks: words,
  hamletMarks: words,
  regencyMarks: words,
})
