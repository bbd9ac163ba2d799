// State made again in slices ends as a rebuild of everything does, whatever rows were there, whatever came meanwhile, wherever it was killed.
import fc from 'fast-check'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isFault } from '#domain/fault.ts'
import { buildFixture } from '../fixture/build.ts'
import { appendOwn, type OwnOp } from '../log/append.ts'
import type { Log } from '../log/log.ts'
import { parkOp } from '../log/insert.ts'
import { aggregates, opsOn } from '../log/stored-op.ts'
import { openDatabase, transact, type Db } from '../open.ts'
import { isStateOutdated, rebuildAll } from './rebuild.ts'
import type { Renewal } from './renewal.ts'
import { sampleKey, startMs } from './samples.ts'
import { stateHash } from './state-hash.ts'
import { stateTables } from './state-tables.ts'
import { openRenewed } from './understanding.ts'

const folder = mkdtempSync(join(tmpdir(), 'm112-renewal-'))
const years = join(folder, 'years.db')
const site = 'uji'
const options = { site, member: 'B', clock: { now: () => startMs } }
const migrations = join(import.meta.dirname, '../migrations')
buildFixture({ file: years, key: sampleKey, migrations, incidents: 330, seed: 112, endMs: startMs, site, member: 'B' })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let copies = 0
/** A desk with some years of work, its rows made by older rules. */
function outdated(): Db {
  const file = join(folder, `copy-${(copies += 1)}.db`)
  copyFileSync(years, file)
  const db = openDatabase({ file, key: sampleKey })
  db.pragma('synchronous = OFF')
  db.exec('UPDATE state_rules SET version = 0')
  return db
}

const allOf = (db: Db, sql: string): string[] => db.prepare(sql).pluck().all() as string[]

/** What the rules make of all ops, in one go. */
function rebuilt(db: Db): string {
  db.exec('BEGIN')
  expect(rebuildAll(db, aggregates(db), opsOn)).toEqual([])
  const hash = stateHash(db)
  db.exec('ROLLBACK')
  return hash
}

function record(log: Log, ops: readonly OwnOp[]): void {
  transact(log.db, () => {
    const stored = appendOwn(log, ops)
    if (isFault(stored)) throw new Error(stored.fault)
    for (const op of stored) expect(log.understanding.apply(log.db, op)).toBe('applied')
    log.understanding.derive(log.db)
  })
}

const who = { by: 'siti', session: 'system' }

/** Something about any incident or relay, old or open, or about a new incident. */
function anything(db: Db, what: number, n: number): OwnOp {
  const incidents = allOf(db, 'SELECT DISTINCT incident FROM incident_opened ORDER BY incident')
  const relays = allOf(db, 'SELECT DISTINCT relay FROM relay_card ORDER BY relay')
  const incident =
    incidents[n % Math.max(1, incidents.length)] ?? `0193a1f0-7c00-7000-8001-${String(n).padStart(12, '0')}`
  const on = `incident:${incident}`
  if (what === 0) return { ...who, kind: 'NoteAdded', on, body: {}, personal: { text: `catatan ${n}` } }
  if (what === 1) return { ...who, kind: 'IncidentFieldSet', on, body: { field: 'priority', over: [], value: 'P1' } }
  if (what === 2 && relays.length > 0) {
    const relay = relays[n % relays.length] ?? ''
    return { ...who, kind: 'RelayStepped', on: `relay:${relay}`, body: { step: 'onScene' } }
  }
  const id = `01a${String(n % 10)}a1f0-7c00-7000-8001-${String(n).padStart(12, '0')}`
  return { ...who, kind: 'IncidentOpened', on: `incident:${id}`, body: { label: `241126-B9${n % 90}` } }
}

/** Rows as older rules, or a fault of theirs, might have left them. */
function spoil(db: Db, kind: number, n: number): void {
  const table = stateTables[n % stateTables.length] ?? 'note'
  if (kind === 0) db.exec(`DELETE FROM ${table}`)
  if (kind === 1)
    db.exec(
      `UPDATE relay SET alarm_since = 5, step = 'told', incident = NULL WHERE relay < (SELECT max(relay) FROM relay)`,
    )
  if (kind === 2) db.exec(`UPDATE incident SET is_on_board = 0, has_news = 1`)
  if (kind === 3)
    db.exec(
      `INSERT OR IGNORE INTO note (incident, op, at, time, by, origin, seq, text)
       SELECT 'incident-of-nobody', op, at, time, by, origin, seq, text FROM note LIMIT 1`,
    )
  if (kind === 4) db.exec(`UPDATE OR IGNORE call SET call = 'call-of-nobody' WHERE call = (SELECT max(call) FROM call)`)
}

