// Changeable fields of every aggregate: a set cites the sets it replaces, and what nobody cites is a head. Values are never compared.
import { priorities } from '#domain/incident.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { Fact } from './fact.ts'
import { compareFacts } from './fact.ts'

/** A set of one field. `value` is null when the field was emptied or its personal part is not here. */
export type FieldSet = {
  readonly aggregate: string
  readonly field: string
  readonly value: string | null
  readonly over: readonly string[]
  /** Of decisions only: the result, and JSON of what the person had seen. */
  readonly disposition?: string | null
  readonly saw?: string | null
  /** What set the value when no person chose it. */
  readonly why?: string | null
}

// What is replaced is read from the log when it is needed. Only a priority must be known later, to tell whether it was raised.
const kept = `CASE WHEN field = 'priority' THEN`

const cite = `INSERT INTO field_set (aggregate, field, op, is_head) VALUES (?, ?, ?, 0)
  ON CONFLICT (aggregate, field, op) DO UPDATE SET is_head = 0, at = NULL, time = NULL, by = NULL,
    disposition = NULL, saw = NULL, why = NULL, value = ${kept} value END WHERE is_head = 1`

// A row that only was cited so far learns its place in its log and stays cited.
const insert = `INSERT INTO field_set
  (aggregate, field, op, is_head, at, time, by, origin, seq, value, disposition, saw, why)
  VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (aggregate, field, op) DO UPDATE SET origin = excluded.origin, seq = excluded.seq,
    value = ${kept} excluded.value END WHERE seq IS NULL`

const bytesOf = (op: string): Buffer => Buffer.from(op, 'hex')

/** Records a set and the edges to those it replaces, whether these are here yet or not. */
export function setField(db: Db, fact: Fact, set: FieldSet): void {
  for (const target of set.over) prepared(db, cite).run(set.aggregate, set.field, bytesOf(target))
  prepared(db, insert).run(
    set.aggregate,
    set.field,
    bytesOf(fact.op),
    fact.at,
    fact.time,
    fact.by,
    fact.origin,
    fact.seq,
    set.value,
    set.disposition ?? null,
    set.saw ?? null,
    set.why ?? null,
  )
}

/** A set that nobody cites: who made it, when (true time, UTC ms), and its value. */
export type Head = Fact & {
  readonly field: string
  readonly value: string | null
  readonly disposition: string | null
  readonly saw: string | null
  readonly why: string | null
}

/** The heads of an aggregate by field; those of one field with the value that work goes on with first. */
export type Heads = ReadonlyMap<string, readonly Head[]>

/** Any set whose op is here: its place in its log, and its value while it is a head or when it is a priority. */
export type StoredSet = {
  readonly field: string
  readonly origin: string
  readonly seq: number
  readonly value: string | null
  readonly head: Head | null
}

type Row = Omit<Head, 'op'> & { readonly op: Buffer; readonly isHead: number }

const select =
  'SELECT field, is_head AS isHead, op, at, time, by, origin, seq, value, disposition, saw, why FROM field_set'

/** Every set of an aggregate whose op is here. */
export function setsOf(db: Db, aggregate: string): StoredSet[] {
  return prepared<Row>(db, `${select} WHERE aggregate = ? AND seq IS NOT NULL`)
    .all(aggregate)
    .map((row) => {
      const { field, origin, seq, value } = row
      return { field, origin, seq, value, head: row.isHead === 1 ? headOf(row) : null }
    })
}

function headOf({ isHead: _isHead, op, ...row }: Row): Head {
  return { ...row, op: op.toString('hex') }
}

/** All heads of an aggregate. */
export function headsOf(db: Db, aggregate: string): Heads {
  const rows = prepared<Row>(db, `${select} WHERE aggregate = ? AND is_head = 1`).all(aggregate)
  return byField(rows.map(headOf))
}

/** The heads among sets of one aggregate. */
export function headsAmong(sets: readonly StoredSet[]): Heads {
  return byField(sets.flatMap(({ head }) => (head === null ? [] : [head])))
}

function byField(all: readonly Head[]): Heads {
  const heads = new Map<string, Head[]>()
  for (const head of all) {
    const known = heads.get(head.field)
    if (known === undefined) heads.set(head.field, [head])
    else known.push(head)
  }
  for (const [field, known] of heads) if (known.length > 1) known.sort(field === 'priority' ? byUrgency : byTime)
  return heads
}

/** Work goes on with the later one. */
function byTime(a: Head, b: Head): number {
  return compareFacts(b, a)
}

/** Work goes on with the most urgent priority; among equals with the later one. */
function byUrgency(a: Head, b: Head): number {
  return rankOf(a.value) - rankOf(b.value) || compareFacts(b, a)
}

/** 1 to 4 for P1 to P4, 5 for anything else. */
export function rankOf(value: string | null): number {
  const place = (priorities as readonly (string | null)[]).indexOf(value)
  return place < 0 ? 5 : place + 1
}

/** The value that work goes on with, null when there is none. */
export function valueOf(heads: Heads, field: string): string | null {
  return heads.get(field)?.[0]?.value ?? null
}

/** True when two people set one field without knowing of each other. */
export function hasManyHeads(heads: Heads): boolean {
  return [...heads.values()].some((known) => known.length > 1)
}
