import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { callIdOf, shiftIdOf } from '#domain/id.ts'
import { dayOf } from '#domain/time.ts'
import { isAdmitted, nextAt } from './at.ts'
import { chainOf, fittingPart, readBatch, writeBatch } from './batch.ts'
import { canonical } from './bytes.ts'
import { makeCard, readCard, verifyCard } from './card.ts'
import { cardId, firstHash, membersHash, opHash, personalHash } from './hash.ts'
import { isOriginOfKey, logKey, signingKey } from './key.ts'
import { isByRoot, readMemberList } from './member.ts'
import { readOp, writeOp } from './op.ts'
import { makeSeal, makeVouch, personText, signPerson, verifyPerson, verifySeal, verifyVouch } from './seal.ts'
import { readTopic, topicsOf } from './topic.ts'
import { makeWord, readWord, verifyWord } from './word.ts'

// The golden file is data of any shape; the tests say what they expect of it.
const golden = JSON.parse(readFileSync(new URL('./wire-vectors.json', import.meta.url), 'utf8'))
const site: string = golden.site
const key = (name: string) => logKey(golden.keys[name].member, Buffer.from(golden.keys[name].seed, 'hex'))
const keyOf = (origin: string) =>
  Object.values<{ origin: string; key: string }>(golden.keys).find((entry) => entry.origin === origin)?.key ?? ''

describe('keys', () => {
  test.each(Object.keys(golden.keys).filter((name) => golden.keys[name].member))('%s', (name) => {
    const made = key(name)
    expect(made.key).toBe(golden.keys[name].key)
    expect(made.origin).toBe(golden.keys[name].origin)
    expect(isOriginOfKey(made.origin, made.key)).toBe(true)
    expect(isOriginOfKey(made.origin, signingKey().key)).toBe(false)
  })
  test('of an operator', () => {
    const rina = golden.keys['operator rina']
    expect(signingKey(Buffer.from(rina.seed, 'hex')).key).toBe(rina.key)
  })
})

describe.each([
  ['log', golden.log, 'B', 1],
  ['new epoch', golden.newEpoch, 'B second epoch', 1],
] as const)('%s', (_name, log, keyName, firstSeq) => {
  test('every op, hash and id', () => {
    let before = firstHash(site, log.origin)
    expect(before).toBe(log.first)
    for (const [place, entry] of log.ops.entries()) {
      expect(Buffer.byteLength(entry.op)).toBe(entry.opBytes)
      expect(canonical(JSON.parse(entry.op))).toBe(entry.op)
      const read = readOp(entry.op, { origin: log.origin, seq: firstSeq + place })
      if (read.parked !== undefined) throw new Error(read.parked)
      expect(writeOp(read.fields)).toBe(entry.op)
      before = opHash(before, entry.op)
      expect(before).toBe(entry.hash)
      expect(read.fields.was ?? before).toBe(entry.id)
    }
  })
  test('every personal part', () => {
    const parts = log.ops.filter((entry: { salt: string | null }) => entry.salt !== null)
    expect(parts.length).toBeGreaterThan(0)
    for (const { op, personal, salt, personalHash: hash, personalInput } of parts) {
      expect(personalHash(Buffer.from(salt, 'base64url'), personal)).toBe(hash)
      expect(fittingPart({ op, personal, salt }, hash)?.text).toBe(personal)
      if (personalInput) expect(canonical(personalInput)).toBe(personal)
    }
  })
  test('every seal', () => {
    for (const seal of log.seals) {
      expect(makeSeal(site, key(keyName), seal.seq, seal.hash)).toEqual(seal)
      expect(verifySeal(site, log.origin, key(keyName).key, seal)).toBe(true)
      expect(verifySeal(`${site}x`, log.origin, key(keyName).key, seal)).toBe(false)
    }
  })
})

test('the vouch of a new epoch', () => {
  const { origin, vouch } = golden.newEpoch
  expect(makeVouch(site, key('B'), origin)).toBe(vouch)
  expect(verifyVouch(site, key('B').origin, key('B').key, origin, vouch)).toBe(true)
  expect(verifyVouch(site, key('A').origin, key('B').key, origin, vouch)).toBe(false)
})

