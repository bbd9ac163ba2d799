import { beforeEach, expect, test } from 'vitest'
import { isFault } from '#domain/fault.ts'
import { makeCard } from '#log/card.ts'
import type { CardState } from '#log/card.ts'
import { transact } from '../open.ts'
import { appendOwn } from './append.ts'
import type { OwnOp } from './append.ts'
import { dueCards, headsOf, heldRelays, markHeld, receiveCard } from './cards.ts'
import type { Log } from './log.ts'
import { receiveRun } from './receive.ts'
import { newStore, testClock } from './test-store.ts'
import { receiveWord } from './words.ts'
import { makeWord } from '#log/word.ts'
import { readTopic, topicsOf } from '#log/topic.ts'
import { giveMembers, makeMembers, site, testLog, testRoot } from './test-writer.ts'

const clock = testClock()
let desk: Log

beforeEach(() => {
  desk = newStore({ member: 'A', rootKey: testRoot.key, clock })
})

function record(log: Log, op: Omit<OwnOp, 'by' | 'session'>): void {
  const stored = transact(log.db, () => appendOwn(log, [{ by: 'siti', session: 's', ...op }]))
  if (isFault(stored)) throw new Error(stored.fault)
}

function cardOf(relay: string, state: CardState = 'made', over: string[] = []) {
  const facts = { relay, incident: 'i', label: 'l', at: clock.now(), over, state, priority: 'P1', type: 't' } as const
  return makeCard(site, desk.memory.key, 'BPBD', { ...facts, place: [], callback: null, text: '', since: 1 })
}

function relay(name: string, more: { channel?: string; state?: CardState; over?: string[] } = {}): string {
  clock.move(1_000)
  const { id, card, sig } = cardOf(name, more.state, more.over)
  const kind = { made: 'RelayMade', changed: 'RelayChanged', cancelled: 'RelayCancelled' }[more.state ?? 'made']
  const body = { agency: 'BPBD', channel: more.channel ?? 'mqtt', card: id }
  record(desk, { kind, on: `relay:${name}`, body, personal: { card, sig } })
  return id
}
const step = (name: string, what: string) =>
  record(desk, { kind: 'RelayStepped', on: `relay:${name}`, body: { step: what } })
const due = (maker: string | null = 'A', agencies = ['BPBD']) => dueCards(desk.db, { agencies, maker, limit: 10 })
const ids = (cards: readonly { id: string }[]) => cards.map((card) => card.id)

test('the latest card goes first, only the newest state of a relay, and only to agencies that have a desk', () => {
  const first = relay('r1')
  const changed = relay('r1', { state: 'changed', over: [first] })
  const second = relay('r2')
  expect(ids(due())).toEqual([second, changed])
  expect(due('A', ['PMI'])).toEqual([])
  expect(due('B')).toEqual([])
  expect(ids(due(null))).toEqual([second, changed])
})

test('a card that was re-issued in a new log keeps its maker, whichever of the two ops is known', () => {
  for (const isOldKnown of [true, false]) {
    const centre = newStore({ member: 'PUSAT', scope: 'centre', rootKey: testRoot.key, clock })
    const old = testLog('B')
    const next = testLog('B', old, Buffer.alloc(32, 9))
    giveMembers(centre, [old.member(), next.member()])
    const agency = newStore({ member: 'BPBD-1', scope: 'agency:BPBD', rootKey: testRoot.key, clock })
    giveMembers(agency, [old.member(), next.member()])
    const facts = {
      relay: 'r1',
      incident: 'i',
      label: 'l',
      at: 1,
      over: [],
      state: 'made',
      priority: 'P1',
      type: 't',
    } as const
    const signed = makeCard(site, old.key, 'BPBD', { ...facts, place: [], callback: null, text: '', since: 1 })
    const op = {
      kind: 'RelayMade',
      on: 'relay:r1',
      body: { agency: 'BPBD', channel: 'mqtt', card: signed.id },
      personal: { card: signed.card, sig: signed.sig },
      at: 5,
    }
    const made = old.write(op)
    const { id } = next.write({ ...op, salt: Buffer.from(made.salt ?? '', 'base64url'), was: made.hash })
    expect(id).toBe(made.hash)
    // The old log is known up to its opening, or with the op itself.
    transact(centre.db, () => receiveRun(centre, old.batch(1, isOldKnown ? 2 : 1)))
    transact(centre.db, () => receiveRun(centre, next.batch(1, 2)))
    const [card, ...more] = dueCards(centre.db, { agencies: ['BPBD'], maker: null, limit: 10 })
    expect(more).toEqual([])
    expect(card).toMatchObject({ id: signed.id, origin: old.key.origin })
    const told = { text: card?.card ?? '', sig: card?.sig ?? '', origin: card?.origin ?? '', told: null, again: false }
    expect(receiveCard(agency, 'BPBD', told)).toMatchObject({ isNew: true })
    expect(receiveCard(agency, 'BPBD', { ...told, origin: next.key.origin })).toBe('refused')
  }
})

