// Successions of the root key: each is signed by the key before it, so that who was away still finds the way to the newest.
import { isObject } from './bytes.ts'
import { signText, verifyText } from './key.ts'
import type { SigningKey } from './key.ts'

/** One succession: `key` follows `before`, says `sig` by `before`. Keys are public, base64url. */
export type Succession = { readonly before: string; readonly key: string; readonly sig: string }

/** More than this no site has in its life; a longer list is not read. */
const mostSuccessions = 64

const text = (site: string, before: string, key: string) => `m112/1/root\n${site}\n${before}\n${key}`

/** The old root key signs the new one. */
export function signSuccession(site: string, before: SigningKey, key: string): Succession {
  return { before: before.key, key, sig: signText(before, text(site, before.key, key)) }
}

/** The successions in the content of a member list; none when they are malformed. */
export function readSuccessions(value: unknown): readonly Succession[] {
  if (!Array.isArray(value) || value.length > mostSuccessions) return []
  return value.flatMap((one: unknown): Succession[] => {
    if (!isObject(one)) return []
    const { before, key, sig } = one
    const isWhole = typeof before === 'string' && typeof key === 'string' && typeof sig === 'string'
    return isWhole ? [{ before, key, sig }] : []
  })
}

/** A trusted root key and every key that follows from it by right signatures, in their order. */
export function rootsFrom(site: string, trusted: string, successions: readonly Succession[]): string[] {
  const roots = [trusted]
  for (const { before, key, sig } of successions) {
    const isNext = before === roots.at(-1) && !roots.includes(key)
    if (isNext && verifyText(before, text(site, before, key), sig)) roots.push(key)
  }
  return roots
}
