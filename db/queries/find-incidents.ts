// Finds incidents again, open and closed, by the words of their index, the newest first. One-shot: it must never be watched.
import type { FindTerm } from '#domain/find-incident.ts'
import type { IncidentId } from '#domain/id.ts'
import type { Disposition, IncidentStatus, Priority } from '#domain/incident.ts'
import { docsPerMs } from '../apply/find-index.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { RecordState } from './record-state.ts'
import { activityOf, recordStates } from './record-state.ts'

export type FoundIncident = {
  readonly incident: IncidentId
  readonly label: string
  readonly priority: Priority | null
  readonly type: string | null
  readonly village: string | null
  readonly landmark: string | null
  readonly status: IncidentStatus
  readonly disposition: Disposition | null
  readonly openedAt: number
  readonly by: string
  /** When it was typed from paper; null = recorded as it happened. */
  readonly typedAt: number | null
  readonly lastNote: string | null
  readonly reports: number
  readonly recordState: RecordState
}
export type Found = {
  readonly rows: FoundIncident[]
  /** Cites the next page, null after the last. */ readonly next: number | null
}

export type FindIncidents = {
  /** All of them must fit. */
  readonly terms: readonly FindTerm[]
  readonly state: 'all' | 'open' | 'closed'
  /** Opened at or after, and before; UTC ms. */
  readonly from: number | null
  readonly to: number | null
  /** `next` of the page before, null for the first page. */
  readonly after: number | null
  readonly limit: number
}

const columns = `i.incident, i.label, i.priority, i.type, i.village, i.landmark, i.status, i.disposition,
  i.opened_at AS openedAt, i.opened_by AS by, i.typed_at AS typedAt, i.last_note AS lastNote, i.report_count AS reports, i.activity, d.doc`
type Row = Omit<FoundIncident, 'recordState'> & { readonly activity: string; readonly doc: number }

/** A page of what fits. Without words the newest come first in the same way. */
export function findIncidents(db: Db, asked: FindIncidents): Found {
  const { sql, values } = statement(asked)
  const rows = prepared<Row>(db, sql).all(...values)
  const stateOf = recordStates(db)
  const page = rows.slice(0, asked.limit)
  return {
    rows: page.map(({ activity, doc: _doc, ...row }) => ({ ...row, recordState: stateOf(activityOf({ activity })) })),
    next: rows.length > asked.limit ? (page.at(-1)?.doc ?? null) : null,
  }
}

function statement({ terms, state, from, to, after, limit }: FindIncidents): { sql: string; values: unknown[] } {
  const lowest = from === null ? 0 : from * docsPerMs
  const below = Math.min(to === null ? Number.MAX_SAFE_INTEGER : to * docsPerMs, after ?? Number.MAX_SAFE_INTEGER)
  const range = [lowest, below]
  if (terms.length > 0) {
    const fits = state === 'all' ? '' : `AND i.is_on_board = ${state === 'open' ? 1 : 0}`
    return {
      sql: `SELECT ${columns} FROM incident_index x CROSS JOIN incident_text d ON d.doc = x.rowid
        CROSS JOIN incident i ON i.incident = d.incident
        WHERE incident_index MATCH ? AND x.rowid >= ? AND x.rowid < ? ${fits} ORDER BY x.rowid DESC LIMIT ?`,
      values: [matchText(terms), ...range, limit + 1],
    }
  }
  // The open ones are few, and may all be old.
  if (state === 'open') {
    return {
      sql: `SELECT ${columns} FROM incident i INDEXED BY incident_board CROSS JOIN incident_text d ON d.incident = i.incident
        WHERE i.is_on_board = 1 AND d.doc >= ? AND d.doc < ? ORDER BY d.doc DESC LIMIT ?`,
      values: [...range, limit + 1],
    }
  }
  const fits = state === 'all' ? '' : 'AND i.is_on_board = 0'
  return {
    sql: `SELECT ${columns} FROM incident_text d CROSS JOIN incident i ON i.incident = d.incident
      WHERE d.doc >= ? AND d.doc < ? ${fits} ORDER BY d.doc DESC LIMIT ?`,
    values: [...range, limit + 1],
  }
}

/** Words are letters and digits only, so quotes cannot end early. */
function matchText(terms: readonly FindTerm[]): string {
  // One or two letters begin too many words to say anything: they must be the whole word.
  const start = (word: string): string => `"${word.replaceAll('"', '')}"${word.length < 3 ? '' : '*'}`
  const oneOf = (words: FindTerm): string => words.map(start).join(' OR ')
  return terms.map((words) => `(${oneOf(words)})`).join(' AND ')
}
