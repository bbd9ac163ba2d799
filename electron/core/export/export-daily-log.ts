// Writes the daily log of a day beside the database and records that it was made. What stands in it is in daily-log.ts.
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandOutput } from '#contract/commands.ts'
import { fault, type Fault } from '#domain/fault.ts'
import { newId } from '#domain/id.ts'
import { clockText, dayBounds, dayOf } from '#domain/time.ts'
import type { Caller, Desk } from '../desk.ts'
import { keepReply } from '../rule.ts'
import { databaseFault } from '../health.ts'

/**
 * Exports the daily log of a site day ("YYYY-MM-DD") as CSV into the folder `export` of the desk's data. Every export is
 * a file of its own, because its hash is on record. Refuses with `invalid`, `disk_full` or `read_only`.
 */
export async function exportDailyLog(
  desk: Desk,
  day: string,
  actor: Caller,
): Promise<CommandOutput<'exportDailyLog'> | Fault> {
  const { zone } = desk.site
  const { from, to } = dayBounds(day, zone)
  if (Number.isNaN(from) || dayOf(from, zone) !== day) return fault('invalid', { field: 'day' })
  // In a thread: a day with thousands of calls must not hold up the next ring.
  const log = await desk.startJob('dailyLog', { from, to, zone, villages: desk.villages }).done
  const time = clockText(desk.clock.now(), zone).replaceAll(':', '')
  const file = join(desk.dataDir, 'export', `log-${desk.site.site}-${day}-${time}.csv`)
  const refused = await writeWhole(file, log.bytes)
  if (refused !== null) return refused
  const { sha256, rows } = log
  try {
    const body = { what: 'daily-log', day, rows, sha256 }
    const author = { by: actor.operator, session: actor.session }
    desk.recorder.transact(author, () => {
      keepReply(desk, actor, { file, rows, sha256 })
      return [{ kind: 'ExportMade', on: `export:${newId()}`, body }]
    })
  } catch (error) {
    await rm(file, { force: true })
    const reason = databaseFault(error)
    if (reason === null) throw error
    return reason
  }
  return { file, rows, sha256 }
}

/** Writes a file whole or not at all. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<Fault | null> {
  const fresh = `${file}.new`
  try {
    await mkdir(join(file, '..'), { recursive: true })
    const handle = await open(fresh, 'w', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(fresh, file)
    return null
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined)
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    return fault(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : 'read_only', { detail: code })
  }
}
