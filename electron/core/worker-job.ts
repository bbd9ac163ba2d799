// What a job is that runs in a thread of its own, beside core, on a read-only connection. It must hold no logic.
import type { Db } from '#db/open.ts'

/** How a job says how far it is and learns that nobody waits for it any more. */
export type JobLink = {
  /** How much of the work is done, 0 to 1. */
  readonly progress: (done: number) => void
  /** True when the result is no longer wanted; asked now and then, the job ends early with whatever it likes. */
  readonly isCancelled: () => boolean
}

/** Input and output are copied between threads: plain values, Buffers, Maps, Sets. A throw rejects `done` of the starter. */
export type Job<Input, Output> = (db: Db, input: Input, link: JobLink) => Output | Promise<Output>
