// The daily log as a job in a thread of its own: reads its rows and makes its bytes. It writes no file and records nothing.
import { dailyLogRows, type DayCall, type DayRow } from '#db/queries/daily-log.ts'
import type { Db } from '#db/open.ts'
import type { Village } from '#domain/place.ts'
import type { Zone } from '#domain/time.ts'
import type { JobLink } from '../worker-job.ts'
import { dailyLog, type DailyLog, type DailyLogRow, type LoggedCall } from './daily-log.ts'

/** Instants (UTC ms) from and to which the calls came in; `villages` by their code. */
export type DailyLogJob = {
  readonly from: number
  readonly to: number
  readonly zone: Zone
  readonly villages: ReadonlyMap<string, Pick<Village, 'name' | 'district'>>
}

const dayMs = 86_400_000

/** Day by day, so that a long range says how far it is and can be given up. Given up, it has the days read so far. */
export function dailyLogJob(db: Db, { from, to, zone, villages }: DailyLogJob, link: JobLink): DailyLog {
  const rows: DailyLogRow[] = []
  for (let at = from; at < to && !link.isCancelled(); at += dayMs) {
    const day = dailyLogRows(db, { from: at, to: Math.min(at + dayMs, to) })
    for (const row of day) rows.push(loggedRow(row, villages))
    link.progress(Math.min(1, (at + dayMs - from) / (to - from)))
  }
  return dailyLog(rows, zone)
}

/** The row with what only core knows: names of villages, and that a call nobody answered is "terputus" by its nature. */
function loggedRow(row: DayRow, villages: DailyLogJob['villages']): DailyLogRow {
  const { call, incident } = row
  const village = villages.get(incident?.village ?? '')
  return {
    ...row,
    call: call === null ? null : loggedCall(call),
    incident:
      incident === null
        ? null
        : { ...incident, district: village?.district ?? null, village: village?.name ?? incident.village },
  }
}

/** A call that a desk made itself is "keluar" and needs no class. */
function loggedCall(call: DayCall): LoggedCall {
  if (call.direction === 'out') return { ...call, source: 'keluar' }
  const isMissed = call.answeredAt === null && call.endedAt !== null
  return { ...call, class: call.class ?? (isMissed ? 'PUTUS' : null) }
}