test('a relay that was told by voice says when, whether with the relay or after it', () => {
  relay('r1', { channel: 'phone' })
  const toldWithIt = clock.now()
  relay('r2')
  clock.move(60_000)
  record(desk, { kind: 'RelayTold', on: 'relay:r2', body: { channel: 'phone' } })
  relay('r3')
  expect(due().map((card) => card.told)).toEqual([null, toldWithIt + 61_000, toldWithIt])
})

test('what the agency says to have is not sent; what it had and lost goes out again, unless nothing more comes of it', () => {
  const [one, two] = [relay('r1'), relay('r2')]
  markHeld(desk.db, 'BPBD', new Set([one, two]))
  expect(due()).toEqual([])
  step('r2', 'done')
  markHeld(desk.db, 'BPBD', new Set())
  expect(due()).toMatchObject([{ id: one, again: true }])
  markHeld(desk.db, 'BPBD', new Set([one]))
  expect(due()).toEqual([])
})

test('a finished relay is sent until its receipt is known', () => {
  const id = relay('r1')
  step('r1', 'done')
  expect(ids(due())).toEqual([id])
  record(desk, { kind: 'CardReceived', on: 'relay:r1', body: { card: id } })
  expect(due()).toEqual([])
})

test('an agency desk names what it holds, and stops naming what is finished or was cancelled a day ago', () => {
  const agency = newStore({ member: 'BPBD-1', scope: 'agency:BPBD', rootKey: testRoot.key, clock })
  const { origin, key } = desk.memory.key
  giveMembers(agency, [{ member: 'A', origin, key, scope: 'full' }, testLog('PUSAT').member('centre')])
  const take = (made: ReturnType<typeof cardOf>) =>
    transact(agency.db, () =>
      receiveCard(agency, 'BPBD', { text: made.card, sig: made.sig, origin, told: null, again: false }),
    )
  const [one, two] = [cardOf('r1'), cardOf('r2')]
  expect(take(one)).toMatchObject({ isNew: true })
  expect(take(one)).toMatchObject({ isNew: false })
  take(two)
  expect(heldRelays(agency)).toEqual({ r1: [one.id], r2: [two.id] })
  record(agency, { kind: 'RelayStepped', on: 'relay:r1', body: { step: 'done' } })
  const cancelled = cardOf('r2', 'cancelled', [two.id])
  take(cancelled)
  expect(heldRelays(agency)).toEqual({ r2: [cancelled.id] })
  clock.move(86_400_001)
  expect(heldRelays(agency)).toEqual({})
  expect(headsOf(agency.db, 'r2')).toEqual([cancelled.id])
})

test.each(['made', 'changed', 'cancelled'] as const)('a card that cites nothing hides no other one: %s', (state) => {
  const first = relay('r1')
  const other = relay('r1', { state })
  expect(headsOf(desk.db, 'r1')).toEqual([first, other].toSorted())
})

test('a step of another desk of the agency that came before the card counts as soon as the card is here', () => {
  const second = newStore({ member: 'BPBD-2', scope: 'agency:BPBD', rootKey: testRoot.key, clock })
  const first = testLog('BPBD-1')
  first.write({ kind: 'RelayStepped', on: 'relay:r1', body: { step: 'acknowledged' } })
  const { origin, key } = desk.memory.key
  giveMembers(second, [{ member: 'A', origin, key, scope: 'full' }, first.member('agency:BPBD')])
  const standings = () => second.db.prepare(`SELECT standing FROM op WHERE kind = 'RelayStepped'`).pluck().all()
  transact(second.db, () => receiveRun(second, first.batch(1, 2)))
  expect(standings()).toEqual(['parked'])
  const { card, sig } = cardOf('r1')
  const topic = topicsOf(site).card('BPBD', origin)
  const facts = { topic, by: origin, inc: 1, n: 1, at: clock.now(), content: { card, sig, origin } }
  const read = readTopic(site, topic)
  if (read === undefined) throw new Error('no topic')
  expect(receiveWord(second, makeWord(desk.memory.key, facts), topic, read).result).toBe('accepted')
  expect(standings()).toEqual(['applied'])
})

test('a card that came before the member list counts, and is told, as soon as the list is here', () => {
  const agency = newStore({ member: 'BPBD-1', scope: 'agency:BPBD', rootKey: testRoot.key, clock })
  const { card, sig, id } = cardOf('r1')
  const { origin, key } = desk.memory.key
  const topic = topicsOf(site).card('BPBD', origin)
  const content = { card, sig, origin }
  const word = makeWord(desk.memory.key, { topic, by: origin, inc: 1, n: 1, at: clock.now(), content })
  const read = readTopic(site, topic)
  if (read === undefined) throw new Error('no topic')
  expect(receiveWord(agency, word, topic, read)).toEqual({ result: 'refused' })
  const list = makeMembers(agency, [{ member: 'A', origin, key, scope: 'full' }])
  const { members } = topicsOf(site)
  expect(receiveWord(agency, list, members, { kind: 'members' })).toMatchObject({
    result: 'accepted',
    also: [{ result: 'accepted', card: { id, relay: 'r1', isNew: true } }],
  })
})
