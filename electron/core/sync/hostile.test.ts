import mqtt from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '#domain/id.ts'
import { stateHash } from '#db/apply/state-hash.ts'
import { branchByRow, branchesOf } from '#db/log/log.ts'
import { prepared } from '#db/open.ts'
import { maxPayloadBytes } from '#log/bytes.ts'
import { makeWord } from '#log/word.ts'
import { startBroker, type TrialBroker } from '../../trial/brokers.ts'
import { closeSite, head, newSite, opsOf, record, roles, site, start, stop, until } from './test-site.ts'
import type { Replica, Site } from './test-site.ts'

let wire: TrialBroker
let at: Site
const ends: (() => Promise<unknown>)[] = []
const root = `m112/v1/${site}/`

beforeEach(async () => {
  at = newSite()
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  await closeSite(at.all)
})

async function broker(isOpen = false): Promise<void> {
  wire = await startBroker(isOpen ? undefined : { site, roleOf: (user) => roles.get(user) ?? null })
  ends.push(wire.close)
}
/** Somebody who hears and says everything: what a hostile broker can do. */
async function eavesdropper(onMessage: (topic: string, payload: Buffer) => void = () => undefined) {
  const client = await mqtt.connectAsync(wire.url, { username: 'B', clientId: 'hostile', reconnectPeriod: 0 })
  ends.push(() => client.endAsync(true))
  client.on('message', onMessage)
  await client.subscribeAsync('#', { qos: 1 })
  return client
}
const begin = (...ones: Replica[]) => {
  for (const one of ones) start(one, [wire.url])
}
const own = (one: Replica) => branchByRow(one.log.db, one.log.memory.ownLog)
const confirmed = (one: Replica) => own(one).confirmedSeq === own(one).headSeq
const notes = (one: Replica) =>
  prepared<{ n: number }>(
    one.log.db,
    `SELECT count(*) AS n FROM op WHERE kind = 'NoteAdded' AND standing = 'applied'`,
  ).get()?.n
const note = (incident: string, text: string) => ({
  kind: 'NoteAdded',
  on: `incident:${incident}`,
  body: {},
  personal: { text },
})
const opened = (incident: string) => ({
  kind: 'IncidentOpened',
  on: `incident:${incident}`,
  body: { label: '241126-B001', type: 'BCN-BJR', priority: 'P1' },
})
const isSame = (a: Replica, b: Replica) => JSON.stringify(opsOf(a)) === JSON.stringify(opsOf(b))

test('a broker that accepts and forgets loses nothing: what is not confirmed is sent again', async () => {
  await broker()
  begin(at.centre, at.a)
  await until('A confirmed', () => confirmed(at.a))
  wire.setForgetful(true)
  const incident = newId()
  record(at.a, [opened(incident), note(incident, 'ditelan broker')])
  await until('the broker took it', () => own(at.a).sentSeq === head(at.a))
  expect(confirmed(at.a)).toBe(false)
  await until('shown as not confirmed', () => at.a.sync?.facts().isUnconfirmed === true)
  wire.setForgetful(false)
  await until('confirmed after all', () => confirmed(at.a))
  expect(notes(at.centre)).toBe(1)
})

test('an agency desk sends again what the broker forgot, although it hears neither what the centre has nor its requests', async () => {
  await broker()
  begin(at.centre, at.a, at.bpbd)
  await until('BPBD confirmed', () => confirmed(at.bpbd) && confirmed(at.a))
  wire.setForgetful(true)
  record(at.bpbd, [{ kind: 'SessionOpened', on: `session:${newId()}`, body: { role: 'agency' } }])
  await until('the broker took it', () => own(at.bpbd).sentSeq === head(at.bpbd))
  expect(confirmed(at.bpbd)).toBe(false)
  wire.setForgetful(false)
  await until('confirmed after all', () => confirmed(at.bpbd), 20_000)
})

