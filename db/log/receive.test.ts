import { describe, expect, test } from 'vitest'
import { cardId } from '#log/hash.ts'
import { makeCard } from '#log/card.ts'
import type { Batch } from '#log/batch.ts'
import { prepared, transact } from '../open.ts'
import { retryParked } from './admit.ts'
import { branchesOf, personalUpTo } from './log.ts'
import type { Log } from './log.ts'
import { openEpoch } from './open-log.ts'
import { readBatchFrom } from './read-batches.ts'
import { receiveRun } from './receive.ts'
import { standingOf } from './standing.ts'
import { newStore, tally, tallyOf, testKinds } from './test-store.ts'
import { giveMembers, site, testLog, testRoot } from './test-writer.ts'
import type { TestLog } from './test-writer.ts'

const incident = 'incident:0193a1f0-7c00-7000-8000-000000000001'
const note = (text: string, more: object = {}) => ({ kind: 'NoteAdded', on: incident, personal: { text }, ...more })

function receiver(...known: TestLog[]): Log {
  const log = newStore({ member: 'Z', rootKey: testRoot.key })
  giveMembers(
    log,
    known.map((one) => one.member()),
  )
  return log
}
const take = (log: Log, batch: Batch) => transact(log.db, () => receiveRun(log, batch))
const outcomes = (log: Log, batch: Batch) => {
  const result = take(log, batch)
  return 'ops' in result ? result.ops.map((op) => op.op) : result.result
}
const reasons = (log: Log) =>
  prepared(log.db, `SELECT reason FROM op WHERE standing = 'parked' ORDER BY op`).pluck().all()
const without = (batch: Batch): Batch => ({
  ...batch,
  ops: batch.ops.map((op) => ({ ...op, personal: null, salt: null })),
})

describe('personal parts', () => {
  test('one that comes late is kept, and the aggregate is made again with it', () => {
    const a = testLog('A')
    a.write(note('Bu Sri di atap'))
    const [whole, late] = [receiver(a), receiver(a)]
    take(whole, a.batch(1, 2))
    take(late, without(a.batch(1, 2)))
    const [branch] = branchesOf(late.db, a.key.origin)
    expect(branch && personalUpTo(late.db, branch)).toBe(1)
    expect(tallyOf(late.db, incident)).not.toEqual(tallyOf(whole.db, incident))
    take(late, a.batch(1, 2))
    expect(branch && personalUpTo(late.db, branch)).toBe(2)
    expect(tallyOf(late.db, incident)).toEqual(tallyOf(whole.db, incident))
  })

  test('state from an erased log equals state erased afterwards, and a late copy is refused for ever', () => {
    const [a, centre] = [testLog('A'), testLog('PUSAT')]
    const { id } = a.write(note('Bu Sri di atap'))
    centre.write({ kind: 'PersonalErased', on: 'erasure:1', body: { ids: [id], rule: 'permintaan' } })
    const list = [a.member(), centre.member('centre')]
    const [before, after] = [
      newStore({ member: 'Y', rootKey: testRoot.key }),
      newStore({ member: 'Z', rootKey: testRoot.key }),
    ]
    for (const log of [before, after]) giveMembers(log, list)
    take(before, centre.batch(1, 2))
    take(before, a.batch(1, 2))
    take(after, a.batch(1, 2))
    take(after, centre.batch(1, 2))
    expect(tallyOf(after.db, incident)).toEqual(tallyOf(before.db, incident))
    expect(tallyOf(after.db, incident)).toMatchObject([{ text: expect.stringContaining('erased') }])
    for (const log of [before, after]) {
      take(log, a.batch(1, 2))
      expect(prepared(log.db, 'SELECT personal FROM op WHERE personal IS NOT NULL').all()).toEqual([])
      const [branch] = branchesOf(log.db, a.key.origin)
      const given = branch && readBatchFrom(log.db, branch, 1)
      expect(given?.ops[1]).toMatchObject({ personal: null, salt: null, erasedBy: centre.ops[1]?.hash })
    }
  })
})

