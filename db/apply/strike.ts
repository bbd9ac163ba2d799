// Entries that were struck: they stay on record and count no more. It must not know what an entry says.
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { Fact } from './fact.ts'
import { factOf } from './fact.ts'
import { insertFact } from './insert.ts'
import type { KnownOp } from './known-op.ts'

export type Strike = Fact & { readonly entry: string }

/** The entry itself may not be here yet. */
export function applyEntryStruck(db: Db, op: KnownOp<'EntryStruck'>): void {
  const { entry } = op.body
  insertFact(db, 'entry_strike', { aggregate: op.on, entry, ...factOf(op), reason: op.personal?.reason ?? null })
}

/** Every strike on an aggregate ("relay:uuid"). */
export function strikesOn(db: Db, aggregate: string): Strike[] {
  const sql = 'SELECT entry, op, at, time, by, origin, seq FROM entry_strike WHERE aggregate = ?'
  return prepared<Strike>(db, sql).all(aggregate)
}

/** The facts that none of these strikes takes out. */
export function standing<Entry extends Fact>(facts: readonly Entry[], strikes: readonly Strike[]): Entry[] {
  if (strikes.length === 0) return [...facts]
  const struck = new Set(strikes.map(({ entry }) => entry))
  return facts.filter(({ op }) => !struck.has(op))
}
