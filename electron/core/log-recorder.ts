// The recorder of this desk: own ops into the own log, applied and derived in the same transaction.
import { isFault } from '#domain/fault.ts'
import type { OpId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import { appendOwn } from '#db/log/append.ts'
import type { Log } from '#db/log/log.ts'
import { transact } from '#db/open.ts'
import { Refusal, type Author, type Recorder } from './recorder.ts'
import type { AtStep } from './step.ts'

/** `onCommit` is called after every commit that may have written own ops, `step` at the named points of `transact`. */
export function createRecorder(log: Log, onCommit: () => void, step: AtStep): Recorder {
  const append = (ops: readonly NewOp[], author: Author): readonly OpId[] => {
    if (ops.length === 0) return []
    const stored = appendOwn(
      log,
      ops.map((op) => ({ ...op, ...author })),
    )
    if (isFault(stored)) throw new Refusal(stored)
    for (const op of stored) {
      const outcome = log.understanding.apply(log.db, op)
      // An own op that cannot be applied is a bug: nothing of the command may stay.
      if (outcome !== 'applied') throw new Error(`own op ${op.kind} was not understood: ${outcome.parked}`)
    }
    log.understanding.derive(log.db)
    return stored.map((op) => op.id as OpId)
  }
  return {
    append,
    transact: (author, decide) => {
      transact(log.db, () => {
        step('record-begun')
        append(decide(), author)
        step('record-appended')
      })
      step('record-committed')
      onCommit()
      step('record-woken')
    },
    committed: onCommit,
  }
}