test.each(['whole', 'tail'])('batch %s', (name) => {
  const batch = readBatch(JSON.stringify(golden.batch[name]))
  if ('refused' in batch) throw new Error(batch.refused)
  expect(chainOf(batch).at(-1)).toBe(batch.seal.hash)
  expect(JSON.parse(writeBatch(batch))).toEqual(golden.batch[name])
  expect(topicsOf(site).op(batch.origin)).toBe(golden.batch.topic)
})

const epochOf = (name: string): string => golden.keys[name].origin.split('.')[1]
/** The topics of the golden words, taken apart. */
const wordTopics: Record<string, object> = {
  members: { kind: 'members' },
  ack: { kind: 'ack', member: 'B', epoch: epochOf('B') },
  haveDesk: { kind: 'have', member: 'B' },
  haveAgency: { kind: 'have', member: 'BPBD-1' },
  card: { kind: 'card', code: 'BPBD', member: 'B', epoch: epochOf('B') },
  cardSentByCentre: { kind: 'card', code: 'BPBD', member: 'PUSAT', epoch: epochOf('PUSAT') },
}

test.each(Object.keys(golden.words))('word %s', (name) => {
  const { topic, payload, hash } = golden.words[name]
  const word = readWord(JSON.stringify(payload), topic)
  if (word === undefined) throw new Error('no word')
  const { by, inc, n, at, content } = word
  expect(verifyWord(word, keyOf(by))).toBe(true)
  const signer = Object.keys(golden.keys).find((entry) => golden.keys[entry].origin === by) ?? ''
  expect(JSON.parse(makeWord(key(signer), { topic, by, inc, n, at, content }))).toEqual(payload)
  expect(readTopic(site, topic)).toEqual(wordTopics[name])
  if (name === 'members') {
    expect(membersHash(word.w)).toBe(hash)
    expect(isByRoot(word, golden.keys.root.key)).toBe(true)
    expect([...(readMemberList(word)?.members.keys() ?? [])]).toEqual(
      ['A', 'B', 'BPBD-1', 'PUSAT'].map((member) => golden.keys[member].origin),
    )
  }
})

test.each(['made', 'cancelled'])('card %s', (name) => {
  const { agency, origin, card, id, sig, bytesHex } = golden.card[name]
  const read = readCard(card)
  if (read === undefined) throw new Error('no card')
  expect(makeCard(site, key('B'), agency, read)).toEqual({ card, id, sig })
  if (bytesHex) expect(Buffer.from(card, 'utf8').toString('hex')).toBe(bytesHex)
  expect(cardId(card)).toBe(id)
  expect(verifyCard({ site, agency, origin, key: key('B').key }, card, sig)).toBe(true)
  expect(verifyCard({ site, agency: 'PMI', origin, key: key('B').key }, card, sig)).toBe(false)
})

test.each(['handover', 'approval'])("operator's signature: %s", (name) => {
  const { origin, kind, on, personalHash: hash, body, message } = golden.person[name]
  const facts = { site, origin, kind, on, body, personalHash: hash ?? null }
  expect(personText(facts)).toBe(message)
  const { signed: _signed, ...unsigned } = body
  expect(signPerson(signingKey(Buffer.from(golden.keys['operator rina'].seed, 'hex')), facts)).toEqual(body.signed)
  expect(verifyPerson(facts)).toBe(true)
  expect(verifyPerson({ ...facts, body: unsigned })).toBe(false)
})

test('ids that all desks derive alike', () => {
  const [, , bridge, linkedId] = JSON.parse(golden.uuid5.call.name)
  expect(callIdOf(site, bridge, linkedId)).toBe(golden.uuid5.call.id)
  const { instant, zone, id } = golden.uuid5.shift
  expect(shiftIdOf(site, dayOf(Date.parse(instant), zone), 'malam')).toBe(id)
})

const clockCases: { what: string; now: number; own: string | null; received: string | null; next: string }[] = golden.at
test.each(clockCases)('at: $what', ({ now, own, received, next }) => {
  const known = [own, received !== null && isAdmitted(received, now) ? received : null].filter((at) => at !== null)
  expect(nextAt(now, known.sort((a, b) => (a < b ? -1 : 1)).at(-1) ?? null)).toBe(next)
})

const canonicalCases: { what: string; input: string; canonical: string }[] = golden.canonical
test.each(canonicalCases)('canonical: $what', ({ input, canonical: expected }) => {
  const value: unknown = JSON.parse(input)
  if (expected === 'refused') expect(() => canonical(value)).toThrow(RangeError)
  else expect(canonical(value)).toBe(expected)
})
