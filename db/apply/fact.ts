// What every op gives to the rows it makes: who, when and where in which log. It must not read or write a database.
import type { OpFields } from '#log/op.ts'

/** An op to be applied: its fields, its hash, its id (what others cite) and its personal part, null when missing or erased. */
export type AppliedOp = Omit<OpFields, 'body' | 'personalHash' | 'was'> & {
  readonly hash: string
  readonly id: string
  readonly body: unknown
  readonly personal: unknown
}

/** The columns that facts of every kind share. `time` is the true time, UTC ms. */
export type Fact = {
  readonly op: string
  readonly at: string
  readonly time: number
  readonly by: string
  readonly origin: string
  readonly seq: number
}

/** The shared columns of an op. True time = wall - offset (wire format 1, section 2). */
export function factOf(op: AppliedOp): Fact {
  return { op: op.id, at: op.at, time: op.wall - (op.offset ?? 0), by: op.by, origin: op.origin, seq: op.seq }
}

/** "incident:uuid" in its two parts; a text without a colon is all kind. */
export function splitAggregate(aggregate: string): { readonly kind: string; readonly id: string } {
  const colon = aggregate.indexOf(':')
  return colon < 0 ? { kind: aggregate, id: '' } : { kind: aggregate.slice(0, colon), id: aggregate.slice(colon + 1) }
}

/** The first of the aggregates that is of this kind, without the kind; null when there is none. */
export function idAmong(aggregates: readonly string[] | undefined, kind: string): string | null {
  for (const aggregate of aggregates ?? []) {
    const parts = splitAggregate(aggregate)
    if (parts.kind === kind) return parts.id
  }
  return null
}

/** The order of ops: `at`, then id. */
export function compareFacts(a: { at: string; op: string }, b: { at: string; op: string }): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1
  return a.op < b.op ? -1 : a.op > b.op ? 1 : 0
}
