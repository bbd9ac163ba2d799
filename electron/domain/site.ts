// What a site file may say: the pure schema, shared by core and the screens. Reads no file and opens no connection.
import { z } from 'zod'
import { channel } from './relay.ts'
import { zoneNames } from './time.ts'

const seconds = z.number().int().min(1).max(3600)
const share = z.number().gt(0).max(1)
const days = z.number().int().min(1).max(3650)
const name = z.string().trim().min(1).max(120)

const phone = z
  .string()
  .regex(/^\+?[0-9][0-9 ()-]{1,24}$/, 'nomor dalam tanda petik, seperti "0291685877" atau "+62291685877"')
  .nullable()

const brokerAddress = z
  .string()
  .regex(/^mqtts?:\/\/(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?$/, 'alamat seperti mqtts://pusat.example:8883')
  .refine((address) => Number(address.match(/:(\d+)$/)?.[1] ?? 1883) <= 65_535, 'nomor port paling besar 65535')

const areaCode = z
  .string()
  .regex(/^\d{2}\.\d{2}\.\d{2}(\.\d{4})?$/, 'kode kecamatan (33.21.04) atau desa (33.21.04.2014)')

const agency = z.strictObject({
  code: z.string().regex(/^[A-Z0-9]{2,12}$/, '2 sampai 12 huruf besar atau angka'),
  /** Left out = the name of the reference data. */
  name: name.optional(),
  channels: z.array(channel).min(1).max(4).default(['phone']),
  phone: phone.default(null),
  area: z.array(areaCode).min(1).nullable().default(null),
})

const neighbour = z.strictObject({ name, phone: phone.default(null) })

const targets = z.strictObject({
  answerSeconds: seconds.default(10),
  answerShare: share.default(0.9),
  relaySeconds: seconds.default(60),
  relayShare: share.default(0.9),
  p1AckSeconds: seconds.default(60),
  /** Writing up a call ends by itself after so long. */
  wrapUpSeconds: seconds.default(60),
})

/** A call of a blocked number: is it still offered to answer, and does it ring aloud? */
const blockedCalls = z.strictObject({ offer: z.boolean().default(true), sound: z.boolean().default(false) })

const retention = z.strictObject({ personalDays: days.default(365), exportsDays: days.default(90) })

/** The site file (YAML or JSON). Keys that are unknown are refused: a misspelt key must not be silently without effect. */
export const siteSchema = z
  .strictObject({
    site: z.string().regex(/^[a-z0-9-]{1,32}$/, '1 sampai 32 huruf kecil, angka atau -'),
    name,
    zone: z.enum(zoneNames).default('Asia/Jakarta'),
    regency: z.string().regex(/^\d{2}\.\d{2}$/, 'kode kabupaten/kota dalam tanda petik, seperti "33.21"'),
    /** The desk's letters; they stand in every incident label, so I and O are left out. */
    member: z.string().regex(/^[A-HJ-NP-Z]{1,2}$/, 'satu atau dua huruf besar tanpa I dan O'),
    brokers: z.strictObject({
      sync: z.array(brokerAddress).min(1).max(8),
      exchange: z.array(brokerAddress).min(1).max(8),
      /** File with this desk's password, relative to the site file; the user name is the member. Left out = none. */
      passwordFile: z.string().min(1).max(1000).optional(),
    }),
    bridge: z.string().regex(/^[A-Za-z0-9._-]{1,32}$/, '1 sampai 32 huruf, angka, titik, _ atau -'),
    /** Root public key, base64url of 32 bytes; left out = no member list (one desk). */
    centreKey: z
      .string()
      .regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 'kunci umum pusat, 43 huruf base64url')
      .optional(),
    /** Left out = every agency of the reference data, by phone. */
    agencies: z.array(agency).max(64).optional(),
    blockedCalls: blockedCalls.prefault({}),
    neighbours: z.array(neighbour).max(64).default([]),
    targets: targets.prefault({}),
    retention: retention.prefault({}),
  })
  .superRefine((site, context) => {
    const seen = new Set<string>()
    for (const [index, { code, area }] of (site.agencies ?? []).entries()) {
      if (seen.has(code)) {
        context.addIssue({
          code: 'custom',
          path: ['agencies', index, 'code'],
          message: 'setiap kode instansi satu kali',
        })
      }
      seen.add(code)
      for (const [place, written] of (area ?? []).entries()) {
        if (written.startsWith(`${site.regency}.`)) continue
        const path = ['agencies', index, 'area', place]
        context.addIssue({ code: 'custom', path, message: `kode di dalam kabupaten/kota ${site.regency}` })
      }
    }
  })

export type Site = z.infer<typeof siteSchema>
