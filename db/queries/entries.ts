// Reads whether an entry was struck, and what was recorded after it: what an undo must know. It must not decide.
import type { OpId, RelayId, ReportId } from '#domain/id.ts'
import { recordedSteps } from '#domain/relay.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/** True when an entry on an aggregate ("relay:uuid") counts no more. */
export function isStruck(db: Db, aggregate: string, entry: OpId): boolean {
  const sql = 'SELECT 1 FROM entry_strike WHERE aggregate = ? AND entry = ? LIMIT 1'
  return prepared(db, sql).get(aggregate, entry) !== undefined
}

/** True when somebody recorded a further step of a relay after an entry on it, and it counts. */
export function hasStepAfter(db: Db, relay: RelayId, entry: OpId): boolean {
  const events = prepared<{ op: OpId; kind: string; at: string; card: string | null }>(
    db,
    'SELECT op, kind, at, card FROM relay_event WHERE relay = ?',
  ).all(relay)
  const own = events.find(({ op }) => op === entry)
  const isStep = (kind: string): boolean => (recordedSteps as readonly string[]).includes(kind)
  return events.some(
    ({ op, kind, at, card }) =>
      own !== undefined && card === null && isStep(kind) && at > own.at && !isStruck(db, `relay:${relay}`, op),
  )
}

/** The logs that set a field of a report. */
export function writersOfReport(db: Db, report: ReportId): string[] {
  const sql = 'SELECT DISTINCT origin FROM field_set WHERE aggregate = ? AND origin IS NOT NULL'
  return prepared<{ origin: string }>(db, sql)
    .all(`report:${report}`)
    .map(({ origin }) => origin)
}
