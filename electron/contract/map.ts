// What the map and the import of borders ask of core and are told by it.
import { z } from 'zod'
import { area, borderReport, largestBordersFile, origin } from '#domain/borders.ts'
import { callId, incidentId } from '#domain/id.ts'
import { priority } from '#domain/incident.ts'
import { point, precisions } from '#domain/place.ts'

const degrees = z.number().int()
const precision = z.enum(precisions)
const count = z.number().int()

/** An open incident on the map. */
const pin = z.object({
  incident: incidentId,
  label: z.string(),
  priority: priority.nullable(),
  /** The place as people read it; null while nobody gave one. */
  place: z.string().nullable(),
  precision,
  /** The village or district it lies in, as far as it is known. */
  code: z.string().nullable(),
  /** Null while the point of its place is not known. */
  point: point.nullable(),
})

export const mapQueries = {
  /** Open incidents, callers and known points; `incident` is the one in hand. */
  map: {
    input: z.object({ incident: incidentId.nullable() }),
    output: z.object({
      /** The box around the regency; null while neither borders nor a pack tell it. */
      bounds: z.object({ south: degrees, west: degrees, north: degrees, east: degrees }).nullable(),
      pins: z.array(pin),
      /** The incident in hand, also one that has ended; null for a form nobody typed in. */
      inHand: pin.nullable(),
      /** Where callers are, as the exchange was told: those that are open here, and of the incident in hand. */
      callers: z.array(
        z.object({
          call: callId,
          /** "aml" and the like; null once the call is only on record. */
          source: z.string().nullable(),
          radiusM: count,
          point,
        }),
      ),
      /** Landmarks and Km markers whose point is known. */
      known: z.array(z.object({ id: z.string(), name: z.string(), point })),
    }),
  },
  /** Borders of villages; null before the first import. Changes only with an import. */
  borders: {
    input: z.object({}),
    output: origin
      .extend({ areas: z.array(area.extend({ name: z.string(), district: z.string() })), villages: count })
      .nullable(),
  },
  /** The check of a file of borders. */
  borderCheck: {
    input: z.object({}),
    output: z.discriminatedUnion('state', [
      z.object({ state: z.literal('none') }),
      z.object({ state: z.literal('running'), file: z.string(), percent: count }),
      z.object({ state: z.literal('failed'), file: z.string() }),
      z.object({ state: z.literal('done'), file: z.string(), report: borderReport }),
    ]),
  },
}

const done = z.object({})

export const mapCommands = {
  /** Begins to check a GeoJSON text; the query `borderCheck` tells how far it is and what came of it. */
  checkBorders: {
    input: z.object({
      file: z.string().trim().min(1).max(200),
      /** One letter more than allowed, so that core can say that it is too large. */
      text: z.string().max(largestBordersFile + 1),
      /** Property that holds the village codes; null = the one that names most villages. */
      property: z.string().max(200).nullable(),
    }),
    output: done,
  },
  /** Gives up the check or what it found; the borders in force stay. */
  cancelBorders: { input: z.object({}), output: done },
  /** What was checked comes into force, with a note of where it is from. */
  acceptBorders: {
    input: z.object({ source: z.string().trim().min(1).max(200), licence: z.string().trim().min(1).max(200) }),
    output: done,
  },
}
