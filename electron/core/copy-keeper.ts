// Keeps the running copy: ops after each commit, a whole copy after each start and every 6 hours. A failing disk is told, never fatal.
import { statSync } from 'node:fs'
import { startCopy, type CopyState } from '#db/log/copy.ts'
import type { FileCheck } from './file-check.ts'
import type { Store } from './open-store.ts'

/** How often the whole database is copied (ms). */
const wholeEveryMs = 6 * 3_600_000

export type CopyKeeper = {
  readonly afterCommit: () => void
  readonly stop: () => Promise<void>
}

type Options = {
  readonly store: Store
  readonly databaseKey: string
  readonly now: () => number
  /** Called when a try to copy succeeded or failed. */
  readonly onState: (state: CopyState) => void
  /** Reads all of the database; what it finds damaged is not copied, so that the last copy stays a good one. */
  readonly check: FileCheck | null
}

/** A larger database is left alone while people sign in and take up their work (bytes, ms). */
const largeBytes = 64 * 1024 * 1024
const quietMs = 20_000

/** Starts the copy of a store; the first whole copy is made soon, so that there always is one. */
export function keepCopy({ store, databaseKey, now, onState, check }: Options): CopyKeeper {
  const { db, log, copyDir } = store
  const reader = store.newReader()
  const copy = startCopy({ db, reader, dir: copyDir, site: log.site, databaseKey, now, onState })
  let isStopped = false
  const whole = async (): Promise<void> => {
    const isGood = isStopped || check === null || (await check.run())
    if (isGood) await copy.whole()
  }
  const timer = setInterval(() => void whole(), wholeEveryMs)
  const waitMs = check !== null && statSync(db.name).size > largeBytes ? quietMs : 0
  let begin = (): void => undefined
  const quiet = waitMs === 0 ? Promise.resolve() : new Promise<void>((settle) => (begin = settle))
  const quietTimer = setTimeout(() => begin(), waitMs)
  const first = quiet.then(whole)
  return {
    afterCommit: copy.afterCommit,
    stop: async () => {
      clearInterval(timer)
      clearTimeout(quietTimer)
      isStopped = true
      begin()
      await first
      await check?.stop()
      await copy.stop()
      reader.close()
    },
  }
}
