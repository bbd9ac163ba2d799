// Every hash of wire format 1, section 2 to 4. Hashes are 64 lower-case hex digits; text is hashed as UTF-8.
import { createHash } from 'node:crypto'
import { toBase32 } from './bytes.ts'

/** What `before` of the first member list is. */
export const noHash = '0'.repeat(64)

/** SHA-256 of one text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** The hash before op 1 of a log. */
export function firstHash(site: string, origin: string): string {
  return sha256(`m112/1/log\n${site}\n${origin}`)
}

/** The hash of an op that stands after `before`. */
export function opHash(before: string, op: string): string {
  return createHash('sha256').update('m112/1/op\n').update(before, 'hex').update(op, 'utf8').digest('hex')
}

/** The salted hash of a personal part; `salt` is 16 bytes. */
export function personalHash(salt: Uint8Array, personal: string): string {
  return createHash('sha256').update('m112/1/personal\n').update(salt).update(personal, 'utf8').digest('hex')
}

/** The id of a card. */
export function cardId(card: string): string {
  return sha256(`m112/1/card\n${card}`)
}

/** The hash of a member list, over the text of its word. */
export function membersHash(w: string): string {
  return sha256(`m112/1/members\n${w}`)
}

/** The name of the log that a raw public key writes for a member. */
export function originOf(member: string, key: Uint8Array): string {
  return `${member}.${toBase32(createHash('sha256').update(key).digest()).slice(0, 16)}`
}

/** The member and the epoch in an origin; both empty when it is none. */
export function originParts(origin: string): { readonly member: string; readonly epoch: string } {
  const dot = origin.indexOf('.')
  return dot < 1 ? { member: '', epoch: '' } : { member: origin.slice(0, dot), epoch: origin.slice(dot + 1) }
}

/** True for text that can name a log: member, dot, 16 characters of base32. */
export function isOrigin(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z0-9-]{1,16}\.[a-z2-7]{16}$/.test(value)
}