describe('parked ops', () => {
  test('what apply does not know or throws on waits, what is behind it goes on, and an update makes up for it', () => {
    const a = testLog('A')
    a.write({ kind: 'DroneSent', on: incident })
    a.write(note('meledak', { body: { boom: true } }))
    a.write(note('sesudahnya'))
    const log = receiver(a)
    expect(outcomes(log, a.batch(1, 4))).toEqual(['applied', 'parked', 'parked', 'applied'])
    expect(reasons(log)).toEqual(['unknown_kind', 'apply_failed'])
    const updated = { ...log, understanding: tally(log.db, [...testKinds, 'DroneSent']) }
    expect(retryParked(updated, (origin) => standingOf(updated, origin))).toBe(1)
    expect(reasons(log)).toEqual(['apply_failed'])
    expect(JSON.stringify(tallyOf(log.db))).toContain('DroneSent')
  })

  test('a step of an agency waits for its relay, and one on a relay of another agency never counts', () => {
    const [a, bpbd] = [testLog('A'), testLog('BPBD-1')]
    const relay = (name: string, agency: string) => {
      const made = {
        relay: name,
        incident: 'i',
        label: 'l',
        at: 1,
        over: [],
        state: 'made',
        priority: 'P1',
        type: 't',
        place: [],
        callback: null,
        text: '',
        since: 1,
      } as const
      const { card, sig } = makeCard(site, a.key, agency, made)
      return {
        kind: 'RelayMade',
        on: `relay:${name}`,
        body: { agency, channel: 'mqtt', card: cardId(card) },
        personal: { card, sig },
      }
    }
    bpbd.write({ kind: 'RelayStepped', on: 'relay:r1', body: { step: 'acknowledged' } })
    bpbd.write({ kind: 'RelayStepped', on: 'relay:r2', body: { step: 'acknowledged' } })
    a.write(relay('r1', 'BPBD'))
    a.write(relay('r2', 'PMI'))
    const list = [a.member(), bpbd.member('agency:BPBD')]
    const stores = [0, 1].map((n) => newStore({ member: `Y${n}`, rootKey: testRoot.key }))
    for (const log of stores) giveMembers(log, list)
    const [stepFirst, relayFirst] = stores as [Log, Log]
    expect(outcomes(stepFirst, bpbd.batch(1, 3))).toEqual(['applied', 'parked', 'parked'])
    expect(reasons(stepFirst)).toEqual(['relay_unknown', 'relay_unknown'])
    take(stepFirst, a.batch(1, 3))
    take(relayFirst, a.batch(1, 3))
    take(relayFirst, bpbd.batch(1, 3))
    for (const log of stores) expect(reasons(log)).toEqual(['not_entitled'])
  })

  test('an op of more than 16 KiB is parked for good and never tried again', () => {
    const a = testLog('A')
    a.write({ kind: 'NoteAdded', on: incident, body: { fill: 'x'.repeat(17_000) } })
    const log = receiver(a)
    expect(outcomes(log, a.batch(1, 2))).toEqual(['applied', 'parked for good'])
    expect(retryParked(log, (origin) => standingOf(log, origin))).toBe(0)
  })
})

describe('re-issued ops', () => {
  const setting = () => {
    const old = testLog('A')
    const lost = old.write(note('Perahu karet diminta'))
    const fresh = testLog('A', old.fork(1))
    const original = JSON.parse(lost.op) as { at: string }
    fresh.write(note('Perahu karet diminta', { was: lost.hash, at: Number(original.at.slice(0, 15)) }))
    return { old, fresh, lost }
  }

  test('count once, whichever copy comes first', () => {
    const { old, fresh, lost } = setting()
    const stores = [receiver(old), receiver(old)]
    const [first, second] = stores as [Log, Log]
    take(first, old.batch(1, 2))
    take(first, fresh.batch(1, 2))
    take(second, old.batch(1, 1))
    take(second, fresh.batch(1, 2))
    take(second, old.batch(2, 2))
    const rows = (log: Log) => tallyOf(log.db, incident)
    for (const log of stores) {
      expect(rows(log)).toHaveLength(1)
      expect(rows(log)).toMatchObject([{ id: lost.hash }])
      const standing = prepared(
        log.db,
        'SELECT standing, hex(hash) AS hash FROM op WHERE aggregate = ? ORDER BY hash',
      ).all(incident)
      expect(standing).toEqual(
        prepared(first.db, 'SELECT standing, hex(hash) AS hash FROM op WHERE aggregate = ? ORDER BY hash').all(
          incident,
        ),
      )
    }
  })

  test('of another member count nowhere, also when they came before what they copy', () => {
    const [a, b] = [testLog('A'), testLog('B')]
    const { hash } = a.write(note('milik A'))
    b.write(note('milik A', { was: hash }))
    const stores = [receiver(a, b), receiver(a, b)]
    const [first, second] = stores as [Log, Log]
    take(first, a.batch(1, 2))
    take(first, b.batch(1, 2))
    take(second, b.batch(1, 2))
    take(second, a.batch(1, 2))
    for (const log of stores) expect(reasons(log)).toEqual(['was_of_other'])
    expect(tallyOf(second.db, incident)).toEqual(tallyOf(first.db, incident))
  })
})

