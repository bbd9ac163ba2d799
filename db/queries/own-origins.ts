// Reads the origins of this desk, one per epoch, and how much was recorded under them.
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

/** How many ops this desk has recorded, under all its origins. */
export function ownOpCount(db: Db): number {
  const row = prepared<{ n: number | null }>(
    db,
    'SELECT sum(head_seq) AS n FROM own_key JOIN log ON log.origin = own_key.origin AND log.branch = 0',
  ).get()
  return row?.n ?? 0
}

/** Every origin this desk has ever written under. */
export function ownOrigins(db: Db): ReadonlySet<string> {
  const rows = prepared<{ origin: string }>(db, 'SELECT origin FROM own_key').all()
  return new Set(rows.map((row) => row.origin))
}
