// Writes one fact. Facts never change: the same op applied twice leaves one row.
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

type Value = string | number | null

const texts = new Map<string, string>()

/** Inserts a row whose columns are the keys of `row`, which come from code and never from an op. Does nothing when the row is there. */
export function insertFact(db: Db, table: string, row: Readonly<Record<string, Value>>): void {
  const columns = Object.keys(row)
  const key = `${table} ${columns.join()}`
  let sql = texts.get(key)
  if (sql === undefined) {
    sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`
    texts.set(key, sql)
  }
  prepared(db, sql).run(...Object.values(row))
}