describe('forks and epochs', () => {
  test('both branches are kept, applied and given on, from whichever side they are heard', () => {
    const a = testLog('A')
    a.write(note('bersama'))
    const other = a.fork(2)
    a.write(note('cabang satu'))
    a.write(note('cabang satu lagi'))
    other.write(note('cabang dua'))
    const log = receiver(a)
    take(log, a.batch(1, 4))
    expect(take(log, other.batch(1, 3))).toMatchObject({ result: 'fork', added: 1 })
    expect(prepared(log.db, 'SELECT kind, origin FROM log_alarm').all()).toEqual([
      { kind: 'fork', origin: a.key.origin },
    ])
    const next = receiver(a)
    const branches = branchesOf(log.db, a.key.origin)
    expect(branches.map((branch) => [branch.fromSeq, branch.headSeq, branch.isClosed])).toEqual([
      [1, 4, true],
      [3, 3, true],
    ])
    for (const branch of branches.toReversed()) {
      const batch = readBatchFrom(log.db, branch, branch.fromSeq)
      if (batch === undefined) throw new Error('nothing to give')
      const result = take(next, batch)
      // The second branch leaves at op 3: it is asked for again until op 2 is here.
      if (branch.branch === 1) expect(result).toMatchObject({ result: 'gap', gap: { from: 1 } })
    }
    const second = readBatchFrom(log.db, branches[1]!, 3)
    expect(take(next, second!)).toMatchObject({ result: 'fork' })
    const rows = (of: Log) => tallyOf(of.db, incident)
    expect(rows(next)).toEqual(rows(log))
    expect(rows(log)).toHaveLength(4)
  })

  test('ending a log sets aside as a whole what it vouched for, unless that is listed itself', () => {
    const old = testLog('A')
    const fresh = testLog('A', old)
    fresh.write(note('zaman baru'))
    const log = receiver(old)
    take(log, old.batch(1, 1))
    expect(take(log, fresh.batch(1, 2)).result).toBe('stored')
    const count = () => tallyOf(log.db, incident).length
    expect(count()).toBe(1)
    const ended = old.member('full', [1, old.ops[0]?.hash ?? ''])
    giveMembers(log, [ended])
    expect(count()).toBe(0)
    expect(branchesOf(log.db, fresh.key.origin)[0]?.isHeld).toBe(true)
    giveMembers(log, [ended, fresh.member()])
    expect(count()).toBe(1)
  })

  test('what lies beyond the end of a log is dropped with its effect, and stays dropped', () => {
    const a = testLog('A')
    a.write(note('sebelum akhir'))
    a.write(note('sesudah akhir'))
    const log = receiver(a)
    take(log, a.batch(1, 3))
    giveMembers(log, [a.member('full', [2, a.ops[1]?.hash ?? ''])])
    expect(branchesOf(log.db, a.key.origin)[0]).toMatchObject({ headSeq: 2, headHash: a.ops[1]?.hash })
    expect(JSON.stringify(tallyOf(log.db))).not.toContain('sesudah akhir')
    expect(outcomes(log, a.batch(1, 3))).toEqual(['known', 'known', 'dropped'])
    // A replica that hears of it later accepts it from us, although no seal stands there.
    const next = receiver(a)
    giveMembers(next, [a.member('full', [2, a.ops[1]?.hash ?? ''])])
    const [branch] = branchesOf(log.db, a.key.origin)
    expect(take(next, readBatchFrom(log.db, branch!, 1)!)).toMatchObject({ result: 'stored', added: 2 })
  })

  test('a new epoch is vouched for and accepted at once by whoever knows the old one', () => {
    const desk = newStore({ member: 'A' })
    const old = desk.memory.key.origin
    openEpoch(desk)
    expect(desk.memory.key.origin).not.toBe(old)
    const log = newStore({ member: 'Z', rootKey: testRoot.key })
    const [oldLog] = branchesOf(desk.db, old)
    const [newLog] = branchesOf(desk.db, desk.memory.key.origin)
    giveMembers(log, [{ member: 'A', origin: old, key: oldLog!.key, scope: 'full' }])
    expect(take(log, readBatchFrom(desk.db, newLog!, 1)!)).toMatchObject({ result: 'stored' })
  })
})

test('a log of nobody is held up to a limit, then refused', () => {
  const c = testLog('C')
  c.write(note('x'.repeat(15_000)))
  const log = receiver(testLog('A'))
  expect(take(log, c.batch(1, 2)).result).toBe('held')
  expect(tallyOf(log.db)).toHaveLength(1)
  // As if very much were held already: one blob that counts as 64 MiB.
  prepared(log.db, `UPDATE op SET personal = zeroblob(67108864) WHERE standing = 'held' AND seq = 2`).run()
  log.memory.heldBytes = null
  c.write(note('satu lagi'))
  const tooMuch = { result: 'refused', reason: expect.stringContaining('too much') }
  expect(take(log, c.batch(3, 3))).toEqual(tooMuch)
  expect(log.memory.heldRefused).toBe(1)
  const d = testLog('D')
  expect(take(log, d.batch(1, 1))).toEqual(tooMuch)
  expect(branchesOf(log.db, d.key.origin)).toEqual([])
  // What is said on the screen is said until a list lets somebody in.
  expect(log.memory.heldRefused).toBe(2)
  prepared(log.db, `UPDATE op SET personal = NULL WHERE length(personal) > 1000000`).run()
  giveMembers(log, [testLog('A').member(), c.member()])
  expect(log.memory.heldRefused).toBe(0)
})

test('a newer program makes up at its start for what an older one set aside', () => {
  const a = testLog('A')
  a.write({ kind: 'DroneSent', on: incident })
  const log = receiver(a)
  expect(outcomes(log, a.batch(1, 2))).toEqual(['applied', 'parked'])
  const facts = { member: 'Z', rootKey: testRoot.key, db: log.db }
  newStore(facts)
  expect(tallyOf(log.db, incident)).toEqual([])
  newStore({ ...facts, kinds: [...testKinds, 'DroneSent'] })
  expect(tallyOf(log.db, incident)).toMatchObject([{ id: a.ops[1]?.hash }])
})
