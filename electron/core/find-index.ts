// Brings the index of incidents up to date a moment after each commit, in slices that no command waits for.
import { indexNewOps } from '#db/apply/find-index.ts'
import { transactUnsynced, type Db } from '#db/open.ts'

export type FindIndex = {
  /** Something was committed. */
  readonly afterCommit: () => void
  /** Indexes what was just recorded, before somebody searches; a disk that refuses leaves the index as it is. */
  readonly catchUp: () => void
  readonly stop: () => void
}

/** While somebody works, indexing waits so long after each commit (ms). */
const quietMs = 300
/** Ops of one slice: a few milliseconds. */
const sliceOps = 40
/** And at most so many before a search. */
const mostBeforeSearch = 1000

/** Starts with what the last run left. `onFailure` hears of a disk that refuses; the next commit tries again. */
export function keepFindIndex(db: Db, onFailure: (error: unknown) => void): FindIndex {
  let timer: NodeJS.Timeout | null = null
  let isStopped = false
  // A slice may be undone by a power cut as a whole; it is made again at the next start.
  const slice = (limit: number): boolean => {
    try {
      return transactUnsynced(db, () => indexNewOps(db, limit))
    } catch (error) {
      onFailure(error)
      return false
    }
  }
  const run = (): void => {
    timer = slice(sliceOps) ? setTimeout(run, 20) : null
  }
  const afterCommit = (): void => {
    if (timer === null && !isStopped) timer = setTimeout(run, quietMs)
  }
  afterCommit()
  return {
    afterCommit,
    catchUp: () => void slice(mostBeforeSearch),
    stop: () => {
      isStopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
