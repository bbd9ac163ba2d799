// Reads the changeable fields of any aggregate: the value work goes on with, the ops behind it, and what others set meanwhile.
import type { OpId } from '#domain/id.ts'
import type { Head } from '../apply/field.ts'
import { headsOf as allHeads } from '../apply/field.ts'
import type { Db } from '../open.ts'

/** One field. `over` is what an edit cites; `conflicts` are the heads besides the value, the next best first. */
export type FieldRow = {
  readonly value: string | null
  readonly over: OpId[]
  readonly conflicts: { readonly value: string | null; readonly by: string; readonly at: number }[]
}

/** Ids of the ops that a new set of this field replaces. */
export function headsOf(db: Db, aggregate: string, field: string): OpId[] {
  return fieldsOf(db, aggregate)(field).over
}

/** The value that work goes on with, null when there is none. */
export function valueOf(db: Db, aggregate: string, field: string): string | null {
  return fieldsOf(db, aggregate)(field).value
}

/** Reads all fields of an aggregate at once and gives each by its name. */
export function fieldsOf(db: Db, aggregate: string): (field: string) => FieldRow {
  const heads = allHeads(db, aggregate)
  return (field) => fieldRow(heads.get(field) ?? [])
}

/** The row of a field out of its heads, the one work goes on with first. */
export function fieldRow(heads: readonly Head[]): FieldRow {
  const [first, ...others] = heads
  return {
    value: first?.value ?? null,
    over: heads.map((head) => head.op as OpId),
    conflicts: others.map((head) => ({ value: head.value, by: head.by, at: head.time })),
  }
}