test('batches that come twice, late, and in any order change nothing', async () => {
  await broker(true)
  const heard: [string, Buffer][] = []
  const client = await eavesdropper((topic, payload) => heard.push([topic, payload]))
  begin(at.centre, at.a, at.b)
  await until('known', () => confirmed(at.a) && confirmed(at.b))
  const incident = newId()
  record(at.a, [opened(incident)])
  for (let n = 0; n < 20; n += 1) record(n % 2 ? at.a : at.b, [note(incident, `catatan ${n}`)])
  await until('confirmed', () => confirmed(at.a) && confirmed(at.b))
  const replay = heard.filter(([topic]) => /\/(op|ack|have|members|card)\//.test(`${topic}/`))
  expect(replay.length).toBeGreaterThan(10)
  for (let n = replay.length - 1; n > 0; n -= 1) {
    const other = Math.floor(Math.random() * (n + 1))
    ;[replay[n], replay[other]] = [replay[other]!, replay[n]!]
  }
  for (const [topic, payload] of replay) await client.publishAsync(topic, payload, { qos: 1 })
  await until('the same everywhere', () => isSame(at.a, at.b) && isSame(at.a, at.centre))
  expect(notes(at.b)).toBe(20)
  expect(confirmed(at.a) && confirmed(at.b)).toBe(true)
  expect(stateHash(at.a.log.db)).toBe(stateHash(at.b.log.db))
  expect(at.a.sync?.facts().alarms).toEqual([])
})

test('cut, altered and absurd messages are counted, and stop nothing', async () => {
  await broker(true)
  const batches: [string, Buffer][] = []
  const client = await eavesdropper((topic, payload) => {
    if (topic.includes('/op/A/')) batches.push([topic, payload])
  })
  begin(at.centre, at.a, at.b)
  await until('known', () => confirmed(at.a) && confirmed(at.b))
  const incident = newId()
  record(at.a, [opened(incident), note(incident, 'asli')])
  await until('heard', () => batches.length > 0 && notes(at.b) === 1)
  const before = JSON.stringify(opsOf(at.b))
  const [topic, payload] = batches.at(-1)!
  const text = payload.toString('utf8')
  const bad = [
    [topic, text.slice(0, text.length / 2)],
    [topic, text.replace('asli', 'palsu')],
    [topic, text.replace('NoteAdded', 'NoteAddes')],
    [topic, '{'],
    [topic, '{}'],
    [topic, '[1,2,3]'],
    [topic, ''],
    [topic, `{"a":"${'x'.repeat(maxPayloadBytes)}"}`],
    [topic.replace('/op/A/', '/op/B/'), text],
    [`${root}ack/B/${at.b.log.memory.key.origin.slice(2)}`, '{"w":"{}","sig":"x"}'],
    [`${root}have/A`, '{"w":"null","sig":""}'],
    [`${root}members`, text],
    [`${root}want/A`, '{"origin":'],
    [`${root}want/A`, '[null,{"origin":"A.x","from":-1,"to":1e99}]'],
    [`${root}presence/A`, 'null'],
    [`${root}op/A`, text],
    [`${root}lain/sekali`, text],
  ] as const
  for (const [where, what] of bad) await client.publishAsync(where, what, { qos: 1 })
  await client.publishAsync(topic, Buffer.from([0x7b, 0xff, 0xfe]), { qos: 1 })
  record(at.a, [note(incident, 'sesudahnya')])
  await until('goes on', () => notes(at.b) === 2)
  expect(at.b.sync?.counts().refused).toBeGreaterThanOrEqual(10)
  expect(at.b.sync?.counts().failed).toBe(0)
  expect(opsOf(at.b).length).toBe((JSON.parse(before) as unknown[]).length + 1)
})

test('a forged acknowledgement confirms nothing, and a forged request gets an agency nothing that is not its own', async () => {
  await broker(true)
  const given: string[] = []
  const client = await eavesdropper((topic) => {
    if (topic.includes('/give/BPBD-1')) given.push(topic)
  })
  begin(at.centre, at.a, at.bpbd)
  await until('known', () => confirmed(at.a) && confirmed(at.bpbd))
  await stop(at.centre)
  const incident = newId()
  record(at.a, [opened(incident), note(incident, 'rahasia')])
  const origin = at.a.log.memory.key.origin
  const word = {
    topic: `${root}ack/A/${origin.slice(2)}`,
    by: at.centre.log.memory.key.origin,
    inc: 99,
    n: 1,
    at: Date.now(),
    content: { upTo: head(at.a), hash: own(at.a).headHash, personalUpTo: head(at.a) },
  }
  await client.publishAsync(word.topic, JSON.stringify({ w: JSON.stringify(word), sig: 'A'.repeat(86) }), { qos: 1 })
  await until('sent', () => own(at.a).sentSeq === head(at.a))
  expect(confirmed(at.a)).toBe(false)
  begin(at.centre)
  await until('confirmed by the real one', () => confirmed(at.a))
  await client.publishAsync(`${root}want/BPBD-1`, JSON.stringify([{ origin, from: 1, to: 3 }]), { qos: 1 })
  await client.publishAsync(
    `${root}want/BPBD-1`,
    JSON.stringify([{ origin: at.bpbd.log.memory.key.origin, from: 1, to: 1 }]),
    { qos: 1 },
  )
  await until('its own log is given', () => given.length > 0)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(given).toHaveLength(1)
  expect(branchesOf(at.bpbd.log.db, origin)).toEqual([])
})

test('a full disk loses nothing that others sent: it is told, and asked for again when there is room', async () => {
  await broker()
  begin(at.centre, at.a, at.b)
  await until('known', () => confirmed(at.a) && confirmed(at.b))
  const { db } = at.b.log
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`)
  const incident = newId()
  record(at.a, [opened(incident)])
  for (let n = 0; n < 60; n += 1) record(at.a, [note(incident, `catatan ${n} ${'panjang '.repeat(60)}`)])
  await until('told', () => at.b.failures.includes('disk_full'))
  await until('A confirmed', () => confirmed(at.a))
  expect(at.b.sync?.facts().link).toBe('up')
  expect(notes(at.b)).toBeLessThan(60)
  db.pragma('max_page_count = 1073741823')
  await until('all there', () => notes(at.b) === 60)
  await until('the same everywhere', () => isSame(at.a, at.b))
  expect(stateHash(db)).toBe(stateHash(at.a.log.db))
})

test('a last will that comes late does not make a desk that is there look gone for long', async () => {
  await broker(true)
  const client = await eavesdropper()
  begin(at.centre, at.a, at.bpbd)
  const isThere = () => at.a.sync?.facts().connected.includes('BPBD') === true
  await until('connected', isThere)
  await client.publishAsync(`${root}presence/BPBD-1`, JSON.stringify({ state: 'offline' }), { qos: 1, retain: true })
  await until('gone', () => !isThere())
  await until('there again', isThere)
})

test('a member that claims absurd logs gets no answer for them, and the centre goes on', async () => {
  await broker(true)
  const acks: string[] = []
  const client = await eavesdropper((topic) => {
    if (topic.startsWith(`${root}ack/A/`)) acks.push(topic)
  })
  begin(at.centre)
  await until('centre up', () => at.centre.sync?.facts().link === 'up')
  const { key, origin } = { key: at.a.log.memory.key, origin: at.a.log.memory.key.origin }
  const topic = `${root}have/A`
  const logs = {
    'A.#': [1, 'x'],
    'A./': 5,
    'A.aaaaaaaaaaaaaaaa': [9, 'f'.repeat(64)],
    [origin]: [0, 'f'.repeat(64)],
    B: null,
  }
  const content = { logs, relays: 7, seen: { [origin]: 'x' }, members: 'x' }
  const word = makeWord(key, { topic, by: origin, inc: 50, n: 1, at: Date.now(), content })
  await client.publishAsync(topic, word, { qos: 1 })
  await until('the real log is answered for', () => acks.length > 0)
  expect(new Set(acks)).toEqual(new Set([`${root}ack/A/${origin.slice(2)}`]))
  expect(at.centre.sync?.counts().failed).toBe(0)
})
