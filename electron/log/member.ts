// The member list: who may write which log, until where, and the operators' own keys. It must not fetch or store anything.
import { isHash, isInteger, isObject } from './bytes.ts'
import type { JsonObject } from './bytes.ts'
import { isOrigin, membersHash, originParts } from './hash.ts'
import { isOriginOfKey, verifyText } from './key.ts'
import { isAgency, isMember } from './topic.ts'
import { readSuccessions } from './root.ts'
import type { Succession } from './root.ts'
import type { Word } from './word.ts'

/** What a log may write: a desk everything, an agency desk steps of its own relays, the centre erasures. */
export type Scope = 'full' | 'centre' | `agency:${string}`
/** One log of the list; `until` is its last op (seq, hash) when it has ended. */
export type Member = {
  readonly member: string
  readonly origin: string
  readonly key: string
  readonly scope: Scope
  readonly until?: readonly [seq: number, hash: string]
}
export type MemberList = {
  readonly version: number
  readonly hash: string
  readonly before: string
  readonly members: ReadonlyMap<string, Member>
  readonly operators: ReadonlyMap<string, readonly string[]>
  /** The key that signs the next list, when it is another one. */
  readonly root?: string
  /** All root keys that there have been, for those who missed the list that named a successor. */
  readonly roots: readonly Succession[]
}

/** The reserved member name of the root key. */
export const rootMember = 'ROOT'

/** True for a scope that may stand in a member list. */
export function isScope(value: unknown): value is Scope {
  if (value === 'full' || value === 'centre') return true
  return typeof value === 'string' && value.startsWith('agency:') && isAgency(value.slice(7))
}

/** The agency code of a scope, or null. */
export function agencyOf(scope: Scope): string | null {
  return scope.startsWith('agency:') ? scope.slice(7) : null
}

/** The member list in a word, or undefined when it is malformed. Entries of another algorithm or with a foreign key count as unknown. */
export function readMemberList(word: Word): MemberList | undefined {
  const { version, before, members, operators, root, roots } = word.content
  if (!isInteger(version, 1) || !isHash(before) || !Array.isArray(members) || !Array.isArray(operators))
    return undefined
  if (word.inc !== 1 || word.n !== version) return undefined
  const listed = new Map<string, Member>()
  for (const entry of members as unknown[]) {
    const member = readMember(entry)
    if (member) listed.set(member.origin, member)
  }
  const people = new Map<string, string[]>()
  for (const entry of operators as unknown[]) {
    if (!isObject(entry) || entry.alg !== 'Ed25519') continue
    if (typeof entry.id === 'string' && typeof entry.key === 'string') {
      people.set(entry.id, [...(people.get(entry.id) ?? []), entry.key])
    }
  }
  const successor = typeof root === 'string' ? { root } : {}
  return {
    version,
    before,
    hash: membersHash(word.w),
    members: listed,
    operators: people,
    roots: readSuccessions(roots),
    ...successor,
  }
}

function readMember(entry: unknown): Member | undefined {
  if (!isObject(entry) || entry.alg !== 'Ed25519') return undefined
  const { member, origin, key, scope, until } = entry
  if (!isMember(member) || !isOrigin(origin) || !isScope(scope) || !isOriginOfKey(origin, key)) return undefined
  if (originParts(origin).member !== member || member === rootMember) return undefined
  if (until === undefined) return { member, origin, key, scope }
  if (!Array.isArray(until) || !isInteger(until[0], 0) || !isHash(until[1])) return undefined
  return { member, origin, key, scope, until: [until[0], until[1]] }
}

/** The content of a member list, as the root key signs it. */
export function memberListContent(facts: {
  readonly version: number
  readonly before: string
  readonly members: readonly Member[]
  readonly operators: readonly { readonly id: string; readonly key: string }[]
  readonly root?: string | undefined
  readonly roots?: readonly Succession[] | undefined
}): JsonObject {
  const { root, roots = [] } = facts
  return {
    version: facts.version,
    before: facts.before,
    members: facts.members.map((member) => ({ ...member, alg: 'Ed25519' })),
    operators: facts.operators.map((operator) => ({ ...operator, alg: 'Ed25519' })),
    ...(root === undefined ? {} : { root }),
    ...(roots.length === 0 ? {} : { roots }),
  }
}

/** True when a word is signed by this root key under the reserved name. */
export function isByRoot(word: Word, rootKey: string): boolean {
  return (
    originParts(word.by).member === rootMember &&
    isOriginOfKey(word.by, rootKey) &&
    verifyText(rootKey, `m112/1/word\n${word.w}`, word.sig)
  )
}
