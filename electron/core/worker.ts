// Starts a job in a thread of its own, so that long reading never holds up a call. It must not know what the jobs do.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { DatabaseError, type DatabaseFailure, type OpenOptions } from '#db/open.ts'
import type { Jobs } from './worker-jobs.ts'

export type JobName = keyof Jobs
export type JobInput<Name extends JobName> = Parameters<Jobs[Name]>[1]
export type JobOutput<Name extends JobName> = Awaited<ReturnType<Jobs[Name]>>

/** What the thread is started with. */
export type ThreadStart = {
  readonly job: JobName
  readonly database: Omit<OpenOptions, 'readonly'>
  readonly input: unknown
  /** One number, 1 when the result is no longer wanted; shared, because a busy job reads no messages. */
  readonly cancelled: Int32Array
}

/** What the thread says. */
export type FromThread =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'done'; readonly output: unknown }
  | { readonly kind: 'failed'; readonly failure: DatabaseFailure; readonly message: string }

export type RunningJob<Output> = {
  /** The result; rejects with a DatabaseError (`failed` for a bug of the job, or when it was cancelled). */
  readonly done: Promise<Output>
  /** The result is no longer wanted. Resolves when the thread has ended and its connection is closed. */
  readonly cancel: () => Promise<void>
}

type Options<Name extends JobName> = {
  readonly job: Name
  /** The database that the job reads: file and key, as for `openDatabase`. */
  readonly database: Omit<OpenOptions, 'readonly'>
  readonly input: JobInput<Name>
  /** How much of the work is done, 0 to 1. */
  readonly onProgress?: (done: number) => void
}

/** Beside this file when the sources run; in the bundle beside core or, seen from a shared chunk, one folder up. */
const places = ['./worker-thread.ts', './worker-thread.js', '../worker-thread.js']

function threadFile(): string {
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  const file = files.find((one) => existsSync(one))
  if (file === undefined) throw new Error(`the program is incomplete: none of ${files.join(', ')}`)
  return file
}

const running = new Set<Worker>()

/** Starts one job. Several may run beside each other. */
export function startJob<Name extends JobName>(options: Options<Name>): RunningJob<JobOutput<Name>> {
  const { job, database, input, onProgress } = options
  const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const start: ThreadStart = { job, database, input, cancelled }
  const worker = new Worker(threadFile(), { workerData: start, name: job })
  running.add(worker)
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      running.delete(worker)
      resolve()
    })
  })
  const done = new Promise<JobOutput<Name>>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'progress') onProgress?.(message.done)
      else if (message.kind === 'done') resolve(message.output as JobOutput<Name>)
      else reject(new DatabaseError(message.failure, message.message))
    })
    worker.once('error', (error) => reject(new DatabaseError('failed', String(error), error)))
    void ended.then(() => reject(new DatabaseError('failed', `${job} ended without a result`)))
  })
  const cancel = (): Promise<void> => {
    Atomics.store(cancelled, 0, 1)
    done.catch(() => undefined)
    return ended
  }
  return { done, cancel }
}

/**
 * Ends this process at once. The ordinary way waits for every thread, and one that reads a large table answers only when it
 * is through: half a minute in which no call could be taken.
 */
export function endProcess(code: number): never {
  if (running.size > 0) process.kill(process.pid, 'SIGKILL')
  process.exit(code)
}
