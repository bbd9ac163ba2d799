// Reads one call document of an exchange bridge (wire format 1, section 5). Judges no order and keeps nothing.
import { z } from 'zod'
import type { SourceCall } from '#contract/call-source.ts'
import { callStates, endReasons, numberTrusts } from '#domain/call.ts'
import { callIdOf } from '#domain/id.ts'
import { keptNumber } from '#domain/number.ts'

const text = z.string().max(256)
const id = text.min(1)
const instant = z.number().int().min(0)
const counter = z.number().int().min(0)

const location = z.object({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  radiusM: z.number().min(0).max(10_000_000),
  source: z.enum(['aml', 'pidf-lo', 'cti']),
  at: instant,
})

/** Keys we do not know are ignored; an optional key may be null, because many bridges write it so. */
const callDocumentSchema = z.object({
  call: id,
  linkedId: id,
  inc: counter,
  seq: counter,
  at: instant,
  state: z.enum(callStates),
  direction: z.enum(['in', 'out']),
  number: text.nullable(),
  numberTrust: z.enum(numberTrusts),
  name: text.nullish(),
  line: text,
  queue: text.nullish(),
  dialled: text,
  offeredTo: z.array(text).max(256),
  answeredBy: text.nullish(),
  offeredAt: instant,
  answeredAt: instant.nullish(),
  endedAt: instant.nullish(),
  endReason: z.enum(endReasons).nullish(),
  muted: z.boolean().nullish(),
  heldBy: text.nullish(),
  location: location.nullish(),
})

type CallDocument = z.infer<typeof callDocumentSchema>

/** A bridge's clocks may disagree by this much before a time is absurd (ms). */
const slackMs = 60_000
/** No call lasts longer (ms). */
const longestCallMs = 24 * 3_600_000

/** True when the times of a document contradict each other. */
function hasAbsurdTimes({ at, offeredAt, answeredAt, endedAt }: CallDocument): boolean {
  const later = [answeredAt, endedAt].filter((time) => time !== null && time !== undefined)
  return (
    offeredAt > at + slackMs ||
    offeredAt < at - longestCallMs ||
    later.some((time) => time < offeredAt - slackMs || time > at + slackMs)
  )
}

/** Place of a document among those of its bridge: the greater (inc, seq) is the newer. */
export type Order = { readonly inc: number; readonly seq: number }

export type ReadCall =
  | { readonly kind: 'call'; readonly call: SourceCall; readonly order: Order; readonly at: number }
  /** It failed, but names a call that must be shown as "panggilan tak dikenal". */
  | { readonly kind: 'unknown'; readonly call: SourceCall }
  | { readonly kind: 'malformed' }

export type DocumentPlace = { readonly site: string; readonly bridge: string; readonly now: number }

/** Reads a parsed document; never throws. `now` is used only where the document's own times cannot be. */
export function readCallDocument(plain: unknown, place: DocumentPlace): ReadCall {
  const parsed = callDocumentSchema.safeParse(plain)
  if (parsed.success && !hasAbsurdTimes(parsed.data)) {
    const { inc, seq, at } = parsed.data
    return { kind: 'call', call: sourceCall(parsed.data, place), order: { inc, seq }, at }
  }
  const call = unknownCall(plain, place)
  return call === null ? { kind: 'malformed' } : { kind: 'unknown', call }
}

function sourceCall(document: CallDocument, { site, bridge }: DocumentPlace): SourceCall {
  const { call, linkedId, state, at } = document
  const isConnected = state === 'connected' || state === 'held'
  return {
    call: callIdOf(site, bridge, linkedId),
    bridge,
    bridgeCall: call,
    linkedId,
    state,
    direction: document.direction,
    ...numberOf(document.number, document.numberTrust),
    name: document.name ?? null,
    line: document.line,
    dialled: document.dialled,
    offeredTo: document.offeredTo,
    answeredBy: document.answeredBy ?? null,
    offeredAt: document.offeredAt,
    answeredAt: document.answeredAt ?? (isConnected ? at : null),
    endedAt: state === 'ended' ? (document.endedAt ?? at) : null,
    endReason: state === 'ended' ? (document.endReason ?? 'unknown') : null,
    muted: document.muted ?? false,
    heldBy: document.heldBy ?? null,
    location: locationOf(document.location),
    isUnknown: false,
  }
}

/** A number without digits, or one that is withheld, is no number, whatever stands there. */
function numberOf(
  number: string | null,
  numberTrust: CallDocument['numberTrust'],
): Pick<SourceCall, 'number' | 'numberTrust'> {
  const kept = numberTrust === 'withheld' ? null : keptNumber(number)
  return kept === null ? { number: null, numberTrust: 'withheld' } : { number: kept, numberTrust }
}

function locationOf(location: CallDocument['location']): SourceCall['location'] {
  if (location === null || location === undefined) return null
  const { lat, lon, radiusM, source } = location
  return { lat: Math.round(lat * 1e7), lon: Math.round(lon * 1e7), radiusM: Math.round(radiusM), source }
}

/** What can be saved of a document that failed: each key that is right by itself, so that no ring is hidden. */
function unknownCall(plain: unknown, { site, bridge, now }: DocumentPlace): SourceCall | null {
  if (typeof plain !== 'object' || plain === null) return null
  const { shape } = callDocumentSchema
  const part = <T extends z.ZodType>(schema: T, key: string): z.output<T> | undefined => {
    const parsed = schema.safeParse((plain as Record<string, unknown>)[key])
    return parsed.success ? parsed.data : undefined
  }
  const bridgeCall = part(shape.call, 'call')
  if (bridgeCall === undefined) return null
  const linkedId = part(shape.linkedId, 'linkedId') ?? bridgeCall
  const state = part(shape.state, 'state') ?? 'offered'
  const isEnded = state === 'ended'
  return {
    call: callIdOf(site, bridge, linkedId),
    bridge,
    bridgeCall,
    linkedId,
    state,
    direction: part(shape.direction, 'direction') ?? 'in',
    ...numberOf(part(shape.number, 'number') ?? null, part(shape.numberTrust, 'numberTrust') ?? 'from'),
    name: part(shape.name, 'name') ?? null,
    line: part(shape.line, 'line') ?? '',
    dialled: part(shape.dialled, 'dialled') ?? '',
    offeredTo: part(shape.offeredTo, 'offeredTo') ?? [],
    answeredBy: part(shape.answeredBy, 'answeredBy') ?? null,
    offeredAt: now,
    answeredAt: null,
    endedAt: isEnded ? now : null,
    endReason: isEnded ? (part(shape.endReason, 'endReason') ?? 'unknown') : null,
    muted: false,
    heldBy: null,
    location: null,
    isUnknown: true,
  }
}
