// PINs as salted scrypt hashes. Slow on purpose, and off the main thread so that a ring is never delayed.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 }

export type PinHash = { readonly salt: string; readonly hash: string }

function derive(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, 32, cost, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}

/** Hashes a PIN with a fresh 16-byte salt; both as lower-case hex. */
export async function hashPin(pin: string): Promise<PinHash> {
  const salt = randomBytes(16)
  return { salt: salt.toString('hex'), hash: (await derive(pin, salt)).toString('hex') }
}

/** True when the PIN fits; takes the same time for a wrong one. */
export async function isPin(pin: string, stored: PinHash): Promise<boolean> {
  const key = await derive(pin, Buffer.from(stored.salt, 'hex'))
  const wanted = Buffer.from(stored.hash, 'hex')
  return key.length === wanted.length && timingSafeEqual(key, wanted)
}
