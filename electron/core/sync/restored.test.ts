import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '#domain/id.ts'
import { stateHash } from '#db/apply/state-hash.ts'
import type { Member } from '#log/member.ts'
import { branchByRow, branchesOf } from '#db/log/log.ts'
import { prepared } from '#db/open.ts'
import { startBroker, type TrialBroker } from '../../trial/brokers.ts'
import { adoptMemberList, writeMemberList } from '../../centre/member-list.ts'
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

let wire: TrialBroker
let at: Site
const ends: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  at = newSite()
  wire = await startBroker({ site, roleOf: (user) => roles.get(user) ?? null })
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  await closeSite(at.all)
  await wire.close()
})

const begin = (...ones: Replica[]) => {
  for (const one of ones) start(one, [wire.url])
}
const own = (one: Replica) => branchByRow(one.log.db, one.log.memory.ownLog)
const confirmed = (one: Replica) => own(one).confirmedSeq === own(one).headSeq
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
const notes = (one: Replica) =>
  prepared<{ n: number }>(
    one.log.db,
    `SELECT count(*) AS n FROM op WHERE kind = 'NoteAdded' AND standing = 'applied'`,
  ).get()?.n

/** A copy of a replica's database as it is now. */
function copyOf(one: Replica): string {
  const file = `${one.log.db.name}.copy`
  prepared(one.log.db, 'VACUUM INTO ?').run(file)
  return file
}

test('a centre that was put back to an older state asks for what it lost, and desks send it again', async () => {
  begin(at.centre, at.a, at.b)
  const incident = newId()
  record(at.a, [opened(incident)])
  await until('confirmed', () => confirmed(at.a) && confirmed(at.b) && head(at.a) === 2)
  const old = copyOf(at.centre)
  for (let n = 0; n < 10; n += 1) record(n % 2 ? at.a : at.b, [note(incident, `catatan ${n}`)])
  await until('confirmed too', () => confirmed(at.a) && confirmed(at.b))
  await stop(at.centre)

  const back = replica({ member: 'PUSAT', scope: 'centre', rootKey: at.root.key, clock: at.clock, file: old })
  ends.push(() => closeSite([back]))
  begin(back)
  record(at.a, [note(incident, 'sesudah pusat pulih')])
  await until('the centre has everything', () => JSON.stringify(opsOf(back)) === JSON.stringify(opsOf(at.a)))
  await until('all confirmed by the restored centre', () => confirmed(at.a) && confirmed(at.b))
  expect(stateHash(back.log.db)).toBe(stateHash(at.a.log.db))
  // Its words count although their numbers had been used before.
  expect(back.log.memory.inc).toBeGreaterThan(at.centre.log.memory.inc)
})

test('a centre with an empty database is filled by the desks', async () => {
  begin(at.centre, at.a, at.b)
  const incident = newId()
  record(at.a, [opened(incident), note(incident, 'sebelum pusat hilang')])
  await until('confirmed', () => confirmed(at.a) && head(at.a) === 3)
  const { list } = at.centre.log.memory
  await stop(at.centre)
  const fresh = replica({ member: 'PUSAT', scope: 'centre', rootKey: at.root.key, clock: at.clock })
  ends.push(() => closeSite([fresh]))
  const members = [...(list?.members.values() ?? []), memberOf(fresh)]
  adoptMemberList(fresh.log, writeMemberList({ site, root: at.root, last: list, members, at: at.clock.now() }))
  begin(fresh)
  await until('confirmed by the new one', () => opsOf(fresh).length >= opsOf(at.a).length && confirmed(at.a))
  await until('the same everywhere', () => JSON.stringify(opsOf(fresh)) === JSON.stringify(opsOf(at.b)))
})

test('a desk measures its clock against the centre and says so in every op', async () => {
  const skewed = { now: () => at.clock.now() + 300_000 }
  const c = replica({ member: 'C', scope: 'full', rootKey: at.root.key, clock: skewed })
  ends.push(() => closeSite([c]))
  const { list } = at.centre.log.memory
  const members = [...(list?.members.values() ?? []), memberOf(c)]
  adoptMemberList(at.centre.log, writeMemberList({ site, root: at.root, last: list, members, at: at.clock.now() }))
  begin(at.centre, c)
  const incident = newId()
  const [first] = record(c, [opened(incident)])
  expect(first?.offset).toBeNull()
  await until('measured', () => {
    if (c.log.memory.offset === null && confirmed(c)) record(c, [note(incident, 'lagi')])
    return c.log.memory.offset !== null
  })
  const [after] = record(c, [note(incident, 'dengan selisih')])
  expect(Math.abs((after?.offset ?? 0) - 300_000)).toBeLessThan(60_000)
  expect(Math.abs((after?.wall ?? 0) - (after?.offset ?? 0) - at.clock.now())).toBeLessThan(60_000)
  await stop(c)
  const again = replica({ member: 'C', scope: 'full', rootKey: at.root.key, clock: skewed, file: c.log.db.name })
  ends.push(() => closeSite([again]))
  expect(again.log.memory.offset).toBe(c.log.memory.offset)
})

