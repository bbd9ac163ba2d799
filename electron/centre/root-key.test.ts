// The root key changes hands: who was away follows by the old key's signatures, nobody follows a forged one, no older list counts.
import { afterEach, expect, test } from 'vitest'
import { receiveMembers, storedListPayload, trustedRoot } from '#db/log/members.ts'
import { readMemberList } from '#log/member.ts'
import type { MemberList } from '#log/member.ts'
import { signSuccession } from '#log/root.ts'
import type { Succession } from '#log/root.ts'
import type { LogKey } from '#log/key.ts'
import { topicsOf } from '#log/topic.ts'
import { readWord } from '#log/word.ts'
import { closeSite, memberOf, movingClock, replica, site } from '../core/sync/test-site.ts'
import type { Replica } from '../core/sync/test-site.ts'
import { rootKey, writeMemberList } from './member-list.ts'

const open: Replica[] = []
afterEach(() => closeSite(open.splice(0)))

function desk(pinned: LogKey): Replica {
  const one = replica({ member: 'A', scope: 'full', rootKey: pinned.key, clock: movingClock() })
  open.push(one)
  return one
}

const listIn = (payload: string) => readWord(payload, topicsOf(site).members)!
const take = (one: Replica, payload: string) => receiveMembers(one.log, listIn(payload))

/** Writes list after list, as the site tool does. */
function writer(member: Replica) {
  let last: Pick<MemberList, 'version' | 'hash'> | null = null
  return (root: LogKey, more: { successor?: string; roots?: readonly Succession[] } = {}): string => {
    const payload = writeMemberList({ site, root, last, members: [memberOf(member)], at: 1, ...more })
    last = readMemberList(listIn(payload))!
    return payload
  }
}

test('a desk that missed every list of two changes follows, and so does one that only knows the newest key', () => {
  const [first, second, third] = [rootKey(), rootKey(), rootKey()]
  const [present, away, fresh] = [desk(first), desk(first), desk(third)]
  const write = writer(present)
  const roots = [signSuccession(site, first, second.key), signSuccession(site, second, third.key)]
  const one = write(first)
  const two = write(first, { successor: second.key, roots: roots.slice(0, 1) })
  const three = write(second, { roots: roots.slice(0, 1) })
  const four = write(second, { successor: third.key, roots })
  const five = write(third, { roots })
  expect([one, two, three, four, five].map((payload) => take(present, payload))).toEqual(Array(5).fill('accepted'))
  expect(take(away, one)).toBe('accepted')
  expect(take(away, five)).toBe('accepted')
  expect(take(fresh, five)).toBe('accepted')
  for (const follower of [present, away, fresh]) {
    expect(trustedRoot(follower.log)).toBe(third.key)
    expect(storedListPayload(follower.log.db)).toBe(five)
    // What the newest key signs counts, also when a list says nothing of earlier keys any more.
    expect(
      take(
        follower,
        writeMemberList({
          site,
          root: third,
          last: { version: 5, hash: readMemberList(listIn(five))!.hash },
          members: [memberOf(present)],
          at: 1,
        }),
      ),
    ).toBe('accepted')
    expect(trustedRoot(follower.log)).toBe(third.key)
  }
})

test('nobody follows a forged succession, nor goes back to a key that was given up, nor to an older list', () => {
  const [first, second, thief] = [rootKey(), rootKey(), rootKey()]
  const one = desk(first)
  const write = writer(one)
  const old = write(first)
  const right = signSuccession(site, first, second.key)
  expect(take(one, old)).toBe('accepted')
  const forged: Succession[][] = [
    [],
    [signSuccession(site, thief, thief.key)],
    [{ ...signSuccession(site, thief, thief.key), before: first.key }],
    [{ ...right, key: thief.key }],
    [signSuccession('lain', first, thief.key)],
    // A right signature that belongs to another step.
    [right, { before: second.key, key: thief.key, sig: right.sig }],
  ]
  for (const roots of forged) {
    const list = writeMemberList({
      site,
      root: thief,
      last: { version: 8, hash: '0'.repeat(64) },
      members: [],
      roots,
      at: 1,
    })
    expect(take(one, list)).toBe('refused')
  }
  expect(trustedRoot(one.log)).toBe(first.key)

  const handed = write(first, { successor: second.key, roots: [right] })
  expect(take(one, handed)).toBe('accepted')
  // The key that was given up may be in anybody's hands.
  const late = writeMemberList({ site, root: first, last: { version: 20, hash: '0'.repeat(64) }, members: [], at: 1 })
  const turned = [right, signSuccession(site, first, thief.key)]
  const rival = writeMemberList({
    site,
    root: thief,
    last: { version: 20, hash: '0'.repeat(64) },
    members: [],
    roots: turned,
    at: 1,
  })
  expect([take(one, late), take(one, rival)]).toEqual(['refused', 'refused'])
  const after = write(second, { roots: [right] })
  expect(take(one, after)).toBe('accepted')
  expect(take(one, after)).toBe('old')
  expect(take(one, handed)).toBe('refused')
  expect(take(one, old)).toBe('refused')
  expect(storedListPayload(one.log.db)).toBe(after)
})

test('an older list signed by the key in force is refused', () => {
  const root = rootKey()
  const one = desk(root)
  const write = writer(one)
  const [first, second, third] = [write(root), write(root), write(root)]
  expect(take(one, first)).toBe('accepted')
  expect(take(one, third)).toBe('accepted')
  expect(take(one, second)).toBe('old')
  expect(take(one, first)).toBe('old')
  expect(one.log.memory.list?.version).toBe(3)
})
