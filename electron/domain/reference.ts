// The shapes of the reference packs: what a pack may say and what is refused. Reads no file and holds no data.
import { z } from 'zod'
import { bothLanguages } from './both-languages.ts'
import { callClasses, sources } from './call.ts'
import { dispositions, priority } from './incident.ts'
import { promptKinds } from './silent-call.ts'

const text = z.string().trim().min(1).max(120)
const label = bothLanguages(text)
const code = z.string().regex(/^[A-Z0-9]{2,12}$/, 'kode 2 sampai 12 huruf besar atau angka')

const header = {
  version: z.number().int().min(1),
  /** "usulan" until the agencies have approved it; the screen says so. */
  status: z.enum(['usulan', 'disetujui']),
}

/** "A/B" = whichever of them the site has, A first; "A.UNIT" = a unit of A. */
export const targetSchema = z
  .string()
  .regex(/^[A-Z0-9]{2,12}(\.[A-Z0-9]+)?(\/[A-Z0-9]{2,12}(\.[A-Z0-9]+)?)*$/, 'KODE, KODE.UNIT atau KODE/KODE')
  .transform((written) =>
    written.split('/').map((one) => {
      const [agency = '', unit = null] = one.split('.')
      return { agency, unit }
    }),
  )

/** The agencies that may take one part of an incident, the preferred one first. */
export type Target = z.infer<typeof targetSchema>

const dailyWords = z.array(text).min(1).max(300)

export const incidentTypesPack = z.strictObject({
  pack: z.literal('incident-types'),
  ...header,
  types: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[A-Z]{2,6}(-[A-Z]{2,6})?$/, 'kode seperti BKR-RMH'),
        label,
        priority,
        lead: targetSchema.nullable(),
        support: z.array(targetSchema).max(8),
        words: z
          .strictObject({ id: dailyWords, jv: dailyWords })
          .refine((words) => words.id.length + words.jv.length >= 8, 'sedikitnya 8 kata sehari-hari'),
      }),
    )
    .min(1)
    .superRefine(refuseRepeats),
})

export const agenciesPack = z.strictObject({
  pack: z.literal('agencies'),
  ...header,
  agencies: z
    .array(
      z.strictObject({
        code,
        name: text,
        /** Null where the number is not certain: the site file says it then. */
        shortNumber: z
          .string()
          .regex(/^\d{3,5}$/, 'nomor pendek 3 sampai 5 angka')
          .nullable(),
        units: z.array(z.strictObject({ code, name: text })).optional(),
      }),
    )
    .min(1)
    .superRefine(refuseRepeats),
})

export const callWordsPack = z.strictObject({
  pack: z.literal('call-words'),
  ...header,
  callClasses: z.record(z.enum(callClasses), label),
  dispositions: z.record(z.enum(dispositions), label),
  sources: z.record(z.enum(sources), label),
  relations: z.record(z.string().regex(/^[a-z-]{2,20}$/, 'kode huruf kecil'), label),
})

export const abbreviationsPack = z.strictObject({
  pack: z.literal('abbreviations'),
  ...header,
  words: z.record(text, text),
  marks: z.array(text),
  /** For the place search alone; several full forms are parted by "/". */
  placeForms: z.record(text, text),
  placeFillers: z.array(text),
  districtMarks: z.array(text),
  villageMarks: z.array(text),
  hamletMarks: z.array(text),
  regencyMarks: z.array(text),
  fillers: z.array(text),
})

export const synonymsPack = z.strictObject({
  pack: z.literal('synonyms'),
  ...header,
  /** Each row: words and phrases that mean the same. */
  same: z.array(z.array(text).min(2).max(60)).max(1000).superRefine(refuseTwoMeanings),
})

export const silentCallPack = z.strictObject({
  pack: z.literal('silent-call'),
  ...header,
  prompts: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z-]{2,20}$/, 'kode huruf kecil'),
        kind: z.enum(promptKinds),
        say: text,
        seconds: z.number().int().min(1).max(60),
      }),
    )
    .min(1)
    .max(5)
    .superRefine(refuseRepeats)
    .refine(
      (prompts) => prompts.every(({ kind }, place) => kind !== 'callback' || place === prompts.length - 1),
      'telepon balik (callback) paling akhir dan satu kali',
    ),
})

export type IncidentType = z.infer<typeof incidentTypesPack>['types'][number]
export type AgencyEntry = z.infer<typeof agenciesPack>['agencies'][number]
export type CallWords = z.infer<typeof callWordsPack>
export type SynonymsPack = z.infer<typeof synonymsPack>
export type Abbreviations = z.infer<typeof abbreviationsPack>

type Coded = readonly { readonly code: string }[]

function refuseRepeats(rows: Coded, context: z.core.$RefinementCtx<Coded>): void {
  const seen = new Set<string>()
  for (const [index, { code: one }] of rows.entries()) {
    if (seen.has(one)) context.addIssue({ code: 'custom', path: [index, 'code'], message: `kode ${one} sudah dipakai` })
    seen.add(one)
  }
}

type Groups = readonly (readonly string[])[]

function refuseTwoMeanings(groups: Groups, context: z.core.$RefinementCtx<Groups>): void {
  const seen = new Set<string>()
  for (const [row, words] of groups.entries()) {
    for (const [place, word] of words.entries()) {
      const key = word.toLowerCase()
      if (seen.has(key)) {
        context.addIssue({
          code: 'custom',
          path: [row, place],
          message: `kata ${word} hanya satu kali di seluruh daftar`,
        })
      }
      seen.add(key)
    }
  }
}

const paragraph = z.string().trim().min(1).max(600)

/** Working procedures of the centre, read on the help screen. */
export const sopPack = z.strictObject({
  pack: z.literal('sop'),
  ...header,
  pages: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z0-9]{2,16}$/, 'kode 2 sampai 16 huruf kecil'),
        title: text,
        steps: z.array(paragraph).min(1).max(20),
      }),
    )
    .min(1)
    .max(60)
    .superRefine(refuseRepeats),
})
export type SopPage = z.infer<typeof sopPack>['pages'][number]
