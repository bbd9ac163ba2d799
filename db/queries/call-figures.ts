// Counts the calls of one day. One covering index holds all it needs, so a day is read in a fraction of a millisecond.
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

export type CallFigures = {
  readonly calls: number
  readonly answered: number
  readonly answeredInTime: number
  readonly missed: number
}

/** Incoming calls offered from `from` until before `to` (UTC ms); in time = answered within `withinMs`. */
export function callFigures(
  db: Db,
  facts: { readonly from: number; readonly to: number; readonly withinMs: number },
): CallFigures {
  const row = prepared<CallFigures>(
    db,
    `SELECT count(*) AS calls, count(answered_at) AS answered,
       count(CASE WHEN answered_at - offered_at <= ? THEN 1 END) AS answeredInTime,
       count(CASE WHEN answered_at IS NULL AND ended_at IS NOT NULL THEN 1 END) AS missed
     FROM call WHERE offered_at >= ? AND offered_at < ? AND direction = 'in'`,
  ).get(facts.withinMs, facts.from, facts.to)
  return row ?? { calls: 0, answered: 0, answeredInTime: 0, missed: 0 }
}
