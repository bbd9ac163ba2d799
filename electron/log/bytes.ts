// Text and bytes as wire format 1, section 1 wants them: canonical JSON and strict encodings. It must not know what the text means.

/** A JSON value as it travels. Floats never travel. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** Largest payload that is accepted, in bytes (wire format 1, section 1). */
export const maxPayloadBytes = 262_144

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The canonical JSON text of a value (RFC 8785, integers only).
 * Throws a RangeError on floats, on integers beyond 2^53 - 1, on keys that become equal, and on what JSON cannot say.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  if (typeof value === 'number') return canonicalNumber(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object') return canonicalObject(value as Record<string, unknown>)
  throw new RangeError(`no canonical form of a ${typeof value}`)
}

function canonicalNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError('only integers within 2^53 - 1 have a canonical form')
  return value === 0 ? '0' : String(value)
}

function canonicalObject(value: Record<string, unknown>): string {
  const parts: [key: string, text: string][] = []
  for (const key of Object.keys(value)) {
    const member = value[key]
    if (member !== undefined) parts.push([key.toWellFormed(), canonical(member)])
  }
  parts.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  for (let at = 1; at < parts.length; at += 1) {
    if (parts[at]?.[0] === parts[at - 1]?.[0]) throw new RangeError('two keys become equal')
  }
  return `{${parts.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`
}

/** The parsed value when `text` is the canonical form of its own parse, else undefined. */
export function parseCanonical(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json
    return isPlainlyCanonical(value, text) || canonical(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

/** The quick way to say yes to nearly every op: the engine writes the same text, its keys stand in order, its numbers may travel. */
function isPlainlyCanonical(value: Json, text: string): boolean {
  return !text.includes('\\u') && JSON.stringify(value) === text && isOrdered(value)
}

function isOrdered(value: Json): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isOrdered)
  let before: string | undefined
  for (const [key, member] of Object.entries(value)) {
    if ((before !== undefined && key <= before) || !isOrdered(member)) return false
    before = key
  }
  return true
}

/** The parsed value of any JSON text, or undefined. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** True for a JSON object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True for an integer that may travel and is at least `least`. */
export function isInteger(value: unknown, least = Number.MIN_SAFE_INTEGER): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least
}

/**
 * The text of a received payload: 'ignored' when it is a later encoding, 'refused' when it is too large or not UTF-8.
 * Nothing is replaced and nothing is trimmed.
 */
export function payloadText(payload: Uint8Array): { readonly text: string } | 'ignored' | 'refused' {
  if (payload.byteLength > maxPayloadBytes) return 'refused'
  if (payload[0] !== 0x7b) return 'ignored'
  try {
    return { text: strictUtf8.decode(payload) }
  } catch {
    return 'refused'
  }
}

/** Bytes as base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/** The bytes of a base64url text of exactly `length` bytes, or undefined unless it is the text that encoding those bytes gives. */
export function fromBase64url(text: unknown, length: number): Buffer | undefined {
  if (typeof text !== 'string') return undefined
  const bytes = Buffer.from(text, 'base64url')
  return bytes.byteLength === length && bytes.toString('base64url') === text ? bytes : undefined
}

/** True for a SHA-256 hash as it travels: 64 lower-case hex digits. */
export function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** Lower-case base32 (RFC 4648) without padding. */
export function toBase32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(held >> bits) & 31] ?? ''
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + (alphabet[(held << (5 - bits)) & 31] ?? '') : text
}
