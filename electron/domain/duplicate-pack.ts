// What the centre may set about duplicates: how far and how long a type of incident reaches, what goes together, daily words.
import { z } from 'zod'

const typeCode = z.string().regex(/^[A-Z]{2,6}(-[A-Z]{2,6})?$/, 'kode jenis seperti BKR-RMH')

/** `callers`: how many further reports one report lets expect; 1 or more would never end. */
const reach = z.strictObject({
  types: z.array(typeCode).min(1).max(40),
  km: z.number().min(0.05).max(50),
  minutes: z.number().min(5).max(10_080),
  callers: z.number().min(0.05).max(0.98),
})

/** How much each kind of evidence counts; 1 = as computed. */
const weight = z.number().min(0).max(3)
const weights = z.strictObject({
  point: weight,
  village: weight,
  landmark: weight,
  type: weight,
  number: weight,
  words: weight,
  /** How much the further reports of an incident add to the one that fits best. */
  crowd: weight,
  /** How readily a report is taken for a new incident. */
  fresh: weight,
})

export const duplicatesPack = z.strictObject({
  pack: z.literal('duplicates'),
  version: z.number().int().min(1),
  status: z.enum(['usulan', 'disetujui']),
  least: z.number().min(0.05).max(0.99),
  weights,
  /** The first one is for types that are not named. */
  reaches: z.array(reach).min(1).max(60),
  related: z
    .array(z.strictObject({ types: z.array(typeCode).min(2).max(20), lift: z.number().min(0.05).max(20) }))
    .max(60),
})

export type DuplicateRules = z.infer<typeof duplicatesPack>
export type Reach = z.infer<typeof reach>
export type DuplicateWeights = z.infer<typeof weights>
