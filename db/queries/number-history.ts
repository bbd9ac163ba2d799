// Reads what is known of a caller's number while it rings.
import { junkClasses } from '#domain/call.ts'
import type { CallId, IncidentId } from '#domain/id.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/**
 * Counts of the last 30 days, `silent` of ghost calls in the last 24 h; `open` are the incidents on the board that this
 * number called about, the newest call first.
 */
export type NumberHistory = {
  readonly calls: number
  readonly junk: number
  readonly incidents: number
  readonly silent: number
  readonly open: { readonly incident: IncidentId; readonly label: string }[]
}

const daysMs = 30 * 86_400_000
/** A second silent call within this time raises attention. */
const silentMs = 86_400_000
/** A number that floods the centre is told apart long before this. */
const counted = 500

type Row = {
  readonly class: string | null
  readonly offered_at: number
  readonly root: IncidentId | null
  readonly label: string | null
  readonly is_on_board: number | null
}

/** History of a number before `now` (UTC ms), without the call `except`. Nothing is known of a withheld number. */
export function numberHistory(
  db: Db,
  facts: { readonly number: string | null; readonly now: number; readonly except: CallId | null },
): NumberHistory {
  if (facts.number === null) return { calls: 0, junk: 0, incidents: 0, silent: 0, open: [] }
  const rows = prepared<Row>(
    db,
    `SELECT call.class, call.offered_at, COALESCE(own.root, call.incident) AS root, shown.label, shown.is_on_board
     FROM call LEFT JOIN incident AS own ON own.incident = call.incident
     LEFT JOIN incident AS shown ON shown.incident = COALESCE(own.root, own.incident)
     WHERE call.number = ? AND call.direction = 'in' AND call.offered_at >= ? AND call.call <> ? ORDER BY call.offered_at DESC LIMIT ?`,
  ).all(facts.number, facts.now - daysMs, facts.except ?? '', counted)
  const incidents = new Map(rows.flatMap((row) => (row.root === null ? [] : [[row.root, row] as const])))
  return {
    calls: rows.length,
    junk: rows.filter((row) => (junkClasses as readonly (string | null)[]).includes(row.class)).length,
    incidents: incidents.size,
    silent: rows.filter((row) => row.class === 'GHOST' && row.offered_at >= facts.now - silentMs).length,
    open: [...incidents].flatMap(([incident, { is_on_board, label }]) =>
      is_on_board === 1 && label !== null ? [{ incident, label }] : [],
    ),
  }
}
