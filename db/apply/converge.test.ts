import fc from 'fast-check'
import { expect, test } from 'vitest'
import { opKinds } from '#domain/op.ts'
import type { Db } from '../open.ts'
import type { AppliedOp } from './fact.ts'
import { rebuild, rebuildAll } from './rebuild.ts'
import { changes, opsOf, type Step } from './sample-history.ts'
import { applySamples, sampleDatabase } from './samples.ts'
import { stateHash } from './state-hash.ts'
import { stateTables } from './state-tables.ts'

const step: fc.Arbitrary<Step> = fc.record({
  change: fc.nat(changes.length - 1),
  what: fc.nat(11),
  n: fc.nat(3),
  m: fc.nat(2),
  cites: fc.array(fc.nat(20), { maxLength: 3 }),
  origin: fc.constantFrom('A.one', 'B.two', 'BPBD-1.three'),
  ms: fc.nat(30),
  isStray: fc.nat(7).map((roll) => roll === 0),
  isPersonalMissing: fc.nat(7).map((roll) => roll === 0),
})

function emptied(db: Db): Db {
  for (const table of stateTables) db.prepare(`DELETE FROM ${table}`).run()
  return db
}

const inOrder = (ops: readonly AppliedOp[]) => ops.toSorted((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1))
const opsOn = (ops: readonly AppliedOp[]) => (_db: Db, aggregate: string) =>
  inOrder(ops.filter((op) => op.on === aggregate))
const aggregatesOf = (ops: readonly AppliedOp[]) => [...new Set(ops.map((op) => op.on))].sort()

const db = sampleDatabase()

test('the state is a function of the set of ops: any order, any cut into transactions, anything doubled', () => {
  const shuffled = fc.array(step, { minLength: 1, maxLength: 40 }).chain((steps) => {
    const ops = opsOf(steps)
    const doubled = [...ops, ...ops]
    return fc.record({
      ops: fc.constant(ops),
      order: fc.shuffledSubarray(doubled, { minLength: doubled.length }),
      cut: fc.integer({ min: 1, max: 20 }),
    })
  })
  fc.assert(
    fc.property(shuffled, ({ ops, order, cut }) => {
      expect(applySamples(emptied(db), inOrder(ops))).toEqual([])
      const expected = stateHash(db)
      emptied(db)
      for (let from = 0; from < order.length; from += cut) applySamples(db, order.slice(from, from + cut))
      expect(stateHash(db)).toBe(expected)
      expect(rebuildAll(db, aggregatesOf(ops), opsOn(ops))).toEqual([])
      expect(stateHash(db)).toBe(expected)
      for (const aggregate of aggregatesOf(ops)) rebuild(db, aggregate, opsOn(ops))
      expect(stateHash(db)).toBe(expected)
    }),
    { numRuns: 150 },
  )
})

test('a personal part that comes late, or goes, gives the state that its ops would have given at once', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), fc.nat(29), (steps, n) => {
      const whole = opsOf(steps.map((entry) => ({ ...entry, isPersonalMissing: false })))
      const without = whole.map((op, place) => (place === n % whole.length ? { ...op, personal: null } : op))
      applySamples(emptied(db), without)
      const erased = stateHash(db)
      const aggregate = whole[n % whole.length]!.on
      rebuild(db, aggregate, opsOn(whole))
      const complete = stateHash(db)
      applySamples(emptied(db), whole)
      expect(stateHash(db)).toBe(complete)
      rebuild(db, aggregate, opsOn(without))
      expect(stateHash(db)).toBe(erased)
    }),
    { numRuns: 100 },
  )
})

test('random op sets hold every kind that an operator or a program can record', () => {
  const steps = fc.sample(fc.array(step, { minLength: 40, maxLength: 40 }), { numRuns: 60, seed: 1 })
  const found = new Set(steps.flatMap((entries) => opsOf(entries).map(({ kind }) => kind)))
  // These two speak about the log itself; they are proved with it (db/log).
  const expected = Object.keys(opKinds).filter((kind) => kind !== 'LogOpened' && kind !== 'PersonalErased')
  expect([...found].sort()).toEqual(expected.sort())
})
