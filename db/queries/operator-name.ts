// Reads the name of an operator: of this desk, else as another desk recorded it.
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

/** The full name, or null when only the code is known. */
export function operatorName(db: Db, operator: string): string | null {
  const row = prepared<{ name: string | null }>(
    db,
    `SELECT name FROM login WHERE operator = ?
     UNION ALL SELECT name FROM (SELECT name FROM operator_set WHERE operator = ? AND name IS NOT NULL ORDER BY at DESC LIMIT 1)
     LIMIT 1`,
  ).get(operator, operator)
  return row?.name ?? null
}
