// Has all of the database read in a thread and tells what came of it. A damaged file is marked for the next start, never repaired here.
import { z } from 'zod'
import { hasWholeCopy } from '#db/log/restore.ts'
import { setSetting, setting } from '#db/local/setting.ts'
import type { Health } from './health.ts'
import { writeLog } from './log-line.ts'
import { markDamaged, type Store } from './open-store.ts'
import { startJob, type RunningJob } from './worker.ts'
import type { FullCheck } from './full-check.ts'

const name = 'full-check'
const kept = z.object({ at: z.number(), result: z.enum(['ok', 'damaged', 'failed']) })

export type FileCheck = {
  /** Reads everything. False when the file is damaged: what is copied from it would be no good copy. */
  readonly run: () => Promise<boolean>
  /** Nobody waits for the result any more. */
  readonly stop: () => Promise<void>
}

type Facts = {
  readonly store: Store
  readonly dataDir: string
  readonly health: Health
  readonly now: () => number
}

/** The check of one core; the last result is remembered over starts. */
export function fileCheck({ store, dataDir, health, now }: Facts): FileCheck {
  const { db, database, copyDir } = store
  let running: RunningJob<FullCheck> | undefined
  const last = setting(db, name)
  if (last !== null) health.setFullCheck(kept.parse(JSON.parse(last)))

  const ended = (result: z.infer<typeof kept>['result'], detail: string): void => {
    const entry = { at: now(), result }
    if (result !== 'ok') writeLog('error', 'full check', { result, detail })
    health.setFullCheck(entry)
    // Without a copy a damaged database is still better than an empty one.
    if (result === 'damaged' && hasWholeCopy(copyDir)) markDamaged(dataDir)
    if (result === 'damaged') health.notice('database-damaged')
    health.tried(() => setSetting(db, name, JSON.stringify(entry)))
  }
  return {
    run: async () => {
      try {
        running = startJob({ job: 'fullCheck', database, input: undefined })
        const found = await running.done
        ended(found.result, found.result === 'ok' ? '' : found.detail)
        return found.result === 'ok'
      } catch (error) {
        ended('failed', String(error))
        return true
      } finally {
        running = undefined
      }
    },
    stop: async () => running?.cancel(),
  }
}
