// Reads the calls that somebody should call back: nobody answered them, or their number was silent again and again.
import type { EndReason, FollowUp, NumberTrust } from '#domain/call.ts'
import type { CallId } from '#domain/id.ts'
import { headsOf } from '../apply/field.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { CallColumns, CallFacts } from './call-facts.ts'
import { callFactsOf, selectCalls } from './call-facts.ts'

/** The calls of one number as one row, with what is said of the newest; a withheld number is a row for each call. */
export type MissedCall = {
  /** missed: nobody answered; silent: at least the second silent call within 24 h. */
  readonly kind: 'missed' | 'silent'
  readonly call: CallId
  readonly number: string | null
  readonly numberTrust: NumberTrust
  readonly line: string
  readonly dialled: string
  readonly offeredAt: number
  readonly waitedMs: number
  readonly endReason: EndReason | null
  readonly count: number
  readonly followUp: FollowUp
  /** Who followed up last and when (true time, UTC ms); `others` did so without knowing of it. */
  readonly by: string | null
  readonly followUpAt: number | null
  readonly others: readonly string[]
  /** When somebody was connected with this number after the call. */
  readonly reachedAt: number | null
}

/** Nobody reads further; counting on would cost more with every call that is left open. */
const counted = 1000
const read = 200
const shown = 50
/** So long a call that is being called back stays in the list (ms). */
export const calledBackMs = 30 * 60_000
const silentMs = 86_400_000

export type MissedCalls = {
  /** Calls that nobody answered or called back, at most 1,000. */
  readonly total: number
  /** Numbers that were silent again. */
  readonly silent: number
  readonly rows: MissedCall[]
}

/** The newest 50 rows, numbers that were silent again first. `now` is true time (UTC ms). */
export function missedCalls(db: Db, now: number): MissedCalls {
  const total = prepared<{ total: number }>(
    db,
    'SELECT count(*) AS total FROM (SELECT 1 FROM call WHERE is_to_call_back = 1 LIMIT ?)',
  ).get(counted)
  const silent = silentAgain(db, now).map((group) => rowOf(db, 'silent', group))
  const missed = byNumber([...waiting(db), ...calledBack(db, now)].sort((a, b) => b.offeredAt - a.offeredAt))
  const rows = missed.slice(0, shown).map((group) => rowOf(db, 'missed', group))
  return { total: total?.total ?? 0, silent: silent.length, rows: [...silent, ...rows].slice(0, shown) }
}

/** The calls of a number that are followed up together with `call`, itself among them. */
export function missedWith(db: Db, facts: { readonly call: CallId; readonly now: number }): CallId[] {
  const number = prepared<{ number: string | null }>(db, 'SELECT number FROM call WHERE call = ?').get(facts.call)
  if (number === undefined || number.number === null) return [facts.call]
  const rows = prepared<{ call: CallId }>(
    db,
    `SELECT call FROM call WHERE number = ? AND direction = 'in' AND answered_at IS NULL
       AND (is_to_call_back = 1 OR (follow_up = 'dihubungi' AND follow_up_at > ?)) LIMIT ?`,
  ).all(number.number, facts.now - calledBackMs, shown)
  return [...new Set([facts.call, ...rows.map((row) => row.call)])]
}

function waiting(db: Db): CallFacts[] {
  const sql = `${selectCalls} WHERE call.is_to_call_back = 1 ORDER BY call.offered_at DESC LIMIT ?`
  return prepared<CallColumns>(db, sql).all(read).map(callFactsOf)
}

/** What somebody is calling back just now. */
function calledBack(db: Db, now: number): CallFacts[] {
  const sql = `${selectCalls} WHERE call.follow_up = 'dihubungi' AND call.follow_up_at > ? LIMIT ?`
  const rows = prepared<CallColumns>(db, sql).all(now - calledBackMs, read)
  return rows.map(callFactsOf).filter(({ direction, answeredAt }) => direction === 'in' && answeredAt === null)
}

/** Numbers with two silent calls within a day, unless the newest one was followed up to the end. */
function silentAgain(db: Db, now: number): CallFacts[][] {
  const sql = `${selectCalls} WHERE call.class = 'GHOST' AND call.offered_at >= ? ORDER BY call.offered_at DESC LIMIT ?`
  const calls = prepared<CallColumns>(db, sql)
    .all(now - silentMs, read)
    .map(callFactsOf)
  const incoming = calls.filter(({ number, direction }) => number !== null && direction === 'in')
  return byNumber(incoming).filter((group) => group.length > 1 && group[0]?.followUp !== 'selesai')
}

/** Groups of one number, in the order of their first call. */
function byNumber(calls: readonly CallFacts[]): CallFacts[][] {
  const groups = new Map<string, CallFacts[]>()
  for (const call of calls) {
    const key = call.number ?? call.call
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [call])
    else group.push(call)
  }
  return [...groups.values()]
}

function rowOf(db: Db, kind: MissedCall['kind'], group: readonly CallFacts[]): MissedCall {
  const [newest] = group
  if (newest === undefined) throw new Error('a group has at least one call')
  const told = group.reduce((a, b) => ((b.followUpAt ?? 0) > (a.followUpAt ?? 0) ? b : a), newest)
  const { call, number, numberTrust, line, dialled, offeredAt, endedAt, endReason } = newest
  return {
    kind,
    call,
    number,
    numberTrust,
    line,
    dialled,
    offeredAt,
    waitedMs: Math.max(0, (endedAt ?? offeredAt) - offeredAt),
    endReason,
    count: group.length,
    followUp: told.followUp,
    by: told.followUpBy,
    followUpAt: told.followUpAt,
    others: othersOf(db, told),
    reachedAt: reachedAt(db, newest),
  }
}

/** Who else followed up the same call without knowing of it. */
function othersOf(db: Db, { call, followUpBy }: CallFacts): string[] {
  if (followUpBy === null) return []
  const heads = headsOf(db, `call:${call}`).get('followUp') ?? []
  return [...new Set(heads.map(({ by }) => by))].filter((by) => by !== followUpBy)
}

function reachedAt(db: Db, { number, offeredAt, endedAt }: CallFacts): number | null {
  if (number === null) return null
  const row = prepared<{ answered_at: number }>(
    db,
    `SELECT answered_at FROM call WHERE number = ? AND offered_at > ? AND answered_at IS NOT NULL
     ORDER BY offered_at DESC LIMIT 1`,
  ).get(number, endedAt ?? offeredAt)
  return row?.answered_at ?? null
}
