// Writes signed member lists with the root key: for the trial site and for whoever runs a centre. It must not publish them.
import { noHash } from '#log/hash.ts'
import { logKey } from '#log/key.ts'
import type { LogKey } from '#log/key.ts'
import { memberListContent, readMemberList, rootMember } from '#log/member.ts'
import type { Member, MemberList } from '#log/member.ts'
import type { Succession } from '#log/root.ts'
import { topicsOf } from '#log/topic.ts'
import { makeWord, readWord } from '#log/word.ts'
import type { Log } from '#db/log/log.ts'
import { receiveMembers } from '#db/log/members.ts'
import { transact } from '#db/open.ts'

/** A root key from its 32 secret bytes; a new one when none are given. */
export function rootKey(seed?: Uint8Array): LogKey {
  return logKey(rootMember, seed)
}

/** The payload of the list that follows `last` (null: the first one). `at` is UTC ms. */
export function writeMemberList(facts: {
  readonly site: string
  readonly root: LogKey
  readonly last: Pick<MemberList, 'version' | 'hash'> | null
  readonly members: readonly Member[]
  readonly operators?: readonly { readonly id: string; readonly key: string }[]
  /** Public key that signs the lists after this one, when it is another. */
  readonly successor?: string
  /** Every succession of the root key so far, the one to `successor` included. */
  readonly roots?: readonly Succession[]
  readonly at: number
}): string {
  const { root, last, members, successor, roots, at } = facts
  const version = (last?.version ?? 0) + 1
  const content = memberListContent({
    version,
    before: last?.hash ?? noHash,
    members,
    operators: facts.operators ?? [],
    root: successor,
    roots,
  })
  return makeWord(root, { topic: topicsOf(facts.site).members, by: root.origin, inc: 1, n: version, at, content })
}

/** Takes a member list into the centre's own store, from where it is published. Throws when the list is not accepted. */
export function adoptMemberList(log: Log, payload: string): void {
  const word = readWord(payload, topicsOf(log.site).members)
  const result = word === undefined ? 'refused' : transact(log.db, () => receiveMembers(log, word))
  if (result !== 'accepted') throw new Error(`the member list was not accepted: ${result}`)
}

/** True when a payload is a member list of a later version than the one in the store. */
export function isNewList(log: Log, payload: string): boolean {
  const word = readWord(payload, topicsOf(log.site).members)
  const list = word === undefined ? undefined : readMemberList(word)
  if (list === undefined) throw new Error('this is no signed member list of the site')
  return list.version > (log.memory.list?.version ?? 0)
}
