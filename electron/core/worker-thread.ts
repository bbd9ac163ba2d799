// Entry of the thread: opens the database read-only, runs one job, tells its result and ends. No logic here.
import { parentPort, workerData } from 'node:worker_threads'
import { databaseFailure, openDatabase } from '#db/open.ts'
import type { Job } from './worker-job.ts'
import { jobs } from './worker-jobs.ts'
import type { FromThread, ThreadStart } from './worker.ts'

async function run(start: ThreadStart): Promise<FromThread> {
  try {
    const db = openDatabase({ ...start.database, readonly: true })
    try {
      const job = jobs[start.job] as Job<unknown, unknown>
      const output = await job(db, start.input, {
        progress: (done) => tell({ kind: 'progress', done }),
        isCancelled: () => Atomics.load(start.cancelled, 0) === 1,
      })
      return { kind: 'done', output }
    } finally {
      db.close()
    }
  } catch (error) {
    return { kind: 'failed', failure: databaseFailure(error), message: String(error) }
  }
}

const tell = (message: FromThread): void => parentPort?.postMessage(message)
tell(await run(workerData as ThreadStart))
