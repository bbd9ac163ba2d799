import { describe, expect, test } from 'vitest'
import { isFault } from '#domain/fault.ts'
import { maxRunBytes, maxRunOps, writeBatch } from '#log/batch.ts'
import { transact } from '../open.ts'
import { appendOwn } from './append.ts'
import type { OwnOp } from './append.ts'
import { branchByRow } from './log.ts'
import type { Log } from './log.ts'
import { openLog } from './open-log.ts'
import { readBatchFrom } from './read-batches.ts'
import { opsOn } from './stored-op.ts'
import type { StoredOp } from './stored-op.ts'
import { newStore, tally, testClock, testKinds } from './test-store.ts'
import { verifyDatabase } from './verify.ts'

const on = 'incident:0193a1f0-7c00-7000-8000-000000000001'
const note = (text: string): OwnOp => ({
  kind: 'NoteAdded',
  on,
  body: {},
  personal: { text },
  by: 'siti',
  session: 's',
})

function append(log: Log, ops: readonly OwnOp[]): StoredOp[] {
  const stored = transact(log.db, () => appendOwn(log, ops))
  if (isFault(stored)) throw new Error(stored.fault)
  return stored
}
const sealed = (log: Log): number[] =>
  log.db.prepare('SELECT seq FROM op WHERE seal IS NOT NULL ORDER BY seq').pluck().all() as number[]

describe('the own log', () => {
  test('opens with its key, and every start counts up the incarnation of its words', () => {
    const clock = testClock()
    const log = newStore({ member: 'B', clock })
    expect(opsOn(log.db, `log:${log.memory.key.origin}`)).toMatchObject([
      { seq: 1, kind: 'LogOpened', by: 'system', body: { format: 1, key: log.memory.key.key } },
    ])
    const facts = { site: 'uji', member: 'B', clock, understanding: tally(log.db, testKinds) }
    const again = openLog(log.db, facts)
    expect(again.memory.key.origin).toBe(log.memory.key.origin)
    expect([log.memory.inc, again.memory.inc]).toEqual([1, 2])
    expect(branchByRow(log.db, again.memory.ownLog).headSeq).toBe(1)
    // A database that was set up for another desk never writes in that desk's name.
    const other = openLog(log.db, { ...facts, member: 'C' })
    expect(other.memory.key.origin).toMatch(/^C\./)
  })

  test('gives ops as they are stored, with the personal part beside the chain', () => {
    const log = newStore({ member: 'B' })
    const [stored] = append(log, [note('Bu Sri di atap')])
    expect(stored).toMatchObject({ seq: 2, part: 'kept', personal: { text: 'Bu Sri di atap' }, id: stored?.hash })
    expect(opsOn(log.db, on)).toEqual([stored])
    const bytes = log.db.prepare('SELECT bytes FROM op WHERE seq = 2').pluck().get() as Buffer
    expect(bytes.toString('utf8')).not.toContain('Sri')
    const salts = append(log, [note('sama'), note('sama')]).map((op) => op.personalHash)
    expect(new Set(salts).size).toBe(2)
  })

  test('is sealed at the end of every commit and before a run passes 64 ops', () => {
    const log = newStore({ member: 'B' })
    append(log, [note('satu'), note('dua')])
    append(
      log,
      Array.from({ length: 150 }, (_, n) => note(`catatan ${n}`)),
    )
    expect(sealed(log)).toEqual([1, 3, 3 + maxRunOps, 3 + 2 * maxRunOps, 153])
    expect(verifyDatabase(log.db).findings).toEqual([])
  })

  test('is sealed before a run passes 60 KiB of batch JSON', () => {
    const log = newStore({ member: 'B' })
    append(
      log,
      Array.from({ length: 20 }, (_, n) => note(`${n} "\\${'panjang '.repeat(900)}`)),
    )
    const ends = sealed(log)
    const own = branchByRow(log.db, log.memory.ownLog)
    for (const [place, from] of ends.slice(0, -1).entries()) {
      const batch = readBatchFrom(log.db, own, from + 1)
      const last = (ends[place + 1] ?? 0) - from
      const run = batch && writeBatch({ ...batch, ops: batch.ops.slice(0, last) })
      expect(Buffer.byteLength(run ?? '')).toBeLessThanOrEqual(maxRunBytes + 512)
    }
    expect(ends.length).toBeGreaterThan(3)
  })

  test('refuses an op that is too large with its part, and then nothing of the command is there', () => {
    const log = newStore({ member: 'B' })
    const refused = transact(log.db, () => appendOwn(log, [note('kecil'), note('x'.repeat(17_000))]))
    expect(refused).toMatchObject({ fault: 'too_large', detail: 'NoteAdded' })
    expect(branchByRow(log.db, log.memory.ownLog).headSeq).toBe(1)
    expect(append(log, [note('x'.repeat(15_000))])).toHaveLength(1)
  })

  test('never goes back in order when the clock does, not even over a restart', () => {
    const clock = testClock()
    const log = newStore({ member: 'B', clock })
    const ats = append(log, [note('satu'), note('dua')]).map((op) => op.at)
    clock.move(-7_200_000)
    ats.push(...append(log, [note('tiga')]).map((op) => op.at))
    const again = openLog(log.db, { site: 'uji', member: 'B', clock, understanding: tally(log.db, testKinds) })
    const [last] = append(again, [note('empat')])
    ats.push(last?.at ?? '')
    expect(ats).toEqual(ats.toSorted())
    expect(new Set(ats).size).toBe(4)
    expect(last?.wall).toBe(clock.now())
  })

  test('leaves no trace of a transaction that is rolled back', () => {
    const log = newStore({ member: 'B' })
    expect(() =>
      transact(log.db, () => {
        appendOwn(log, [note('tidak jadi')])
        throw new Error('refused by a rule')
      }),
    ).toThrow('refused by a rule')
    append(log, [note('jadi')])
    expect(opsOn(log.db, on).map((op) => op.personal?.text)).toEqual(['jadi'])
    expect(verifyDatabase(log.db).findings).toEqual([])
  })
})
