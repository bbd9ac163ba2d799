// Writes a derived row only where it differs, so that a commit touches few pages. It must not know what the columns mean.
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

export type Columns = Readonly<Record<string, string | number | null>>
type DerivedTable = 'call' | 'incident' | 'relay' | 'block'

/** The row of a derived table, or undefined. The key column bears the name of the table. */
export function derivedRow<Row extends Columns>(db: Db, table: DerivedTable, id: string): Row | undefined {
  return prepared<Row>(db, `SELECT * FROM ${table} WHERE ${table} = ?`).get(id)
}

/**
 * Makes the row of `id` what the facts say: new, changed in the columns that differ, or gone (null). `row` leaves out the key column
 * and may leave out columns that another rule owns; these must be given as `fresh` for a new row.
 */
export function putDerived(db: Db, table: DerivedTable, id: string, row: Columns | null, fresh: Columns = {}): void {
  const old = derivedRow(db, table, id)
  if (row === null) {
    if (old !== undefined) prepared(db, `DELETE FROM ${table} WHERE ${table} = ?`).run(id)
    return
  }
  if (old === undefined) {
    const whole = { [table]: id, ...fresh, ...row }
    const columns = Object.keys(whole)
    const places = columns.map(() => '?').join(', ')
    prepared(db, `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(...Object.values(whole))
    return
  }
  const changed = Object.entries(row).filter(([column, value]) => old[column] !== value)
  if (changed.length === 0) return
  const sets = changed.map(([column]) => `${column} = ?`).join(', ')
  const values = changed.map(([, value]) => value)
  prepared(db, `UPDATE ${table} SET ${sets} WHERE ${table} = ?`).run(...values, id)
}
