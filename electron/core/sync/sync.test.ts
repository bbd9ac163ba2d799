import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#domain/id.ts'
import { stateHash } from '#db/apply/state-hash.ts'
import { headsOf } from '#db/log/cards.ts'
import { branchByRow, branchesOf } from '#db/log/log.ts'
import { prepared } from '#db/open.ts'
import { startBroker } from '../../trial/brokers.ts'
import { startMosquitto } from './test-mosquitto.ts'
import {
  closeSite,
  head,
  memberOf,
  newSite,
  opsOf,
  record,
  relayOp,
  replica,
  roles,
  site,
  start,
  stop,
  until,
} from './test-site.ts'
import type { Replica, Site } from './test-site.ts'
import { writeMemberList, adoptMemberList } from '../../centre/member-list.ts'

type Wire = {
  readonly url: string
  readonly password?: string
  readonly cut: () => Promise<void>
  readonly restore: () => Promise<void>
  readonly close: () => Promise<void>
}
const brokers: Record<string, () => Promise<Wire>> = {
  aedes: () => startBroker({ site, roleOf: (user) => roles.get(user) ?? null }),
  mosquitto: () => startMosquitto(),
}

let wire: Wire
let at: Site
const begin = (...ones: Replica[]) => {
  for (const one of ones) start(one, [wire.url], wire.password === undefined ? {} : { password: wire.password })
}
const confirmed = (one: Replica) => {
  const own = branchByRow(one.log.db, one.log.memory.ownLog)
  return own.confirmedSeq === own.headSeq
}
const isUp = (one: Replica) => one.sync?.facts().link === 'up'
const note = (incident: string, text: string) => ({
  kind: 'NoteAdded',
  on: `incident:${incident}`,
  body: {},
  personal: { text },
})
const opened = (incident: string, label = '241126-B001') => ({
  kind: 'IncidentOpened',
  on: `incident:${incident}`,
  body: { label, type: 'BCN-BJR', priority: 'P1' },
})
const opsWith = (one: Replica, kind: string) =>
  prepared<{ n: number }>(one.log.db, `SELECT count(*) AS n FROM op WHERE kind = ? AND standing = 'applied'`).get(kind)
    ?.n

