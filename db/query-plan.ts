// Judges how SQLite would run a statement, for tests: what searches stays fast with 200,000 incidents, what scans does not.
import type Database from 'better-sqlite3'
import type { Db } from './open.ts'

/** Tables that stay small however long a desk works, and two that are swept once when the program starts. */
const small = [
  'operator_set',
  'own_key',
  'log',
  'log_alarm',
  'login',
  'sync',
  'member_list',
  'migration',
  'renewal',
  'desk_session',
  'own_action',
  'sqlite_master',
  'renewal',
]
const swept = ['command_reply', 'seen_call']
/** Indexes that hold only what is open, waits or is wrong. */
const openOnly = [
  'incident_board',
  'call_to_call_back',
  'block_requested',
  'relay_alarm',
  'seen_call_open',
  'op_missing',
  'op_parked',
  'incident_umbrella',
]

/** The lines of a statement's plan that scan, sort or group a table that grows. */
export function costlyLines(db: Db, sql: string): string[] {
  if (!/^\s*(SELECT|INSERT|UPDATE|DELETE)/i.test(sql)) return []
  const values = Array<null>(sql.split('?').length - 1).fill(null)
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { readonly detail: string }[]
  const lines = plan.map((row) => row.detail)
  const costly = lines.filter((line) => line.startsWith('SCAN') && !isSmallScan(line))
  // Sorting a small table is no matter; sorting what a search found may be all of a table that grows.
  const isSmall = lines.every((line) => !line.startsWith('SEARCH') || isOfSmallTable(line))
  return isSmall ? costly : [...costly, ...lines.filter((line) => line.includes('TEMP B-TREE'))]
}

function isOfSmallTable(line: string): boolean {
  const [, table = ''] = /^(?:SCAN|SEARCH) (\S+)/.exec(line) ?? []
  return small.includes(table)
}

function isSmallScan(line: string): boolean {
  // A full-text match: "M" is the word that is looked up.
  if (/^SCAN \w+ VIRTUAL TABLE INDEX \d+:M/.test(line)) return true
  const [, table = '', index] = /^SCAN (\S+)(?: USING (?:COVERING )?INDEX (\w+))?$/.exec(line) ?? []
  return (
    small.includes(table) || swept.includes(table) || table.startsWith('(subquery') || openOnly.includes(index ?? '')
  )
}

type Prepare = (this: Database.Database, sql: string) => Database.Statement

/** Every statement that `work` prepares on any connection, in order of first use. */
export async function statementsOf(prototype: Database.Database, work: () => unknown): Promise<string[]> {
  const texts = new Set<string>()
  const prepare = Reflect.get(prototype, 'prepare') as Prepare
  prototype.prepare = function (this: Database.Database, sql: string) {
    texts.add(sql)
    return prepare.call(this, sql)
  } as Database.Database['prepare']
  try {
    await work()
  } finally {
    prototype.prepare = prepare as Database.Database['prepare']
  }
  return [...texts]
}
