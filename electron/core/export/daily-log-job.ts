// The daily log as a job in a thread of its own: reads its rows and makes its bytes. It writes no file and records nothing.
import { dailyLogRows, type DayCall, type DayRow } from '#db/queries/daily-log.ts'
import type { Db } from '#db/open.ts'
import { pointText } from '#domain/coordinates.ts'
import type { Village } from '#domain/place.ts'
import { recordedPlace, whereabouts } from '#domain/place-value.ts'
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
  const place = incident === null ? null : placeColumns(incident, villages)
  return {
    ...row,
    call: call === null ? null : loggedCall(call),
    incident: incident === null || place === null ? null : { ...incident, ...place },
  }
}

type Incident = NonNullable<DayRow['incident']>

/** The columns kecamatan, desa and patokan: what was taken as a landmark, Km or point stands before the typed landmark. */
function placeColumns(incident: Incident, villages: DailyLogJob['villages']) {
  const { village: value, landmark } = incident
  const { villageCode, districtCode } = whereabouts(value)
  const place = value === null ? null : recordedPlace(value)
  const village = villages.get(villageCode ?? '')
  const inDistrict = [...villages].find(([code]) => districtCode !== null && code.startsWith(`${districtCode}.`))?.[1]
  const isWords = place !== null && place.precision === 'unknown' && place.name === null
  const found = place === null ? null : place.point === null ? place.name : (place.name ?? pointText(place.point))
  return {
    district: village?.district ?? inDistrict?.district ?? null,
    village: village?.name ?? (isWords ? place.said : null),
    landmark: found === null ? landmark : [found, landmark].filter((text) => text !== null).join(', '),
  }
}

/** A call that a desk made itself is "keluar" and needs no class. */
function loggedCall(call: DayCall): LoggedCall {
  if (call.direction === 'out') return { ...call, source: 'keluar' }
  const isMissed = call.answeredAt === null && call.endedAt !== null
  return { ...call, class: call.class ?? (isMissed ? 'PUTUS' : null) }
}
