import { describe, expect, test } from 'vitest'
import { prepared } from '../open.ts'
import { branchesOf } from './log.ts'
import type { Log } from './log.ts'
import { openEpoch } from './open-log.ts'
import { readBatchFrom } from './read-batches.ts'
import { newStore, tallyOf } from './test-store.ts'
import { giveMembers, testLog, testRoot } from './test-writer.ts'
import { incident, note, outcomes, receiver, take } from './test-receiver.ts'

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
