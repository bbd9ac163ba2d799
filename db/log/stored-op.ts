// An op as the database keeps it, with its personal part: what `apply` gets and what rebuilding reads. It must not write.
import { isObject, parseJson } from '#log/bytes.ts'
import type { JsonObject } from '#log/bytes.ts'
import type { OpFields } from '#log/op.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/** Where the personal part of an op is: there is none, it is here, it has not come, it was erased by law. */
export type Part = 'none' | 'kept' | 'missing' | 'erased'

/** One op. `id` is what others cite (equal for re-issued copies), `personal` is null unless `part` is 'kept'. */
export type StoredOp = OpFields & {
  readonly op: number
  readonly hash: string
  readonly id: string
  readonly part: Part
  readonly personal: JsonObject | null
}

type Row = {
  readonly op: number
  readonly hash: Buffer
  readonly bytes: Buffer
  readonly part: Part
  readonly personal: Buffer | null
}

const columns = 'op, hash, bytes, part, personal'

/** A stored op from the texts of its row. The op must be readable, which every applied op is. */
export function storedOp(facts: {
  readonly op: number
  readonly hash: string
  readonly fields: OpFields
  readonly part: Part
  readonly personal: string | null
}): StoredOp {
  const personal = facts.personal === null ? null : parseJson(facts.personal)
  const { op, hash, part, fields } = facts
  return { ...fields, op, hash, id: fields.was ?? hash, part, personal: isObject(personal) ? personal : null }
}

function fromRow(row: Row): StoredOp {
  return storedOp({
    op: row.op,
    hash: row.hash.toString('hex'),
    fields: JSON.parse(row.bytes.toString('utf8')) as OpFields,
    part: row.part,
    personal: row.personal === null ? null : row.personal.toString('utf8'),
  })
}

/** All ops that count on one aggregate ("incident:uuid"), in the order (at, hash): what rebuilding applies again. */
export function opsOn(db: Db, aggregate: string): StoredOp[] {
  const sql = `SELECT ${columns} FROM op WHERE aggregate = ? AND standing = 'applied' ORDER BY at, hash`
  return prepared<Row>(db, sql).all(aggregate).map(fromRow)
}

/** Every aggregate that has an op that counts. */
export function* aggregates(db: Db): Generator<string> {
  const next = prepared<{ aggregate: string }>(
    db,
    `SELECT aggregate FROM op WHERE aggregate > ? AND standing = 'applied' ORDER BY aggregate LIMIT 1`,
  )
  for (let row = next.get(''); row !== undefined; row = next.get(row.aggregate)) yield row.aggregate
}

/** The last aggregate before this one, in the order of their texts, that has an op that counts. */
export function aggregateBefore(db: Db, aggregate: string): string | undefined {
  const sql = `SELECT aggregate FROM op WHERE aggregate < ? AND standing = 'applied' ORDER BY aggregate DESC LIMIT 1`
  return prepared<{ aggregate: string }>(db, sql).get(aggregate)?.aggregate
}

/** True when an op on this aggregate counts. */
export function hasOps(db: Db, aggregate: string): boolean {
  const sql = `SELECT 1 FROM op WHERE aggregate = ? AND standing = 'applied' LIMIT 1`
  return prepared(db, sql).get(aggregate) !== undefined
}

/** How many ops there are, told by the last one's row number: ops that were dropped count, too. */
export function opCount(db: Db): number {
  return prepared<{ last: number | null }>(db, 'SELECT max(op) AS last FROM op').get()?.last ?? 0
}

/** One op that counts by the id that others cite, or undefined when it is not here. */
export function opById(db: Db, id: string): StoredOp | undefined {
  const sql = `SELECT ${columns} FROM op WHERE (hash = unhex(?) OR was = unhex(?)) AND standing = 'applied'`
  const row = prepared<Row>(db, sql).get(id, id)
  return row && fromRow(row)
}

/** One op by its row number, or undefined when it does not exist or cannot be read. */
export function opByRow(db: Db, op: number): StoredOp | undefined {
  const row = prepared<Row>(db, `SELECT ${columns} FROM op WHERE op = ?`).get(op)
  return row && fromRow(row)
}
