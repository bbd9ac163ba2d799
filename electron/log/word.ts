// Words: small signed statements (acknowledgements, what a member has, cards, member lists) with their order. It must not judge content.
import { canonical, isInteger, isObject, parseCanonical, parseJson } from './bytes.ts'
import type { Json, JsonObject } from './bytes.ts'
import { isOrigin } from './hash.ts'
import { signText, verifyText } from './key.ts'
import type { SigningKey } from './key.ts'

/** A word taken apart. Order: (inc, n), never `at` (UTC ms). `w` is the signed text. */
export type Word = {
  readonly w: string
  readonly sig: string
  readonly topic: string
  readonly by: string
  readonly inc: number
  readonly n: number
  readonly at: number
  readonly content: JsonObject
}
export type WordOrder = { readonly inc: number; readonly n: number }

const prefix = 'm112/1/word\n'

/** Signs a word and gives its payload. */
export function makeWord(
  key: SigningKey,
  facts: {
    readonly topic: string
    readonly by: string
    readonly inc: number
    readonly n: number
    readonly at: number
    readonly content: { readonly [key: string]: unknown }
  },
): string {
  const w = canonical(facts)
  return JSON.stringify({ w, sig: signText(key, prefix + w) })
}

/** A word out of a payload's text, or undefined when it is none or stands on another topic. The signature is not checked here. */
export function readWord(text: string, topic: string): Word | undefined {
  const payload = parseJson(text)
  if (!isObject(payload) || typeof payload.w !== 'string' || typeof payload.sig !== 'string') return undefined
  const word: Json | undefined = parseCanonical(payload.w)
  if (!isObject(word) || word.topic !== topic || !isOrigin(word.by) || !isObject(word.content)) return undefined
  const { by, inc, n, at, content } = word
  if (!isInteger(inc, 0) || !isInteger(n, 0) || !isInteger(at)) return undefined
  return { w: payload.w, sig: payload.sig, topic, by, inc, n, at, content }
}

/** True when a word is signed by this public key. */
export function verifyWord(word: Word, key: string): boolean {
  return verifyText(key, prefix + word.w, word.sig)
}

/** True when `a` comes after `b`; anything comes after nothing. */
export function isNewer(a: WordOrder, b: WordOrder | undefined): boolean {
  return b === undefined || a.inc > b.inc || (a.inc === b.inc && a.n > b.n)
}
