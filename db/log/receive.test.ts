import { describe, expect, test } from 'vitest'
import { cardId } from '#log/hash.ts'
import { makeCard } from '#log/card.ts'
import { prepared } from '../open.ts'
import { retryParked } from './admit.ts'
import { branchesOf, personalUpTo } from './log.ts'
import type { Log } from './log.ts'
import { readBatchFrom } from './read-batches.ts'
import { standingOf } from './standing.ts'
import { newStore, tally, tallyOf, testKinds } from './test-store.ts'
import { giveMembers, site, testLog, testRoot } from './test-writer.ts'
import { incident, note, outcomes, reasons, receiver, take, without } from './test-receiver.ts'

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
