// How the own log goes out: one slice per turn of the loop, never more than 16 on their way, and what is shown while nobody confirms.
import { afterEach, expect, test } from 'vitest'
import { newId } from '#domain/id.ts'
import { topicsOf } from '#log/topic.ts'
import { sliceBytes } from '#db/log/read-batches.ts'
import { readFacts } from './facts.ts'
import { systemHost as host } from './host.ts'
import { startSender } from './send.ts'
import type { Session } from './session.ts'
import { closeSite, newSite, record, site, until } from './test-site.ts'
import type { Site } from './test-site.ts'
import { normalTiming } from './timing.ts'

let at: Site
afterEach(async () => {
  await closeSite(at.all)
})

let isUp = true
function session(publish: (topic: string, payload: string) => Promise<boolean>): Session {
  return {
    log: at.a.log,
    reader: at.a.reader,
    topics: topicsOf(site),
    role: 'desk',
    timing: normalTiming,
    host,
    presence: new Map(),
    changed: () => undefined,
    failed: (failure: string) => expect.fail(failure),
    link: { publish, state: () => (isUp ? 'up' : 'off') },
  } as unknown as Session
}

test('a backlog goes out one small slice per turn, so that a ring comes in between, and 16 at most are on their way', async () => {
  at = newSite()
  for (let n = 0; n < 200; n += 1) {
    const on = `incident:${newId()}`
    record(
      at.a,
      Array.from({ length: 20 }, () => ({ kind: 'NoteAdded', on, body: {}, personal: { text: 'x'.repeat(400) } })),
    )
  }
  const open: (() => void)[] = []
  let thisTurn = 0
  let mostInTurn = 0
  let most = 0
  const one = session((_topic, payload) => {
    thisTurn += 1
    // What is read and written in one turn stays small: it is what a ring may have to wait for.
    expect(payload.length).toBeLessThan(3 * sliceBytes)
    return new Promise((resolve) => open.push(() => resolve(true)))
  })
  let isOver = false
  const count = () => {
    mostInTurn = Math.max(mostInTurn, thisTurn)
    thisTurn = 0
    most = Math.max(most, open.length)
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  const sender = startSender(
    one,
    () => true,
    () => false,
  )
  sender.wake()
  await until('16 on their way', () => open.length === 16)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(open).toHaveLength(16)
  for (const answer of open.splice(0)) answer()
  await until('the next ones', () => open.length > 0)
  await new Promise((resolve) => setTimeout(resolve, 50))
  isOver = true
  isUp = false
  sender.stop()
  for (const answer of open.splice(0)) answer()
  expect(mostInTurn).toBe(1)
  expect(most).toBe(16)
})

test('what was sent and is not confirmed is shown after 15 seconds, not before', () => {
  at = newSite()
  const one = session(() => Promise.resolve(true))
  const after = (ms: number) => readFacts(one, { sentAt: 1, unconfirmedSince: performance.now() - ms }).isUnconfirmed
  expect(normalTiming.unconfirmedMs).toBe(15_000)
  expect([after(14_000), after(15_000)]).toEqual([false, true])
  expect(readFacts(one, { sentAt: 1, unconfirmedSince: null }).isUnconfirmed).toBe(false)
})
