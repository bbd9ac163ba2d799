// Reads what operators said of themselves. It judges nothing: when a state ends by itself is a rule of the domain.
import { notReadyReasons, operatorStates, type NotReadyReason, type OperatorState } from '#domain/operator-state.ts'
import { compareFacts } from '../apply/fact.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/** The newest state of a desk; `since` is true time (UTC ms), `call` the one that is written up. */
export type DeskState = {
  readonly state: OperatorState | 'out'
  readonly since: number
  readonly by: string
  readonly reason: NotReadyReason | null
  readonly text: string | null
  readonly call: string | null
}

type Row = Omit<DeskState, 'state' | 'reason'> & { readonly state: string; readonly reason: string | null }

/** What was taken back counts no more. */
const counts = `NOT EXISTS (SELECT 1 FROM entry_strike s
  WHERE s.aggregate = 'session:' || operator_state.session AND s.entry = operator_state.op)`

/** What was said last in a session; null when nothing was. */
export function sessionState(db: Db, session: string): DeskState | null {
  const rows = prepared<Row & { readonly at: string; readonly op: string }>(
    db,
    `SELECT state, time AS since, by, reason, text, call, at, op FROM operator_state WHERE session = ? AND ${counts}`,
  ).all(session)
  return stateOf(rows.sort(compareFacts).at(-1))
}

/** How a desk is staffed by what its log said last; null when it never said anything. */
export function deskState(db: Db, origin: string): DeskState | null {
  const row = prepared<Row>(
    db,
    `SELECT state, time AS since, by, reason, text, call FROM operator_state WHERE origin = ? AND ${counts}
     ORDER BY at DESC, op DESC LIMIT 1`,
  ).get(origin)
  return stateOf(row)
}

function stateOf(row: Row | undefined): DeskState | null {
  if (row === undefined) return null
  // A state of a newer program that we do not know counts as ready: nobody's call may stay silent for it.
  const state = row.state === 'out' ? 'out' : (operatorStates.find((known) => known === row.state) ?? 'ready')
  const { since, by, text, call } = row
  return { since, by, text, call, state, reason: notReadyReasons.find((known) => known === row.reason) ?? null }
}

/** The log that each member writes now, by the member's name. */
export function deskOrigins(db: Db): ReadonlyMap<string, string> {
  const rows = prepared<{ origin: string }>(db, 'SELECT DISTINCT origin FROM log').all()
  const newest = new Map<string, { origin: string; at: string }>()
  for (const { origin } of rows) {
    const member = origin.slice(0, origin.indexOf('.'))
    const last = prepared<{ at: string }>(
      db,
      'SELECT at FROM operator_state WHERE origin = ? ORDER BY at DESC, op DESC LIMIT 1',
    ).get(origin)
    const known = newest.get(member)
    if (last !== undefined && (known === undefined || last.at > known.at)) newest.set(member, { origin, at: last.at })
  }
  return new Map([...newest].map(([member, { origin }]) => [member, origin]))
}
