// The only way an own change enters the log. It must not decide anything: it appends, applies and tells who waits for commits.
import type { Fault } from '#domain/fault.ts'
import type { OpId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'

/** Who an op is written for: a person in a session, or the program itself. */
export type Author = { readonly by: string; readonly session: string }
export const systemAuthor: Author = { by: 'system', session: 'system' }

/** Thrown inside a transaction to undo all of it and answer with the refusal. */
export class Refusal extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.fault)
    this.name = 'Refusal'
    this.fault = fault
  }
}

/** The refusal an error carries, or null. */
export function refusalOf(error: unknown): Fault | null {
  return error instanceof Refusal ? error.fault : null
}

export type Recorder = {
  /** Appends and applies ops inside the caller's transaction; throws a Refusal when one is too large. */
  readonly append: (ops: readonly NewOp[], author: Author) => readonly OpId[]
  /** Runs `decide` and appends its ops in a transaction of its own, then tells who waits. */
  readonly transact: (author: Author, decide: () => readonly NewOp[]) => void
  /** A transaction with own ops has committed: screens, sync and the second copy go on. */
  readonly committed: () => void
}
