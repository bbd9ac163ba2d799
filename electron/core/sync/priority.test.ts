// Cards and agency steps go before backlog: on the way out and on the way in.
import mqtt from 'mqtt'
import { afterEach, expect, test } from 'vitest'
import { newId } from '#domain/id.ts'
import { writeBatch } from '#log/batch.ts'
import { topicRoot, topicsOf } from '#log/topic.ts'
import { branchByRow, branchesOf } from '#db/log/log.ts'
import { readBatchFrom } from '#db/log/read-batches.ts'
import { startBroker } from '../../trial/brokers.ts'
import { systemHost } from './host.ts'
import { startIntake } from './intake.ts'
import type { Message, News } from './intake.ts'
import { closeSite, head, newSite, record, relayOp, site, start, stop, until } from './test-site.ts'
import type { Replica } from './test-site.ts'
import { normalTiming } from './timing.ts'
import { adoptMemberList, writeMemberList } from '../../centre/member-list.ts'
import { memberOf } from './test-site.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** Three days of work: ops in commits of 20. */
function work(one: Replica, count: number): void {
  for (let n = 0; n < count / 20; n += 1) {
    const on = `incident:${newId()}`
    record(
      one,
      Array.from({ length: 20 }, () => ({ kind: 'NoteAdded', on, body: {}, personal: { text: 'x'.repeat(200) } })),
    )
  }
}

test('the card of a fresh relay overtakes 5,000 ops of its own desk that wait to be sent', async () => {
  const wire = await startBroker()
  const at = newSite()
  ends.push(wire.close, () => closeSite(at.all))
  start(at.centre, [wire.url])
  start(at.a, [wire.url])
  start(at.bpbd, [wire.url])
  await until('known', () => at.a.sync?.facts().connected.includes('BPBD') === true)
  await stop(at.a)
  work(at.a, 5_000)
  const { id, op } = relayOp(at.a, { relay: newId(), incident: newId(), agency: 'BPBD', state: 'made' })
  record(at.a, [op])
  expect(head(at.a)).toBeGreaterThan(5_000)
  const spy = await mqtt.connectAsync(wire.url, { protocolVersion: 4 })
  ends.push(() => spy.endAsync(true))
  const order: string[] = []
  spy.on('message', (topic) => order.push(topic.slice(topicRoot(site).length).split('/', 2).join('/')))
  await spy.subscribeAsync([`${topicRoot(site)}op/A/+`, `${topicRoot(site)}card/#`], { qos: 1 })
  start(at.a, [wire.url])
  await until('the card is there', () => at.bpbd.cards.some((card) => card.id === id))
  await until('everything is confirmed', () => at.a.sync?.facts().waiting === 0)
  const batches = order.filter((topic) => topic === 'op/A').length
  const before = order.indexOf('card/BPBD')
  expect(batches).toBeGreaterThan(20)
  // At most what was on its way already, 16 batches, is before it.
  expect(before).toBeGreaterThanOrEqual(0)
  expect(before).toBeLessThanOrEqual(16)
})

/** Every batch of a replica's own log, as it comes from the broker. */
function messagesOf(one: Replica, topic: (origin: string) => string): Message[] {
  const { log } = one
  const branch = branchByRow(log.db, log.memory.ownLog)
  const messages: Message[] = []
  for (let from = 1; from <= branch.headSeq;) {
    const batch = readBatchFrom(log.db, branch, from)
    if (batch === undefined) throw new Error('no batch')
    const payload = Buffer.from(writeBatch(batch))
    messages.push({ topic: topic(branch.origin), payload, isRetained: false })
    from = batch.seal.seq + 1
  }
  return messages
}

test('what an agency did is taken in before the backlog of other desks that came first', async () => {
  const at = newSite()
  ends.push(() => closeSite(at.all))
  const { centre, a, b, bpbd } = at
  for (const one of [a, b]) {
    adoptMemberList(
      one.log,
      writeMemberList({ site, root: at.root, last: null, members: at.all.map((each) => memberOf(each)), at: 1 }),
    )
  }
  const relay = newId()
  const { id, op } = relayOp(a, { relay, incident: newId(), agency: 'BPBD', state: 'made' })
  record(a, [op])
  work(b, 5_000)
  record(bpbd, [{ kind: 'CardReceived', on: `relay:${relay}`, body: { card: id } }])
  const topics = topicsOf(site)
  const backlog = messagesOf(b, (origin) => topics.op(origin))
  expect(backlog.length).toBeGreaterThan(20)

  const news: News[] = []
  const session = {
    log: a.log,
    role: 'desk',
    timing: normalTiming,
    host: systemHost,
    presence: new Map(),
    counts: { refused: 0, ignored: 0, failed: 0 },
    failed: (failure: string) => expect.fail(failure),
  }
  const intake = startIntake(session as never, (one) => news.push(one))
  ends.push(() => intake.stop())
  for (const message of [...backlog, ...messagesOf(bpbd, (origin) => topics.agency('BPBD', origin))]) {
    intake.take(message)
  }
  await until('a first burst', () => news.length > 0)
  expect(news[0]?.origins.has(bpbd.log.memory.key.origin)).toBe(true)
  // In order all the same, nothing lost and nothing asked for again.
  const heldOf = (one: Replica) => branchesOf(a.log.db, one.log.memory.key.origin)[0]?.headSeq
  expect(heldOf(b) ?? 0).toBeLessThan(head(b))
  await until('all of it', () => heldOf(b) === head(b))
  expect(news.flatMap(({ gaps }) => gaps)).toEqual([])
  expect(centre.log.scope).toBe('centre')
})