test('a desk whose log the list has ended goes on in a new one, which is held until the list knows it', async () => {
  begin(at.centre, at.a, at.b)
  const incident = newId()
  record(at.a, [opened(incident)])
  await until('confirmed', () => confirmed(at.a) && confirmed(at.b) && head(at.a) === 2)
  const before = at.a.log.memory.key.origin
  const publish = async (change: (members: Member[]) => Member[]) => {
    const { list } = at.centre.log.memory
    await stop(at.centre)
    const members = change([...(list?.members.values() ?? [])])
    adoptMemberList(at.centre.log, writeMemberList({ site, root: at.root, last: list, members, at: at.clock.now() }))
    begin(at.centre)
  }
  const end = [own(at.a).headSeq, own(at.a).headHash] as const
  await publish((members) => members.map((one) => (one.origin === before ? { ...one, until: end } : one)))
  await until('a new log', () => at.a.log.memory.key.origin !== before)
  record(at.a, [note(incident, 'di riwayat baru')])
  const fresh = at.a.log.memory.key.origin
  await until('B holds it', () => branchesOf(at.b.log.db, fresh)[0]?.isHeld === true)
  await publish((members) => [...members, memberOf(at.a)])
  await until('B counts it', () => branchesOf(at.b.log.db, fresh)[0]?.isHeld === false)
  await until('confirmed', () => confirmed(at.a))
  expect(stateHash(at.b.log.db)).toBe(stateHash(at.a.log.db))
})

test('a desk that was put back to an older state notices, goes on in a new epoch, and loses nothing', async () => {
  begin(at.centre, at.a, at.b)
  const incident = newId()
  record(at.a, [opened(incident)])
  await until('confirmed', () => confirmed(at.a) && head(at.a) === 2)
  await stop(at.a)
  at.a.log.db.pragma('wal_checkpoint(TRUNCATE)')
  const old = `${at.a.log.db.name}.old`
  prepared(at.a.log.db, 'VACUUM INTO ?').run(old)
  begin(at.a)
  record(at.a, [note(incident, 'sesudah salinan')])
  await until('confirmed', () => confirmed(at.a) && notes(at.b) === 1)
  await stop(at.a)

  const back = replica({ member: 'A', scope: 'full', rootKey: at.root.key, clock: at.clock, file: old })
  ends.push(() => closeSite([back]))
  const before = back.log.memory.key.origin
  expect(head(back)).toBe(2)
  begin(back)
  record(back, [note(incident, 'saat mundur')])
  await until('a new epoch', () => back.log.memory.key.origin !== before)
  await until(
    'the old end is back',
    () => branchesOf(back.log.db, before)[0]?.headSeq === 3 || branchesOf(back.log.db, before).length === 2,
  )
  await until('B has both notes', () => notes(at.b) === 2)
  await until('the same everywhere', () => isSame(back, at.b) && isSame(back, at.centre))
  expect(stateHash(back.log.db)).toBe(stateHash(at.b.log.db))
  expect(back.sync?.facts().alarms.length).toBeGreaterThan(0)
})

test('a relay that the agency lost with its database is sent again, not as new', async () => {
  begin(at.centre, at.a, at.bpbd)
  await until('connected', () => at.a.sync?.facts().connected.includes('BPBD') === true)
  const [incident, relay] = [newId(), newId()]
  const { id, op } = relayOp(at.a, { relay, incident, agency: 'BPBD', state: 'made' })
  record(at.a, [opened(incident), op])
  await until('held', () => prepared(at.a.log.db, 'SELECT is_held FROM card').pluck().get() === 1)
  await stop(at.bpbd)
  at.bpbd.log.db.exec('DELETE FROM card_over; DELETE FROM card; DELETE FROM word')
  begin(at.bpbd)
  await until('again', () => prepared(at.bpbd.log.db, 'SELECT is_again FROM card').pluck().get() === 1)
  expect(prepared(at.bpbd.log.db, 'SELECT lower(hex(id)) FROM card').pluck().all()).toEqual([id])
})
