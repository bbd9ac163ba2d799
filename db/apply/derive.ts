// Makes the derived rows of everything a transaction touched, once, before its commit. It must read rows only, never ops or a clock.
import { assertNever } from '#domain/fault.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { deriveBlock } from './block.ts'
import { deriveCall } from './derive-call.ts'
import { deriveIncidents } from './derive-incident.ts'
import { deriveRelay } from './derive-relay.ts'
import { splitAggregate } from './fact.ts'

/** Aggregates ("incident:uuid") whose facts changed in this transaction. */
export type Touched = Set<string>

type DerivedKind = 'call' | 'incident' | 'relay' | 'report' | 'block'
const derivedKinds: readonly string[] = ['call', 'incident', 'relay', 'report', 'block'] satisfies DerivedKind[]

/**
 * Derives what was touched and what depends on it, and empties `touched`. Runs inside the transaction that applied the ops.
 * Gives the incidents that were derived.
 */
export function deriveTouched(db: Db, touched: Touched): ReadonlySet<string> {
  const incidents = new Set<string>()
  for (const aggregate of touched) {
    const { kind, id } = splitAggregate(aggregate)
    if (!derivedKinds.includes(kind)) continue
    for (const incident of deriveOne(db, kind as DerivedKind, id)) incidents.add(incident)
  }
  // Last, because an incident reads the rows of its relays.
  deriveIncidents(db, incidents)
  touched.clear()
  return incidents
}

/** Derives one aggregate, except incidents, and gives the incidents that depend on it. */
function deriveOne(db: Db, kind: DerivedKind, id: string): readonly string[] {
  switch (kind) {
    case 'call':
      deriveCall(db, id)
      return []
    case 'block':
      deriveBlock(db, id)
      return []
    case 'relay':
      return deriveRelay(db, id)
    case 'report':
      return incidentsOfReport(db, id)
    case 'incident':
      return [id]
    default:
      return assertNever(kind)
  }
}

/** The incidents that a report was added to: one, unless two desks made the same report for different ones. */
export function incidentsOfReport(db: Db, report: string): string[] {
  const rows = prepared<{ incident: string }>(db, 'SELECT incident FROM report_added WHERE report = ?').all(report)
  return rows.map((row) => row.incident)
}
