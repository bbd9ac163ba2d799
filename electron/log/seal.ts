// What is signed inside a log: the seal of a run, the vouch for a new epoch, the operator's own signature under an op.
import { canonical, isHash, isInteger, isObject } from './bytes.ts'
import type { Json } from './bytes.ts'
import { sha256 } from './hash.ts'
import { signText, verifyText } from './key.ts'
import type { LogKey, SigningKey } from './key.ts'

/** The end of a run: number and hash of its last op, signed by the log's key. */
export type Seal = { readonly seq: number; readonly hash: string; readonly sig: string }

function sealText(site: string, origin: string, seq: number, hash: string): string {
  return `m112/1/seal\n${site}\n${origin}\n${seq}\n${hash}`
}

/** Seals the log up to an op. */
export function makeSeal(site: string, key: LogKey, seq: number, hash: string): Seal {
  return { seq, hash, sig: signText(key, sealText(site, key.origin, seq, hash)) }
}

/** True when a seal is signed by this key for this site and origin. */
export function verifySeal(site: string, origin: string, key: string, seal: Seal): boolean {
  return verifyText(key, sealText(site, origin, seal.seq, seal.hash), seal.sig)
}

/** A seal with fields of the right shape, or undefined. */
export function readSeal(value: unknown): Seal | undefined {
  if (!isObject(value)) return undefined
  const { seq, hash, sig } = value
  return isInteger(seq, 1) && isHash(hash) && typeof sig === 'string' ? { seq, hash, sig } : undefined
}

function vouchText(site: string, after: string, origin: string): string {
  return `m112/1/vouch\n${site}\n${after}\n${origin}`
}

/** The old key's word that a new log continues its own. */
export function makeVouch(site: string, old: LogKey, origin: string): string {
  return signText(old, vouchText(site, old.origin, origin))
}

/** True when the old log's key vouched for this new origin. */
export function verifyVouch(site: string, after: string, oldKey: string, origin: string, vouch: unknown): boolean {
  return verifyText(oldKey, vouchText(site, after, origin), vouch)
}

/** What an operator signs with the own key (wire format 1, section 2). */
export type PersonFacts = {
  readonly site: string
  readonly origin: string
  readonly kind: string
  readonly on: string
  readonly body: { readonly [key: string]: Json }
  readonly personalHash: string | null
}

/** The text that an operator signs; `body.signed` is left out of it. */
export function personText(facts: PersonFacts): string {
  const { signed: _signed, ...body } = facts.body
  const { site, origin, kind, on } = facts
  return `m112/1/person\n${site}\n${origin}\n${kind}\n${on}\n${sha256(canonical(body))}\n${facts.personalHash ?? '-'}`
}

/** The operator's signature, ready to stand as `body.signed`. */
export function signPerson(key: SigningKey, facts: PersonFacts): { readonly key: string; readonly sig: string } {
  return { key: key.key, sig: signText(key, personText(facts)) }
}

/** True when `body.signed` verifies. Whether its key is the operator's is the member list's to say. */
export function verifyPerson(facts: PersonFacts): boolean {
  const { signed } = facts.body
  return isObject(signed) && typeof signed.key === 'string' && verifyText(signed.key, personText(facts), signed.sig)
}