describe.each(Object.keys(brokers))('on %s', (name) => {
  beforeEach(async () => {
    wire = await (brokers[name] as () => Promise<Wire>)()
    at = newSite()
  })
  afterEach(async () => {
    await closeSite(at.all)
    await wire.close()
  })

  test('two desks and the centre end with the same ops and the same state, all confirmed', async () => {
    begin(at.centre, at.a, at.b)
    const incident = newId()
    record(at.a, [opened(incident), note(incident, 'Air naik cepat')])
    record(at.b, [note(incident, 'Bu Sri di atap')])
    await until('both confirmed', () => confirmed(at.a) && confirmed(at.b))
    await until('all have all', () => JSON.stringify(opsOf(at.a)) === JSON.stringify(opsOf(at.centre)))
    await until('B too', () => JSON.stringify(opsOf(at.b)) === JSON.stringify(opsOf(at.a)))
    expect(opsWith(at.b, 'NoteAdded')).toBe(2)
    expect(stateHash(at.b.log.db)).toBe(stateHash(at.a.log.db))
    expect(stateHash(at.centre.log.db)).toBe(stateHash(at.a.log.db))
    expect(at.a.sync?.facts()).toMatchObject({
      link: 'up',
      waiting: 0,
      oldestAt: null,
      parked: 0,
      missing: 0,
      alarms: [],
    })
  })

  test('the network is away for a whole call and comes back', async () => {
    begin(at.centre, at.a, at.b)
    await until('up', () => isUp(at.a) && isUp(at.b) && confirmed(at.a))
    await wire.cut()
    await until('down', () => !isUp(at.a))
    const incident = newId()
    record(at.a, [opened(incident)])
    for (let n = 0; n < 50; n += 1) record(at.a, [note(incident, `catatan ${n}`)])
    expect(at.a.sync?.facts().waiting).toBe(51)
    expect(at.a.sync?.facts().oldestAt).not.toBeNull()
    await wire.restore()
    await until('confirmed after all', () => confirmed(at.a))
    await until('B heard it', () => opsWith(at.b, 'NoteAdded') === 50)
    await until('A heard B too', () => JSON.stringify(opsOf(at.b)) === JSON.stringify(opsOf(at.a)))
    expect(stateHash(at.b.log.db)).toBe(stateHash(at.a.log.db))
  })

  test('a relay reaches its agency once, and its receipt comes back', async () => {
    begin(at.centre, at.a, at.b, at.bpbd, at.pmi)
    await until('agency connected', () => at.a.sync?.facts().connected.includes('BPBD') === true)
    const [incident, relay] = [newId(), newId()]
    const { id, op } = relayOp(at.a, { relay, incident, agency: 'BPBD', state: 'made' })
    record(at.a, [opened(incident), op])
    await until('card there', () => at.bpbd.cards.length > 0)
    await until('receipt at A', () => opsWith(at.a, 'CardReceived') === 1)
    await until('receipt at B', () => opsWith(at.b, 'CardReceived') === 1)
    await until('delivered', () => prepared(at.a.log.db, 'SELECT is_held FROM card').pluck().get() === 1)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(at.bpbd.cards.filter((card) => card.isNew)).toEqual([{ id, relay, isNew: true }])
    expect(opsWith(at.a, 'CardReceived')).toBe(1)
    expect(headsOf(at.bpbd.log.db, relay)).toEqual([id])
    expect(at.pmi.cards).toEqual([])
    // An agency holds its own log and nothing else.
    expect(new Set(opsOf(at.bpbd).map((row) => (row as { origin: string }).origin))).toEqual(
      new Set([at.bpbd.log.memory.key.origin]),
    )
  })

  test('an agency that was off for an hour gets one card per relay, the newest, marked as told', async () => {
    begin(at.centre, at.a)
    await until('A up', () => isUp(at.a))
    const [incident, relay, other] = [newId(), newId(), newId()]
    const made = relayOp(at.a, { relay, incident, agency: 'BPBD', state: 'made' })
    record(at.a, [opened(incident), made.op])
    const changed = relayOp(at.a, {
      relay,
      incident,
      agency: 'BPBD',
      state: 'changed',
      over: [made.id],
      text: 'Perahu',
    })
    record(at.a, [changed.op])
    const second = relayOp(at.a, { relay: other, incident, agency: 'BPBD', state: 'made', text: 'Longsor' })
    record(at.a, [second.op])
    at.clock.move(60_000)
    record(at.a, [
      { kind: 'RelayTold', on: `relay:${relay}`, about: [`incident:${incident}`], body: { channel: 'phone' } },
    ])
    at.clock.move(3_540_000)
    begin(at.bpbd)
    await until('both cards', () => at.bpbd.cards.filter((card) => card.isNew).length === 2)
    await until('receipts', () => opsWith(at.a, 'CardReceived') === 2)
    expect(
      at.bpbd.cards
        .filter((card) => card.isNew)
        .map((card) => card.id)
        .toSorted(),
    ).toEqual([changed.id, second.id].toSorted())
    const told = (id: string) =>
      prepared(at.bpbd.log.db, 'SELECT told_at FROM card WHERE id = ?').pluck().get(Buffer.from(id, 'hex'))
    expect(told(changed.id)).toBeTypeOf('number')
    expect(told(second.id)).toBeNull()
  })

  test('core ends between commit and publishing: the card still goes out at the next start', async () => {
    begin(at.centre, at.bpbd)
    const [incident, relay] = [newId(), newId()]
    const { id, op } = relayOp(at.a, { relay, incident, agency: 'BPBD', state: 'made' })
    record(at.a, [opened(incident), op])
    const file = at.a.log.db.name
    const again = replica({ member: 'A', scope: 'full', rootKey: at.root.key, clock: at.clock, file })
    expect(head(again)).toBe(head(at.a))
    begin(again)
    await until('card', () => at.bpbd.cards.some((card) => card.id === id))
    await closeSite([again])
  })

  test('a desk dies after its batch reached the centre: the centre sends the card on', async () => {
    begin(at.centre, at.a)
    const [incident, relay] = [newId(), newId()]
    const { id, op } = relayOp(at.a, { relay, incident, agency: 'BPBD', state: 'made' })
    record(at.a, [opened(incident), op])
    await until('confirmed', () => confirmed(at.a) && head(at.a) === 3)
    await stop(at.a)
    begin(at.bpbd)
    await until('card from the centre', () => at.bpbd.cards.some((card) => card.id === id))
  })

  test('the centre is off: desks hear each other, and it catches up', async () => {
    begin(at.centre, at.a, at.b)
    await until(
      'members known',
      () => at.a.log.memory.list !== null && at.b.log.memory.list !== null && confirmed(at.a),
    )
    await stop(at.centre)
    const incident = newId()
    record(at.a, [opened(incident), note(incident, 'Tanpa pusat')])
    await until('B hears A', () => opsWith(at.b, 'NoteAdded') === 1)
    await until('sent but not confirmed is shown', () => at.a.sync?.facts().isUnconfirmed === true)
    expect(confirmed(at.a)).toBe(false)
    begin(at.centre)
    await until('confirmed', () => confirmed(at.a))
    await until('the same ops', () => JSON.stringify(opsOf(at.centre)) === JSON.stringify(opsOf(at.a)))
    expect(stateHash(at.centre.log.db)).toBe(stateHash(at.a.log.db))
  })

  test('a desk that missed a log while the centre is silent gets it from another desk', async () => {
    begin(at.centre, at.a, at.b)
    await until('members known', () => at.b.log.memory.list !== null && at.a.log.memory.list !== null)
    await stop(at.b)
    const incident = newId()
    record(at.a, [opened(incident), note(incident, 'Saat B mati')])
    await until('confirmed', () => confirmed(at.a))
    await stop(at.a)
    await stop(at.centre)
    at.clock.move(120_000)
    begin(at.b, at.a)
    await until('B has it', () => opsWith(at.b, 'NoteAdded') === 1)
  })

  test('a log that no list knows is held, and counts as soon as a list knows it', async () => {
    const c = replica({ member: 'C', scope: 'full', rootKey: at.root.key, clock: at.clock })
    begin(at.centre, at.a, c)
    const incident = newId()
    record(c, [opened(incident), note(incident, 'Dari meja baru')])
    await until('held', () => branchesOf(at.a.log.db, c.log.memory.key.origin)[0]?.isHeld === true)
    expect(opsWith(at.a, 'NoteAdded')).toBe(0)
    const { list } = at.centre.log.memory
    const members = [...(list?.members.values() ?? []), memberOf(c)]
    await stop(at.centre)
    adoptMemberList(at.centre.log, writeMemberList({ site, root: at.root, last: list, members, at: at.clock.now() }))
    begin(at.centre)
    await until('applied', () => opsWith(at.a, 'NoteAdded') === 1)
    await until('confirmed', () => confirmed(c))
    await closeSite([c])
  })
})
