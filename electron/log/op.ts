// One op as text and as fields. It must not judge whether an op is entitled or understood, only whether it can be read.
import { canonical, isHash, isInteger, isObject, parseCanonical } from './bytes.ts'
import type { JsonObject } from './bytes.ts'
import { isAt } from './at.ts'
import { maxOpBytes } from './batch.ts'

/** The fields of an op (wire format 1, section 2). True time = wall - (offset ?? 0), UTC ms. */
export type OpFields = {
  readonly origin: string
  readonly seq: number
  readonly at: string
  readonly wall: number
  readonly offset: number | null
  readonly by: string
  readonly session: string
  readonly kind: string
  readonly v: number
  readonly on: string
  readonly about?: readonly string[]
  readonly body: JsonObject
  readonly personalHash?: string
  readonly was?: string
}

/** Why an op is set aside. Those in `forGood` can never be understood; the others are tried again. */
export type ParkedReason =
  | 'unreadable'
  | 'not_canonical'
  | 'wrong_place'
  | 'too_large'
  | 'bad_schema'
  | 'unknown_kind'
  | 'not_entitled'
  | 'relay_unknown'
  | 'was_of_other'
  | 'bad_signature'
  | 'personal_not_object'
  | 'apply_failed'

const forGood: readonly ParkedReason[] = ['unreadable', 'not_canonical', 'wrong_place', 'too_large']

/** True when an op parked for this reason is never tried again. */
export function isForGood(reason: string): boolean {
  return (forGood as readonly string[]).includes(reason)
}

/** What could be read of an op text: its fields, or why it is parked with as much of it as can be trusted. */
export type ReadOp =
  | { readonly fields: OpFields; readonly parked?: undefined }
  | { readonly parked: ParkedReason; readonly known: Partial<OpFields> }

/** The canonical text of an op. Throws a RangeError when a value cannot travel. */
export function writeOp(fields: OpFields): string {
  return canonical(fields)
}

/** Reads an op that stands at `place` of its log. Its own bytes count, its personal part does not. */
export function readOp(text: string, place: { readonly origin: string; readonly seq: number }): ReadOp {
  if (Buffer.byteLength(text, 'utf8') > maxOpBytes) return { parked: 'too_large', known: knownOf(safeParse(text)) }
  const value = parseCanonical(text)
  if (value === undefined) {
    const parsed = safeParse(text)
    return isObject(parsed) ? { parked: 'not_canonical', known: knownOf(parsed) } : { parked: 'unreadable', known: {} }
  }
  if (!isObject(value)) return { parked: 'unreadable', known: {} }
  if (value.origin !== place.origin || value.seq !== place.seq) return { parked: 'wrong_place', known: knownOf(value) }
  return isOpFields(value) ? { fields: value as unknown as OpFields } : { parked: 'bad_schema', known: knownOf(value) }
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A parked op keeps its personal part, so its hash is read even when the rest is not understood. */
function knownOf(value: unknown): Partial<OpFields> {
  if (!isObject(value)) return {}
  const { on, kind, at, personalHash, was } = value
  return {
    ...(typeof on === 'string' ? { on } : {}),
    ...(typeof kind === 'string' ? { kind } : {}),
    ...(isAt(at) ? { at } : {}),
    ...(isHash(personalHash) ? { personalHash } : {}),
    ...(isHash(was) ? { was } : {}),
  }
}

function isOpFields(value: JsonObject): boolean {
  const texts = [value.by, value.session, value.kind, value.on]
  if (!texts.every((text) => typeof text === 'string' && text !== '')) return false
  if (!isAt(value.at) || !isInteger(value.wall) || !isInteger(value.v, 1)) return false
  if (value.offset !== null && !isInteger(value.offset)) return false
  if (!isObject(value.body)) return false
  if (value.about !== undefined && !isTexts(value.about)) return false
  return [value.personalHash, value.was].every((hash) => hash === undefined || isHash(hash))
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}
