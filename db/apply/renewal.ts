// Makes the state again after an update that changed the rules, in slices between which the desk works. It must not know why it waits.
import { assertNever } from '#domain/fault.ts'
import type { Db } from '../open.ts'
import { prepared, transactUnsynced } from '../open.ts'
import { splitAggregate } from './fact.ts'
import type { NewlyParked, OpsOn } from './rebuild.ts'
import { isStateOutdated, rebuild, rulesVersion, setRulesVersion } from './rebuild.ts'
import { factTables, linkTable, sharedTables, stateTables } from './state-tables.ts'

/** What renewing needs of the log: it must not read it itself. */
export type RenewalFacts = {
  readonly db: Db
  readonly opsOn: OpsOn
  /** The last aggregate before this one, in the order of their texts, that has an op that counts. */
  readonly aggregateBefore: (db: Db, aggregate: string) => string | undefined
  readonly hasOps: (db: Db, aggregate: string) => boolean
  /** How many ops the log holds, about. */
  readonly opCount: (db: Db) => number
  readonly park: (db: Db, ops: readonly NewlyParked[]) => void
  /** Called in the last slice: what was not understood before may be now. */
  readonly retryParked: () => void
}

type Row = { version: number; phase: 'open' | 'walk' | 'sweep'; at: string; op_count: number }

/** Comes after every text. */
const end = '\u{10FFFF}'

/**
 * One renewal, from the start that finds the rows outdated to the slice that ends it; a kill in between loses one slice at
 * most. Until its turn comes an aggregate keeps the rows that the old rules made, unless somebody records something about it.
 */
export class Renewal {
  readonly #facts: RenewalFacts
  #row: Row | null
  /** Made again out of turn in this run. After a rolled-back transaction one may be named too many; its turn comes all the same. */
  readonly #early = new Set<string>()

  constructor(facts: RenewalFacts) {
    this.#facts = facts
    this.#row = isStateOutdated(facts.db) ? begun(facts.db) : null
  }

  isPending(): boolean {
    return this.#row !== null
  }

  /** How much is done, 0 to 1. */
  share(): number {
    if (this.#row === null) return 1
    return Math.min(0.99, this.#row.op_count / Math.max(1, this.#facts.opCount(this.#facts.db)))
  }

  /** What is under way: 'open' while what is on the board has rows of the old rules; null when nothing is. */
  phase(): 'open' | 'walk' | 'sweep' | null {
    return this.#row?.phase ?? null
  }

  /**
   * Somebody records something about this aggregate: its rows, and those of what belongs to it, are made now unless they
   * are already. Runs inside the caller's transaction.
   */
  ensure(aggregate: string): void {
    const row = this.#row
    if (row === null || this.#early.has(aggregate)) return
    if (row.phase === 'sweep' || (row.phase === 'walk' && aggregate >= row.at)) return
    const { db } = this.#facts
    for (const part of [aggregate, ...partsOf(db, aggregate)]) {
      this.#early.add(part)
      this.#renew(part)
    }
  }

  /** Works for about `ms` in one transaction. Gives true when nothing is left to do. */
  slice(ms: number): boolean {
    const { db } = this.#facts
    const row = this.#row
    if (row === null) return true
    const next = { ...row }
    const until = performance.now() + ms
    try {
      transactUnsynced(db, () => {
        while (this.#row !== null && this.#step(next) && performance.now() < until) continue
        if (this.#row !== null) keep(db, next)
      })
      if (this.#row !== null) this.#row = next
      return this.#row === null
    } catch (error) {
      this.#row = row
      throw error
    }
  }

  /** Does the next piece and moves `next` on; gives false after the last one. */
  #step(next: Row): boolean {
    switch (next.phase) {
      case 'open':
        return this.#stepOpen(next)
      case 'walk':
        return this.#stepWalk(next)
      case 'sweep':
        return this.#stepSweep(next)
      default:
        return assertNever(next.phase)
    }
  }

  #stepOpen(next: Row): true {
    const { db } = this.#facts
    const incident = onBoardBefore(db, next.at)
    if (incident === undefined) return moveOn(next, 'walk', end)
    const aggregate = `incident:${incident}`
    for (const part of [aggregate, ...partsOf(db, aggregate)]) this.#renew(part)
    next.at = incident
    return true
  }

  #stepWalk(next: Row): true {
    const aggregate = this.#facts.aggregateBefore(this.#facts.db, next.at)
    if (aggregate === undefined) return moveOn(next, 'sweep', '')
    next.op_count += this.#renew(aggregate)
    next.at = aggregate
    return true
  }

  /** Rows that no op speaks for: the old rules made them of what the new ones do not count. */
  #stepSweep(next: Row): boolean {
    const { db, hasOps } = this.#facts
    const found = rowAfter(db, next.at)
    if (found === undefined) return this.#finish()
    if (!hasOps(db, found.aggregate)) this.#renew(found.aggregate)
    next.at = found.at
    return true
  }

  #finish(): false {
    const { db, retryParked } = this.#facts
    setRulesVersion(db)
    prepared(db, 'DELETE FROM renewal').run()
    this.#row = null
    retryParked()
    return false
  }

  /** Gives how many ops were applied again. */
  #renew(aggregate: string): number {
    const { db, opsOn, park } = this.#facts
    let count = 0
    const counted: OpsOn = (from, on) => {
      const ops = [...opsOn(from, on)]
      count = ops.length
      return ops
    }
    park(db, rebuild(db, aggregate, counted))
    return count
  }
}

