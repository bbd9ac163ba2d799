// Reads the board: open incidents, and closed ones with news, by priority and age.
import type { IncidentId } from '#domain/id.ts'
import type { IncidentStatus, Priority } from '#domain/incident.ts'
import { alarmDueAt } from '#domain/relay.ts'
import type { RelayStep } from '#domain/relay.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { withMerged } from './merged.ts'
import type { RecordState } from './record-state.ts'
import { activityOf, recordStates } from './record-state.ts'
import type { AlarmClock } from './relay-facts.ts'

/** `overdueSince` is when the alarm of its longest waiting relay rang first. */
export type BoardRow = {
  readonly incident: IncidentId
  readonly label: string
  readonly priority: Priority | null
  readonly type: string | null
  readonly village: string | null
  readonly landmark: string | null
  readonly status: IncidentStatus
  readonly openedAt: number
  readonly by: string
  /** When it was typed from paper; null = recorded as it happened. */
  readonly typedAt: number | null
  readonly lastNote: string | null
  readonly reports: number
  readonly hasNews: boolean
  readonly hasConflict: boolean
  readonly isUmbrella: boolean
  readonly relays: { readonly agency: string; readonly step: RelayStep; readonly isOverdue: boolean }[]
  readonly overdueSince: number | null
  readonly recordState: RecordState
}
export type Board = {
  readonly total: number
  readonly p1: number
  readonly overdue: number
  readonly rows: BoardRow[]
}

type Row = Omit<BoardRow, 'hasNews' | 'hasConflict' | 'isUmbrella' | 'relays' | 'overdueSince' | 'recordState'> & {
  readonly hasNews: number
  readonly hasConflict: number
  readonly isUmbrella: number
  readonly activity: string
}

const select = `SELECT incident, label, priority, type, village, landmark, status, opened_at AS openedAt, opened_by AS by, typed_at AS typedAt,
  last_note AS lastNote, report_count AS reports, has_news AS hasNews, has_conflict AS hasConflict, is_umbrella AS isUmbrella, activity
  FROM incident WHERE is_on_board = 1 ORDER BY rank, opened_at, incident LIMIT ?`

/** The first `limit` rows, and the counts of all. */
export function board(db: Db, limit: number, clock: AlarmClock): Board {
  const stateOf = recordStates(db)
  const rows = prepared<Row>(db, select).all(limit)
  return {
    total: count(db, 'SELECT count(*) AS n FROM incident WHERE is_on_board = 1'),
    p1: count(db, 'SELECT count(*) AS n FROM incident WHERE is_on_board = 1 AND rank = 1'),
    overdue: count(db, 'SELECT count(*) AS n FROM relay WHERE alarm_since <= ?', clock.now - clock.limitMs),
    rows: rows.map(({ activity, hasNews, hasConflict, isUmbrella, ...row }) => ({
      ...row,
      hasNews: hasNews === 1,
      hasConflict: hasConflict === 1,
      isUmbrella: isUmbrella === 1,
      ...relaysOnBoard(db, row.incident, clock),
      recordState: stateOf(activityOf({ activity })),
    })),
  }
}

function count(db: Db, sql: string, ...values: number[]): number {
  return prepared<{ n: number }>(db, sql).get(...values)?.n ?? 0
}

function relaysOnBoard(db: Db, incident: IncidentId, { now, limitMs }: AlarmClock) {
  const rows = withMerged(db, incident).flatMap((one) =>
    prepared<{ agency: string; step: RelayStep; alarmSince: number | null }>(
      db,
      'SELECT agency, step, alarm_since AS alarmSince FROM relay WHERE incident = ? ORDER BY told_at, relay',
    ).all(one),
  )
  const isOverdue = (since: number | null) => since !== null && alarmDueAt(since, limitMs) <= now
  const overdue = rows.flatMap(({ alarmSince }) => (alarmSince !== null && isOverdue(alarmSince) ? [alarmSince] : []))
  return {
    relays: rows.map(({ agency, step, alarmSince }) => ({ agency, step, isOverdue: isOverdue(alarmSince) })),
    overdueSince: overdue.length === 0 ? null : alarmDueAt(Math.min(...overdue), limitMs),
  }
}
