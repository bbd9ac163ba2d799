// Reads the origins of this desk, one per epoch.
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

/** Every origin this desk has ever written under. */
export function ownOrigins(db: Db): ReadonlySet<string> {
  const rows = prepared<{ origin: string }>(db, 'SELECT origin FROM own_key').all()
  return new Set(rows.map((row) => row.origin))
}