function moveOn(row: Row, phase: Row['phase'], at: string): true {
  row.phase = phase
  row.at = at
  return true
}

/** Where an earlier run stopped, or the beginning: also when the rules changed again meanwhile. Writes nothing. */
function begun(db: Db): Row {
  const row = prepared<Row>(db, 'SELECT version, phase, at, op_count FROM renewal').get()
  return row?.version === rulesVersion ? row : { version: rulesVersion, phase: 'open', at: end, op_count: 0 }
}

function keep(db: Db, row: Row): void {
  prepared(
    db,
    `INSERT INTO renewal (one, version, phase, at, op_count) VALUES (1, ?, ?, ?, ?) ON CONFLICT (one) DO UPDATE
     SET version = excluded.version, phase = excluded.phase, at = excluded.at, op_count = excluded.op_count`,
  ).run(row.version, row.phase, row.at, row.op_count)
}

/** The newest incident on the board that is older than this one. */
function onBoardBefore(db: Db, incident: string): string | undefined {
  const sql = 'SELECT max(incident) AS incident FROM incident WHERE is_on_board = 1 AND incident < ?'
  return prepared<{ incident: string | null }>(db, sql).get(incident)?.incident ?? undefined
}

const partQueries = [
  `SELECT 'relay:' || relay AS part FROM relay WHERE incident = ?`,
  `SELECT 'report:' || report AS part FROM report_added WHERE incident = ?`,
  `SELECT 'call:' || call AS part FROM call WHERE incident = ?`,
]

/** What belongs to an incident: its relays, reports and calls. Nothing for other aggregates. */
function partsOf(db: Db, aggregate: string): string[] {
  const { kind, id } = splitAggregate(aggregate)
  if (kind !== 'incident') return []
  return partQueries.flatMap((sql) => prepared<{ part: string }>(db, sql).all(id)).map(({ part }) => part)
}

/** The aggregate whose row comes next; `at` is "table id", the tables in their order. */
function rowAfter(db: Db, at: string): { readonly at: string; readonly aggregate: string } | undefined {
  const space = at.indexOf(' ')
  const first = Math.max(0, stateTables.indexOf(at.slice(0, Math.max(0, space))))
  for (const [place, table] of stateTables.slice(first).entries()) {
    const column = ownerColumn(table)
    const sql = `SELECT ${column} AS id FROM ${table} WHERE ${column} > ? ORDER BY ${column} LIMIT 1`
    const row = prepared<{ id: string }>(db, sql).get(place === 0 ? at.slice(space + 1) : '')
    if (row !== undefined) {
      const aggregate = sharedTables.includes(table) ? row.id : `${column}:${row.id}`
      return { at: `${table} ${row.id}`, aggregate }
    }
  }
  return undefined
}

/** The first column of a table: the id of the aggregate that owns the row. */
function ownerColumn(table: string): string {
  if (table === linkTable) return 'incident'
  const fact = Object.entries(factTables).find(([, tables]) => (tables as readonly string[]).includes(table))
  return sharedTables.includes(table) ? 'aggregate' : (fact?.[0] ?? table)
}
