// Keeps the running copy: ops after each commit, a whole copy at start and every 6 hours. A failing disk is told, never fatal.
import { startCopy, type CopyState } from '#db/log/copy.ts'
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
}

/** Starts the copy of a store; the first whole copy begins at once, so that there always is one. */
export function keepCopy({ store, databaseKey, now, onState }: Options): CopyKeeper {
  const { db, log, copyDir } = store
  const reader = store.newReader()
  const copy = startCopy({ db, reader, dir: copyDir, site: log.site, databaseKey, now, onState })
  const timer = setInterval(() => void copy.whole(), wholeEveryMs)
  const first = copy.whole()
  return {
    afterCommit: copy.afterCommit,
    stop: async () => {
      clearInterval(timer)
      await first
      await copy.stop()
      reader.close()
    },
  }
}
