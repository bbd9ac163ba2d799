// Reads the proofs that something is wrong with a log, and who dealt with each. They are never deleted: an auditor finds both.
import type { LogAlarmKind } from '#domain/log-alarm.ts'
import { originParts } from '#log/hash.ts'
import type { OpFields } from '#log/op.ts'
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

/** One alarm about the log `origin` of a member. Times are UTC ms; `handled` is null until a lead or an admin dealt with it. */
export type LogAlarm = {
  readonly kind: LogAlarmKind
  readonly origin: string
  readonly member: string
  readonly noticedAt: number
  readonly handled: { readonly by: string; readonly at: number } | null
}

/** All alarms of this replica, the oldest first. There are few. */
export function logAlarms(db: Db): LogAlarm[] {
  const rows = prepared<{ kind: LogAlarmKind; origin: string; noticed_at: number }>(
    db,
    'SELECT kind, origin, noticed_at FROM log_alarm ORDER BY noticed_at, origin, kind',
  ).all()
  return rows.map(({ kind, origin, noticed_at: noticedAt }) => {
    return { kind, origin, member: originParts(origin).member, noticedAt, handled: handledBy(db, kind, origin) }
  })
}

/** The first person who dealt with it, at whatever desk. */
function handledBy(db: Db, kind: LogAlarmKind, origin: string): LogAlarm['handled'] {
  const row = prepared<{ bytes: Buffer }>(
    db,
    `SELECT bytes FROM op WHERE aggregate = 'log:' || ? AND kind = 'LogAlarmHandled' AND standing = 'applied'
     AND json_extract(CAST(bytes AS TEXT), '$.body.alarm') = ? AND NOT EXISTS (SELECT 1 FROM entry_strike
       WHERE entry_strike.aggregate = op.aggregate AND entry = lower(hex(coalesce(op.was, op.hash)))) ORDER BY at, hash LIMIT 1`,
  ).get(origin, kind)
  if (row === undefined) return null
  const op = JSON.parse(row.bytes.toString('utf8')) as OpFields
  return { by: op.by, at: op.wall - (op.offset ?? 0) }
}
