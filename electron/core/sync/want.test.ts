// Who answers a request, and when: the centre at once; a desk only for a silent centre, after a while, and not when it is answered.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '#domain/id.ts'
import { topicsOf } from '#log/topic.ts'
import { makeWord } from '#log/word.ts'
import { readTopic } from '#log/topic.ts'
import { receiveRun } from '#db/log/receive.ts'
import { receiveWord } from '#db/log/words.ts'
import { branchByRow } from '#db/log/log.ts'
import { readBatchFrom } from '#db/log/read-batches.ts'
import { adoptMemberList, writeMemberList } from '../../centre/member-list.ts'
import { isCentreSilent } from './facts.ts'
import { systemHost as host } from './host.ts'
import type { Session } from './session.ts'
import { closeSite, head, memberOf, newSite, record, site, until } from './test-site.ts'
import type { Replica, Site } from './test-site.ts'
import { normalTiming } from './timing.ts'
import { startGiving } from './want.ts'

let at: Site
beforeEach(() => {
  at = newSite()
  const members = at.all.map((one) => memberOf(one))
  for (const { log } of [at.a, at.b]) {
    adoptMemberList(log, writeMemberList({ site, root: at.root, last: null, members, at: 1 }))
  }
})
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) end()
  await closeSite(at.all)
})

/** What desk A gives when it is asked. */
function giver(more: { readonly giveJitterMs?: number } = {}) {
  const given: string[] = []
  const session = {
    host,
    log: at.a.log,
    reader: at.a.reader,
    topics: topicsOf(site),
    role: 'desk',
    timing: { ...normalTiming, giveJitterMs: 60, ...more },
    presence: new Map([['PUSAT', { state: 'online', heardAt: performance.now() }]]),
    link: {
      publish: (topic: string) => {
        given.push(topic)
        return Promise.resolve(true)
      },
    },
  } as unknown as Session
  const giving = startGiving(session, () => isCentreSilent(session))
  ends.push(() => giving.stop())
  return { giving, given, session }
}

let words = 0
/** A `have` of a member arrives at desk A; `ageMs` ago by its clock. */
function have(one: Replica, logs: object, ageMs = 0): void {
  const { key } = one.log.memory
  const topic = topicsOf(site).have(one.log.member)
  words += 1
  const content = { logs, members: [1, '0'.repeat(64)], formats: [1], app: 'test', seen: {} }
  const text = makeWord(key, { topic, by: key.origin, inc: 9, n: words, at: at.clock.now() - ageMs, content })
  const read = readTopic(site, topic)
  if (read === undefined) throw new Error('no topic')
  expect(receiveWord(at.a.log, text, topic, read).result).toBe('accepted')
}

/** Desk A holds what the centre recorded itself, which is nobody's own log but the centre's. */
function centreWork() {
  record(at.centre, [
    { kind: 'ExportMade', on: `export:${newId()}`, body: { what: 'log', day: 'x', rows: 1, sha256: 'x' } },
  ])
  const { log } = at.centre
  const branch = branchByRow(log.db, log.memory.ownLog)
  const batch = readBatchFrom(log.db, branch, 1)
  if (batch === undefined) throw new Error('no batch')
  receiveRun(at.a.log, batch)
  return { origin: branch.origin, from: 1, to: head(at.centre), personal: false }
}
const silence = normalTiming.centreSilentMs

test('another desk answers for a centre that is silent for 30 seconds, and for no other', async () => {
  expect(silence).toBe(30_000)
  const wanted = centreWork()
  const { giving, given } = giver()
  have(at.centre, {}, silence - 5_000)
  giving.answer('B', [wanted])
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(given).toEqual([])
  have(at.centre, {}, silence + 1)
  giving.answer('B', [wanted])
  await until('given', () => given.length === 1)
  expect(given).toEqual([topicsOf(site).give('B')])
})

test('it waits a random while of up to 5 seconds, and does not answer what was answered meanwhile', async () => {
  expect(normalTiming.giveJitterMs).toBe(5_000)
  const wanted = centreWork()
  const { giving, given } = giver({ giveJitterMs: 200 })
  const real = Math.random
  Math.random = () => 0.99
  ends.push(() => (Math.random = real))
  giving.answer('B', [wanted])
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(given).toEqual([])
  // Somebody else was faster: B says that it has it.
  const { headHash } = branchByRow(at.centre.log.db, at.centre.log.memory.ownLog)
  have(at.b, { [wanted.origin]: [wanted.to, headHash] })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(given).toEqual([])
  giving.answer('B', [{ ...wanted, personal: true }])
  await until('a personal part is still given', () => given.length === 1)
})

test('a centre that speaks again within that while is left to answer itself', async () => {
  const wanted = centreWork()
  const { giving, given } = giver({ giveJitterMs: 200 })
  const real = Math.random
  Math.random = () => 0.99
  ends.push(() => (Math.random = real))
  giving.answer('B', [wanted])
  have(at.centre, {})
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(given).toEqual([])
})
