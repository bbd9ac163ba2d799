// Ed25519 keys of members and operators: make, load, sign, verify. It must not know what is signed.
import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { fromBase64url, toBase64url } from './bytes.ts'
import { originOf } from './hash.ts'

/** The DER frame around a raw Ed25519 seed (PKCS 8) and around a raw public key (SPKI), RFC 8410. */
const seedFrame = Buffer.from('302e020100300506032b657004220420', 'hex')
const keyFrame = Buffer.from('302a300506032b6570032100', 'hex')

/** A key that can sign. `seed` is 32 bytes and secret, `key` the public key as base64url. */
export type SigningKey = {
  readonly seed: Buffer
  readonly key: string
  readonly secret: KeyObject
}
/** A member's key together with the log it writes. */
export type LogKey = SigningKey & { readonly member: string; readonly origin: string }

/** A signing key from its 32 secret bytes; new random ones when none are given. */
export function signingKey(seed: Uint8Array = randomBytes(32)): SigningKey {
  const secret = createPrivateKey({ key: Buffer.concat([seedFrame, seed]), format: 'der', type: 'pkcs8' })
  const raw = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(keyFrame.length)
  return { seed: Buffer.from(seed), key: toBase64url(raw), secret }
}

/** The key of one log of a member; a new one when no seed is given. */
export function logKey(member: string, seed?: Uint8Array): LogKey {
  const made = signingKey(seed)
  return { ...made, member, origin: originOf(member, Buffer.from(made.key, 'base64url')) }
}

/** Signs text (as UTF-8); the signature is base64url. */
export function signText(key: SigningKey, text: string): string {
  return sign(null, Buffer.from(text, 'utf8'), key.secret).toString('base64url')
}

const publicKeys = new Map<string, KeyObject | null>()
const rememberedKeys = 1000

function publicKey(key: string): KeyObject | null {
  const known = publicKeys.get(key)
  if (known !== undefined) return known
  const raw = fromBase64url(key, 32)
  let made: KeyObject | null = null
  try {
    if (raw) made = createPublicKey({ key: Buffer.concat([keyFrame, raw]), format: 'der', type: 'spki' })
  } catch {
    made = null
  }
  if (publicKeys.size >= rememberedKeys) publicKeys.clear()
  publicKeys.set(key, made)
  return made
}

/** True when `sig` (strict base64url) is the signature of this text by this public key. */
export function verifyText(key: string, text: string, sig: unknown): boolean {
  const bytes = fromBase64url(sig, 64)
  const by = bytes && publicKey(key)
  return Boolean(by && bytes && verify(null, Buffer.from(text, 'utf8'), by, bytes))
}

/** True when this origin is the log of this public key. */
export function isOriginOfKey(origin: string, key: unknown): key is string {
  const raw = fromBase64url(key, 32)
  return raw !== undefined && origin === originOf(origin.slice(0, Math.max(0, origin.indexOf('.'))), raw)
}
