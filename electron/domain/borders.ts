// Borders of villages as they are kept after an import, and everything a file of borders may be refused for.
import { z } from 'zod'
import { point } from './place.ts'

/** 1e-7 degree. */
const degrees = z.number().int().min(-1_800_000_000).max(1_800_000_000)
/** A village: its centre, which lies inside, and its rings as lon, lat, lon, lat ...; what an odd number of rings holds is village. */
export const area = z.object({
  code: z.string().regex(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/),
  centre: point,
  rings: z.array(z.array(degrees).min(8)).min(1),
})
export type Area = z.infer<typeof area>

/** Where borders came from; shown wherever they are drawn. */
export const origin = z.object({
  /** Name of the file that was imported. */
  file: z.string().max(200),
  source: z.string().min(1).max(200),
  licence: z.string().min(1).max(200),
  importedAt: z.number().int(),
})
export type BorderOrigin = z.infer<typeof origin>

/** The file of borders that a desk keeps. */
export const bordersPack = origin.extend({
  pack: z.literal('borders'),
  version: z.literal(1),
  regency: z.string().regex(/^\d{2}\.\d{2}$/),
  areas: z.array(area).min(1),
})
export type Borders = z.infer<typeof bordersPack>

/** A larger file is not read (bytes). A regency of 249 villages takes 5 to 20 MB where every bend of a brook is in it. */
export const largestBordersFile = 64_000_000

/** Why a file is refused as a whole. */
export const borderProblemKinds = [
  'tooLarge',
  'notJson',
  'notCollection',
  'otherCrs',
  'noFeatures',
  'notFeature',
  'wrongGeometry',
  'wrongPosition',
  'outOfRange',
  'swapped',
  'outsideIndonesia',
  'tooFewPositions',
  'notClosed',
  'noArea',
  'doubleCode',
  'otherRegency',
  'noneKnown',
] as const
export type BorderProblemKind = (typeof borderProblemKinds)[number]

/** One thing that is wrong: where in the text (1-based), in which feature (1-based), and what was read there. */
export const borderProblem = z.object({
  kind: z.enum(borderProblemKinds),
  line: z.number().int().nullable(),
  feature: z.number().int().nullable(),
  read: z.string(),
})
export type BorderProblem = z.infer<typeof borderProblem>

/** A property of the features that holds codes, and how many villages of the regency it names. */
export const codeProperty = z.object({ name: z.string(), known: z.number().int() })
export type CodeProperty = z.infer<typeof codeProperty>

/** What a check found out. A file with problems is refused; the other lists are told and do no harm. */
export const borderReport = z.object({
  features: z.number().int(),
  /** Property the codes were taken from; null where none holds any. */
  property: z.string().nullable(),
  properties: z.array(codeProperty),
  problems: z.array(borderProblem),
  /** Problems in all; the list holds the first of them. */
  problemCount: z.number().int(),
  /** Villages of the regency, those with a border, and the codes without one. */
  villages: z.number().int(),
  matched: z.number().int(),
  missing: z.array(z.string()),
  /** Codes of this regency that nobody knows. */
  unknown: z.array(z.object({ code: z.string(), line: z.number().int() })),
  /** Features without a readable code, by line. */
  withoutCode: z.array(z.number().int()),
  /** Features of other regencies, left out. */
  otherRegencies: z.number().int(),
  /** Rings whose direction was turned round. */
  turnedRings: z.number().int(),
  /** Points read and points kept for drawing. */
  pointsRead: z.number().int(),
  pointsKept: z.number().int(),
})
export type BorderReport = z.infer<typeof borderReport>

/** Names of properties that hold the code in files people pass on, the likeliest first; compared without case. */
export const usualCodeNames = [
  'kode',
  'kode_kemendagri',
  'kode_desa',
  'kd_desa',
  'kode_kel',
  'kd_kel',
  'kode_wilayah',
  'kdepum',
  'village_code',
  'code',
  'id',
] as const

/** A village code as it may be written (33.21.04.2005, 3321042005, a number), or null when it is none. */
export function villageCodeOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  const match = /^(\d{2})[.\s-]?(\d{2})[.\s-]?(\d{2})[.\s-]?(\d{4})$/.exec(text)
  return match === null ? null : match.slice(1).join('.')
}