/** One slice of one piece. */
const least = (renewal: Renewal, times: number): boolean => {
  for (let n = 0; n < times; n += 1) if (renewal.slice(0)) return true
  return false
}

test('in slices, with work in between and killed at any of them, it ends as a rebuild of everything', () => {
  const run = fc.record({
    spoilt: fc.array(fc.tuple(fc.nat(4), fc.nat(30)), { maxLength: 3 }),
    steps: fc.array(fc.record({ slices: fc.nat(150), what: fc.nat(3), n: fc.nat(2000), isKilled: fc.boolean() }), {
      maxLength: 5,
    }),
  })
  fc.assert(
    fc.property(run, ({ spoilt, steps }) => {
      const db = outdated()
      for (const [kind, n] of spoilt) spoil(db, kind, n)
      let { log, renewal } = openRenewed(db, options)
      for (const { slices, what, n, isKilled } of steps) {
        least(renewal, slices)
        record(log, [anything(db, what, n)])
        if (!isKilled || !renewal.isPending()) continue
        const { share, phase } = { share: renewal.share(), phase: renewal.phase() }
        ;({ log, renewal } = openRenewed(db, options))
        expect({ share: renewal.share(), phase: renewal.phase() }).toEqual({ share, phase })
      }
      while (!renewal.slice(50)) expect(renewal.share()).toBeLessThan(1)
      expect(renewal.isPending()).toBe(false)
      expect(isStateOutdated(db)).toBe(false)
      expect(stateHash(db)).toBe(rebuilt(db))
      db.close()
    }),
    { numRuns: 6, endOnFailure: true },
  )
}, 120_000)

test('what is on the board comes first, with its relays, reports and calls', () => {
  const db = outdated()
  db.exec(`UPDATE incident SET status = 'old'; UPDATE relay SET person = 'old'; UPDATE call SET line = 'old'`)
  const { renewal } = openRenewed(db, options)
  while (renewal.phase() === 'open') renewal.slice(0)
  expect(renewal.phase()).toBe('walk')
  expect(allOf(db, `SELECT status FROM incident WHERE is_on_board = 1 AND status = 'old'`)).toEqual([])
  const of = 'incident IN (SELECT incident FROM incident WHERE is_on_board = 1)'
  expect(allOf(db, `SELECT relay FROM relay WHERE person = 'old' AND ${of}`)).toEqual([])
  expect(allOf(db, `SELECT call FROM call WHERE line = 'old' AND ${of}`)).toEqual([])
  expect(allOf(db, `SELECT status FROM incident WHERE status = 'old'`).length).toBeGreaterThan(0)
  db.close()
})

test('what somebody records about is renewed at once, before its turn', () => {
  const db = outdated()
  const { log, renewal } = openRenewed(db, options)
  while (renewal.phase() === 'open') renewal.slice(0)
  const [old] = allOf(db, 'SELECT incident FROM incident WHERE is_on_board = 0 ORDER BY incident LIMIT 1')
  db.exec(`UPDATE incident_opened SET label = 'old' WHERE incident = '${old}'`)
  record(log, [{ ...who, kind: 'NoteAdded', on: `incident:${old}`, body: {}, personal: { text: 'susulan' } }])
  expect(allOf(db, `SELECT label FROM incident WHERE incident = '${old}'`)).not.toEqual(['old'])
  expect(renewal.phase()).toBe('walk')
  db.close()
})

test('an op that was parked by older rules and is understood now counts at the end', () => {
  const db = outdated()
  const expected = rebuilt(db)
  for (const hash of allOf(db, `SELECT lower(hex(hash)) FROM op WHERE kind = 'NoteAdded' LIMIT 40`)) {
    parkOp(db, hash, 'unknown_kind')
  }
  expect(rebuilt(db)).not.toBe(expected)
  const { renewal } = openRenewed(db, options)
  while (!renewal.slice(5)) continue
  expect(allOf(db, `SELECT kind FROM op WHERE standing = 'parked'`)).toEqual([])
  expect(stateHash(db)).toBe(expected)
  db.close()
})
