import { readFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#domain/id.ts'
import type { RelayId } from '#domain/id.ts'
import { rebuildAll } from '#db/apply/rebuild.ts'
import { stateHash } from '#db/apply/state-hash.ts'
import { copyFiles, startCopy } from '#db/log/copy.ts'
import { aggregates, opsOn } from '#db/log/stored-op.ts'
import { agencyRelay } from '#db/queries/agency-card.ts'
import { relayFacts } from '#db/queries/relay-facts.ts'
import { openDatabase, prepared } from '#db/open.ts'
import { testKey } from '#db/log/test-store.ts'
import { makeWord } from '#log/word.ts'
import { startBroker } from '../../trial/brokers.ts'
import { startMosquitto } from './test-mosquitto.ts'
import { closeSite, newSite, record, relayOp, replica, roles, site, start, stop, until } from './test-site.ts'
import type { Replica, Site } from './test-site.ts'

type Wire = { readonly url: string; readonly password?: string; readonly close: () => Promise<void> }

const secret = 'Bu Sri di atap rumah'
let at: Site
let wire: Wire
const ends: (() => unknown)[] = []
beforeEach(() => {
  at = newSite()
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  await closeSite(at.all)
  await wire.close()
})

const begin = (...ones: Replica[]) => {
  for (const one of ones) start(one, [wire.url], wire.password === undefined ? {} : { password: wire.password })
}
const textOf = (one: Replica, id: string) =>
  prepared<{ text: string | null }>(one.log.db, 'SELECT text FROM card WHERE id = ?').get(Buffer.from(id, 'hex'))?.text
const partOf = (one: Replica, op: string) =>
  prepared(one.log.db, 'SELECT part FROM op WHERE hash = ?').pluck().get(Buffer.from(op, 'hex'))
const erased = (one: Replica) => prepared(one.log.db, 'SELECT count(*) FROM card_erased').pluck().get()
const erasing = () => at.centre.sync?.erasing()
const isProved = () => erasing()?.length === 0

/** A relay whose card has reached the agency desk. */
async function delivered() {
  const [incident, relay] = [newId(), newId() as RelayId]
  const { id, op } = relayOp(at.a, { relay, incident, agency: 'BPBD', state: 'made', text: secret })
  const [stored] = record(at.a, [op])
  await until('card there', () => textOf(at.bpbd, id)?.includes(secret) === true)
  await until('at the centre', () => at.a.sync?.facts().waiting === 0)
  return { id, relay, op: stored?.id ?? '' }
}
const erase = (ids: string[]) =>
  record(at.centre, [{ kind: 'PersonalErased', on: `erasure:${newId()}`, body: { ids, rule: 'masa simpan' } }])

describe.each(['aedes', 'mosquitto'])('on %s', (name) => {
  beforeEach(async () => {
    wire =
      name === 'aedes' ? await startBroker({ site, roleOf: (user) => roles.get(user) ?? null }) : await startMosquitto()
    begin(at.centre, at.a, at.bpbd)
  })

  test('a card that is erased loses its text at an agency desk, also at one that was off for days', async () => {
    const [one, two] = [await delivered(), await delivered()]
    erase([one.op])
    await until('erased', () => textOf(at.bpbd, one.id) === null)
    await until('proved', isProved)
    expect(textOf(at.bpbd, two.id)).toContain(secret)
    await stop(at.bpbd)
    erase([two.op])
    await until('not proved', () => erasing()?.join() === 'BPBD-1')
    await stop(at.centre)
    at.clock.move(3 * 86_400_000)
    begin(at.centre, at.bpbd)
    await until('erased at last', () => textOf(at.bpbd, two.id) === null)
    await until('proved', isProved)
    expect(agencyRelay(at.bpbd.log.db, two.relay)).toMatchObject({ agency: 'BPBD', card: null, step: 'received' })
  })

  test('it stays erased over restarts and when everything is made again from the ops, at both ends', async () => {
    const { id, op } = await delivered()
    erase([op])
    await until('proved', () => textOf(at.bpbd, id) === null && isProved())
    await stop(at.bpbd)
    await stop(at.centre)
    for (const { log } of [at.bpbd, at.centre]) {
      const before = stateHash(log.db)
      rebuildAll(log.db, aggregates(log.db), opsOn)
      expect(stateHash(log.db)).toBe(before)
    }
    const again = replica({
      member: 'BPBD-1',
      scope: 'agency:BPBD',
      rootKey: at.root.key,
      clock: at.clock,
      file: at.bpbd.log.db.name,
    })
    ends.push(() => closeSite([again]))
    begin(at.centre, again)
    await until('there', () => again.sync?.facts().link === 'up')
    await until('proved', isProved)
    expect(textOf(again, id)).toBeNull()
  })
})

describe('against who wishes it otherwise', () => {
  const heard: [string, Buffer][] = []
  let broker: Awaited<ReturnType<typeof startBroker>>
  let hostile: mqtt.MqttClient
  beforeEach(async () => {
    heard.length = 0
    broker = await startBroker()
    wire = broker
    hostile = await mqtt.connectAsync(wire.url, { clientId: 'hostile', reconnectPeriod: 0 })
    ends.push(() => hostile.endAsync(true))
    hostile.on('message', (topic, payload) => heard.push([topic, payload]))
    await hostile.subscribeAsync('m112/v1/uji/card/#', { qos: 1 })
    begin(at.centre, at.a, at.bpbd)
  })

  test('a late or doubled copy of an erased card is refused, whoever brings it and however old the word', async () => {
    const { id, op } = await delivered()
    erase([op])
    await until('proved', () => textOf(at.bpbd, id) === null && isProved())
    const cards = heard.filter(([, payload]) => payload.includes(secret))
    expect(cards.length).toBeGreaterThan(0)
    // As if the desk had lost what it had heard, and even the row of the card.
    at.bpbd.log.db.exec('DELETE FROM card_over; DELETE FROM card; DELETE FROM word')
    for (const [topic, payload] of cards) await hostile.publishAsync(topic, payload, { qos: 1 })
    const { op: other } = relayOp(at.a, { relay: newId(), incident: newId(), agency: 'BPBD', state: 'made' })
    record(at.a, [other])
    await until('a later card', () => prepared(at.bpbd.log.db, 'SELECT count(*) FROM card').pluck().get() === 1)
    expect(textOf(at.bpbd, id)).toBeUndefined()
    expect(at.bpbd.cards.filter((card) => card.id === id && card.isNew)).toHaveLength(1)
  })

  test('a copy by a desk that nobody knows yet is not kept waiting either', async () => {
    const { id, op } = await delivered()
    const card = prepared<{ text: string; sig: string; origin: string }>(
      at.bpbd.log.db,
      'SELECT text, sig, origin FROM card',
    ).get()
    const stranger = replica({ member: 'C', scope: 'full', rootKey: at.root.key, clock: at.clock })
    ends.push(() => closeSite([stranger]))
    const { key } = stranger.log.memory
    const topic = `m112/v1/uji/card/BPBD/C/${key.origin.slice(2)}`
    const content = { card: card?.text, sig: card?.sig, origin: card?.origin }
    const say = (n: number) =>
      hostile.publishAsync(topic, makeWord(key, { topic, by: key.origin, inc: 1, n, at: Date.now(), content }), {
        qos: 1,
      })
    const waiting = () => prepared(at.bpbd.log.db, 'SELECT count(*) FROM waiting_word').pluck().get()
    await say(1)
    await until('waits for its signer', () => waiting() === 1)
    erase([op])
    await until('gone', () => textOf(at.bpbd, id) === null && waiting() === 0)
    const refused = at.bpbd.sync?.counts().refused ?? 0
    await say(2)
    await until('refused', () => (at.bpbd.sync?.counts().refused ?? 0) > refused)
    expect(waiting()).toBe(0)
  })

  test('an erasure that the centre did not sign, or that is said again, erases nothing', async () => {
    const { id, op } = await delivered()
    erase([op])
    await until('proved', () => textOf(at.bpbd, id) === null && isProved())
    const kept = await delivered()
    const { key } = at.a.log.memory
    const topic = `m112/v1/uji/card/BPBD/A/${key.origin.slice(2)}`
    const content = { erased: [kept.id] }
    const forged = { topic, by: key.origin, inc: 99, n: 1, at: Date.now(), content }
    const before = at.bpbd.sync?.counts().refused ?? 0
    // By a full desk that signs it rightly, and in the centre's name without its key.
    await hostile.publishAsync(topic, makeWord(key, forged), { qos: 1 })
    const { origin } = at.centre.log.memory.key
    const named = `m112/v1/uji/card/BPBD/PUSAT/${origin.slice('PUSAT.'.length)}`
    await hostile.publishAsync(named, makeWord(key, { ...forged, topic: named, by: origin }), { qos: 1 })
    await until('both refused', () => (at.bpbd.sync?.counts().refused ?? 0) >= before + 2)
    for (const [where, payload] of heard.filter(([, text]) => text.includes('erased'))) {
      await hostile.publishAsync(where, payload, { qos: 1 })
    }
    await delivered()
    expect(textOf(at.bpbd, kept.id)).toContain(secret)
    expect(erased(at.bpbd)).toBe(1)
  })

  test('a broker that swallows it hides nothing: it is told again until the desk itself proves it', async () => {
    const { id, op } = await delivered()
    broker.setForgetful(true)
    erase([op])
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(textOf(at.bpbd, id)).toContain(secret)
    expect(erasing()).toEqual(['BPBD-1'])
    broker.setForgetful(false)
    await until('proved after all', () => textOf(at.bpbd, id) === null && isProved())
  })

  test('an agency desk that was put back to a copy with the text erases it again', async () => {
    const { id, op } = await delivered()
    const old = `${at.bpbd.log.db.name}.old`
    prepared(at.bpbd.log.db, 'VACUUM INTO ?').run(old)
    erase([op])
    await until('proved', () => textOf(at.bpbd, id) === null && isProved())
    await stop(at.bpbd)
    const back = replica({
      member: 'BPBD-1',
      scope: 'agency:BPBD',
      rootKey: at.root.key,
      clock: at.clock,
      file: old,
    })
    ends.push(() => closeSite([back]))
    expect(textOf(back, id)).toContain(secret)
    begin(back)
    await until('erased again', () => textOf(back, id) === null)
    await until('proved again', isProved)
  })

  test.each(['an agency desk', 'a desk'])(
    'the second copy of %s holds the text no more after its next whole copy',
    async (who) => {
      const one = who === 'a desk' ? at.a : at.bpbd
      const dir = mkdtempSync(join(tmpdir(), 'm112-copy-'))
      const reader = openDatabase({ file: one.log.db.name, key: testKey, readonly: true })
      ends.push(() => reader.close())
      const copy = startCopy({ db: one.log.db, reader, dir, site, databaseKey: testKey, now: Date.now })
      ends.push(() => copy.stop())
      const { id, relay, op } = await delivered()
      expect(relayFacts(at.a.log.db, relay)).toMatchObject({ isErased: false })
      expect(await copy.whole()).toBe(true)
      expect(plainBytes(join(dir, copyFiles.whole))).toContain(secret)
      erase([op])
      await until('erased', () => textOf(at.bpbd, id) === null && isProved())
      await until('at the desk too', () => partOf(at.a, op) === 'erased')
      expect(relayFacts(at.a.log.db, relay)).toMatchObject({ agency: 'BPBD', step: 'received', isErased: true })
      expect(await copy.whole()).toBe(true)
      expect(plainBytes(join(dir, copyFiles.whole))).not.toContain(secret)
      expect(readFileSync(join(dir, copyFiles.personal))).toHaveLength(0)
      expect(readFileSync(join(dir, copyFiles.chain), 'utf8')).not.toContain(secret)
    },
  )
})

/** Every byte of a database file, free pages too, decrypted. */
function plainBytes(file: string): string {
  const db = openDatabase({ file, key: testKey })
  db.pragma('journal_mode = DELETE')
  db.pragma(`rekey = ''`)
  db.close()
  return readFileSync(file, 'latin1')
}
