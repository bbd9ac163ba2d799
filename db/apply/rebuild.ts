// Makes rows again from ops: of one aggregate when its personal parts came or went, of everything after an upgrade. It must not read the log itself.
import type { ParkedReason } from '#log/op.ts'
import type { Db } from '../open.ts'
import { attempt, prepared, transact } from '../open.ts'
import { applyOp } from './apply.ts'
import type { Touched } from './derive.ts'
import { deriveTouched, incidentsOfReport } from './derive.ts'
import type { AppliedOp } from './fact.ts'
import { splitAggregate } from './fact.ts'
import { emptyFindIndex, indexIncident } from './find-index.ts'
import type { FactKind } from './state-tables.ts'
import { factTables, sharedTables, stateTables } from './state-tables.ts'

/** Version of the rules of apply and derive. Raise it with every new kind and every change that gives other rows for the same ops. */
export const rulesVersion = 13

/** All ops that count on one aggregate, in the order (at, id), each id once. */
export type OpsOn = (db: Db, aggregate: string) => Iterable<AppliedOp>

/** An op that could be applied once but cannot any more, and why; its log parks it. */
export type NewlyParked = { readonly hash: string; readonly reason: ParkedReason }

const rebuilds = new WeakMap<Db, number>()

/** How often rows were made again here: whoever keeps something made from rows forgets it when this changes. */
export function rebuildCount(db: Db): number {
  return rebuilds.get(db) ?? 0
}

/** Drops the rows of one aggregate and applies its ops again, in one transaction. */
export function rebuild(db: Db, aggregate: string, opsOn: OpsOn): NewlyParked[] {
  rebuilds.set(db, rebuildCount(db) + 1)
  return transact(db, () => {
    const touched: Touched = new Set([aggregate])
    const { kind, id } = splitAggregate(aggregate)
    // What depended on the old rows is derived too. A relay remembers its incident in its derived row.
    if (kind === 'report') for (const incident of incidentsOfReport(db, id)) touched.add(`incident:${incident}`)
    dropFacts(db, aggregate)
    const parked = applyAll(db, opsOn(db, aggregate), touched)
    deriveAndIndex(db, touched)
    return parked
  })
}

/** Empties the state and makes it again from all ops, in one transaction. */
export function rebuildAll(db: Db, aggregates: Iterable<string>, opsOn: OpsOn): NewlyParked[] {
  rebuilds.set(db, rebuildCount(db) + 1)
  return transact(db, () => {
    for (const table of stateTables) prepared(db, `DELETE FROM ${table}`).run()
    emptyFindIndex(db)
    const parked: NewlyParked[] = []
    const touched: Touched = new Set()
    for (const aggregate of aggregates) {
      parked.push(...applyAll(db, opsOn(db, aggregate), touched))
      if (touched.size >= 1000) deriveAndIndex(db, touched)
    }
    deriveAndIndex(db, touched)
    setRulesVersion(db)
    return parked
  })
}

/** True when the rows were made by other rules than these, and `rebuildAll` is due. */
export function isStateOutdated(db: Db): boolean {
  const row = prepared<{ version: number }>(db, 'SELECT version FROM state_rules WHERE one = 1').get()
  return row?.version !== rulesVersion
}

/** Says that the rows are made by these rules. */
export function setRulesVersion(db: Db): void {
  prepared(
    db,
    'INSERT INTO state_rules (one, version) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET version = excluded.version',
  ).run(rulesVersion)
}

/** No new op tells the index of what is made again, and what was erased must leave it in this transaction. */
function deriveAndIndex(db: Db, touched: Touched): void {
  for (const incident of deriveTouched(db, touched)) indexIncident(db, incident)
}

function dropFacts(db: Db, aggregate: string): void {
  const { kind, id } = splitAggregate(aggregate)
  for (const table of sharedTables) prepared(db, `DELETE FROM ${table} WHERE aggregate = ?`).run(aggregate)
  if (!Object.hasOwn(factTables, kind)) return
  for (const table of factTables[kind as FactKind]) {
    prepared(db, `DELETE FROM ${table} WHERE ${kind} = ?`).run(id)
  }
}

/** One op that fails does not take the others with it. */
function applyAll(db: Db, ops: Iterable<AppliedOp>, touched: Touched): NewlyParked[] {
  const parked: NewlyParked[] = []
  for (const op of ops) {
    const done = attempt(db, () => applyOp(db, op, touched))
    if ('error' in done) parked.push({ hash: op.hash, reason: 'apply_failed' })
    else if (!done.value.ok) parked.push({ hash: op.hash, reason: done.value.parked })
  }
  return parked
}
