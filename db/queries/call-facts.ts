// Reads what is recorded of calls. What the exchange says right now is not here.
import type { CallClass, EndReason, FollowUp, NumberTrust, Source } from '#domain/call.ts'
import { callClasses, followUps } from '#domain/call.ts'
import type { CallId, IncidentId } from '#domain/id.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/** A recorded call. Times are UTC ms; `answeredOrigin` is the log of the desk that took it; location in 1e-7 degree and metres. */
export type CallFacts = {
  readonly call: CallId
  readonly bridge: string | null
  readonly line: string
  readonly dialled: string
  readonly direction: 'in' | 'out'
  readonly source: Source | null
  readonly number: string | null
  readonly numberTrust: NumberTrust
  readonly name: string | null
  readonly location: { readonly lat: number; readonly lon: number; readonly radiusM: number } | null
  readonly offeredAt: number
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly endReason: EndReason | null
  readonly answeredBy: string | null
  readonly answeredOrigin: string | null
  /** True while only an operator says that the call was answered, not yet the exchange. */
  readonly isClaim: boolean
  readonly class: CallClass | null
  readonly followUp: FollowUp
  readonly followUpBy: string | null
  readonly followUpAt: number | null
  readonly incident: { readonly incident: IncidentId; readonly label: string } | null
}

/** A row of table `call` with its incident, or the one that was merged into, and the label of that. */
export type CallColumns = {
  readonly call: CallId
  readonly bridge: string | null
  readonly line: string | null
  readonly dialled: string | null
  readonly direction: 'in' | 'out'
  readonly source: Source | null
  readonly number: string | null
  readonly number_trust: NumberTrust
  readonly name: string | null
  readonly lat: number | null
  readonly lon: number | null
  readonly radius_m: number | null
  readonly offered_at: number
  readonly answered_at: number | null
  readonly ended_at: number | null
  readonly end_reason: EndReason | null
  readonly answered_by: string | null
  readonly answered_origin: string | null
  readonly is_claim: number
  readonly class: string | null
  readonly follow_up: string | null
  readonly follow_up_by: string | null
  readonly follow_up_at: number | null
  readonly root: IncidentId | null
  readonly label: string | null
}

/** The columns of `CallColumns`, to be followed by a WHERE on `call`. */
export const selectCalls = `SELECT call.*, COALESCE(own.root, call.incident) AS root, shown.label FROM call
   LEFT JOIN incident AS own ON own.incident = call.incident
   LEFT JOIN incident AS shown ON shown.incident = COALESCE(own.root, own.incident)`

/** Facts out of a row. A class or follow-up of a newer program is shown as none. */
export function callFactsOf(row: CallColumns): CallFacts {
  const { lat, lon, radius_m } = row
  return {
    call: row.call,
    bridge: row.bridge,
    line: row.line ?? '',
    dialled: row.dialled ?? '',
    direction: row.direction,
    source: row.source,
    number: row.number,
    numberTrust: row.number_trust,
    name: row.name,
    location: lat === null || lon === null ? null : { lat, lon, radiusM: radius_m ?? 0 },
    offeredAt: row.offered_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    answeredBy: row.answered_by,
    answeredOrigin: row.answered_origin,
    isClaim: row.is_claim === 1,
    class: callClasses.find((known) => known === row.class) ?? null,
    followUp: followUps.find((known) => known === row.follow_up) ?? 'belum',
    followUpBy: row.follow_up_by,
    followUpAt: row.follow_up_at,
    incident: row.root === null ? null : { incident: row.root, label: row.label ?? '' },
  }
}

/** What is recorded of one call, or null while no op for it is known. */
export function callFacts(db: Db, call: CallId): CallFacts | null {
  const row = prepared<CallColumns>(db, `${selectCalls} WHERE call.call = ?`).get(call)
  return row === undefined ? null : callFactsOf(row)
}

/** Answered calls that nobody has classed, answered since `since` (UTC ms), the newest first. */
export function unclassedCalls(db: Db, facts: { readonly since: number; readonly limit: number }): CallFacts[] {
  const sql = `${selectCalls} WHERE call.class IS NULL AND call.direction = 'in' AND call.answered_at >= ? ORDER BY call.answered_at DESC LIMIT ?`
  return prepared<CallColumns>(db, sql).all(facts.since, facts.limit).map(callFactsOf)
}
