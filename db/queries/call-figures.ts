// Counts the calls and contacts of one day. One covering index holds all it needs, so a day is read in a fraction of a millisecond.
import type { Source } from '#domain/call.ts'
import { sources } from '#domain/call.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

export type CallFigures = {
  readonly calls: number
  readonly answered: number
  readonly answeredInTime: number
  readonly missed: number
}

/** Incoming calls that an exchange told of, offered from `from` until before `to` (UTC ms); in time = answered within `withinMs`. */
export function callFigures(
  db: Db,
  facts: { readonly from: number; readonly to: number; readonly withinMs: number },
): CallFigures {
  const row = prepared<CallFigures>(
    db,
    `SELECT count(*) AS calls, count(answered_at) AS answered,
       count(CASE WHEN answered_at - offered_at <= ? THEN 1 END) AS answeredInTime,
       count(CASE WHEN answered_at IS NULL AND ended_at IS NOT NULL THEN 1 END) AS missed
     FROM call WHERE offered_at >= ? AND offered_at < ? AND direction = 'in' AND is_by_hand = 0`,
  ).get(facts.withinMs, facts.from, facts.to)
  return row ?? { calls: 0, answered: 0, answeredInTime: 0, missed: 0 }
}

const others = sources.filter((source) => source !== '112')

export type SourceCount = { readonly source: Source; readonly count: number }

/** One count for each source but 112, and one of all: one reading of an index, which neither sorts nor groups. */
const counts = (of: string): string =>
  ['count(*) AS total', ...others.map((one) => `count(CASE WHEN ${of} = '${one}' THEN 1 END) AS "${one}"`)].join(', ')

/**
 * Incoming calls, contacts and incidents without either from `from` until before `to` (UTC ms), by source, the most first: the
 * rows of the daily log, except calls that desks made. A call to any other number than an old one came over 112.
 */
export function sourceFigures(db: Db, facts: { readonly from: number; readonly to: number }): SourceCount[] {
  const calls = prepared<Record<string, number>>(
    db,
    `SELECT ${counts('COALESCE(source, dialled)')} FROM call WHERE offered_at >= ? AND offered_at < ? AND direction = 'in'`,
  ).get(facts.from, facts.to)
  const incidents = prepared<Record<string, number>>(
    db,
    `SELECT ${counts("COALESCE(source, 'other')")} FROM incident AS own WHERE opened_at >= ? AND opened_at < ?
       AND NOT EXISTS (SELECT 1 FROM call WHERE call.incident = own.incident)`,
  ).get(facts.from, facts.to)
  const sum = (name: string): number => (calls?.[name] ?? 0) + (incidents?.[name] ?? 0)
  const rest = others.map((source): SourceCount => ({ source, count: sum(source) }))
  const over112 = sum('total') - rest.reduce((all, { count }) => all + count, 0)
  const all: SourceCount[] = [{ source: '112', count: over112 }, ...rest]
  return all.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
}
