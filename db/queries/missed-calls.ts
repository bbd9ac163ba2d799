// Reads the calls that nobody answered and nobody has called back.
import type { EndReason, FollowUp, NumberTrust } from '#domain/call.ts'
import type { CallId } from '#domain/id.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { CallColumns } from './call-facts.ts'
import { callFactsOf, selectCalls } from './call-facts.ts'

/** `by` is who followed up last. */
export type MissedCall = {
  readonly call: CallId
  readonly number: string | null
  readonly numberTrust: NumberTrust
  readonly line: string
  readonly dialled: string
  readonly offeredAt: number
  readonly waitedMs: number
  readonly endReason: EndReason | null
  readonly followUp: FollowUp
  readonly by: string | null
}

/** Nobody reads further; counting on would cost more with every call that is left open. */
const counted = 1000

/** The newest 50, and how many there are (at most 1,000). */
export function missedCalls(db: Db): { readonly total: number; readonly rows: MissedCall[] } {
  const total = prepared<{ total: number }>(
    db,
    'SELECT count(*) AS total FROM (SELECT 1 FROM call WHERE is_to_call_back = 1 LIMIT ?)',
  ).get(counted)
  const rows = prepared<CallColumns>(
    db,
    `${selectCalls} WHERE call.is_to_call_back = 1 ORDER BY call.offered_at DESC LIMIT 50`,
  ).all()
  return { total: total?.total ?? 0, rows: rows.map(missedCall) }
}

function missedCall(row: CallColumns): MissedCall {
  const facts = callFactsOf(row)
  const { call, number, numberTrust, line, dialled, offeredAt, endedAt, endReason, followUp, followUpBy } = facts
  const waitedMs = Math.max(0, (endedAt ?? offeredAt) - offeredAt)
  return { call, number, numberTrust, line, dialled, offeredAt, waitedMs, endReason, followUp, by: followUpBy }
}
