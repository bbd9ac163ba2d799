// One hash over the whole replicated state: replicas that know the same ops must agree on it. It must not see local columns or tables.
import { createHash } from 'node:crypto'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { stateTables } from './state-tables.ts'

/** SHA-256 (hex) over all rows of all replicated tables in the order of their primary keys. */
export function stateHash(db: Db): string {
  const hash = createHash('sha256')
  for (const table of [...stateTables].sort()) {
    hash.update(`${table}\n`)
    for (const row of prepared<object>(db, `SELECT * FROM ${table} ORDER BY ${primaryKey(db, table)}`).iterate()) {
      hash.update(`${JSON.stringify(Object.values(row).map(plain))}\n`)
    }
  }
  return hash.digest('hex')
}

const plain = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value)

function primaryKey(db: Db, table: string): string {
  const columns = prepared<{ name: string }>(db, 'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
  return columns
    .all(table)
    .map((column) => column.name)
    .join(', ')
}
