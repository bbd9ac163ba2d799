import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { migrate } from './migrate.ts'
import { DatabaseError, openDatabase } from './open.ts'

const key = 'ab'.repeat(32)
const now = () => 1_795_486_500_000

function site(files: Record<string, string>) {
  const base = mkdtempSync(join(tmpdir(), 'm112-'))
  const dir = join(base, 'migrations')
  mkdirSync(dir)
  const add = (name: string, sql: string) => writeFileSync(join(dir, name), sql)
  for (const [name, sql] of Object.entries(files)) add(name, sql)
  const file = join(base, 'meja.db')
  return { dir, file, add, db: openDatabase({ file, key }) }
}
const kindOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error instanceof DatabaseError ? error.kind : error
  }
  return 'no error'
}
const one = 'CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT; INSERT INTO parent VALUES (7);'

test('each file runs once, in order, after a copy of what was there', () => {
  const { db, dir, file, add } = site({ '0001-one.sql': one })
  expect(migrate(db, { dir, now })).toEqual([1])
  expect(migrate(db, { dir, now })).toEqual([])
  expect(existsSync(`${file}.before-0002`)).toBe(false)
  add('0002-two.sql', 'DELETE FROM parent;')
  expect(migrate(db, { dir, now })).toEqual([2])
  const copy = openDatabase({ file: `${file}.before-0002`, key, readonly: true })
  expect(copy.prepare('SELECT id FROM parent').pluck().all()).toEqual([7])
  expect(db.prepare('SELECT id FROM parent').pluck().all()).toEqual([])
})

test('a file that fails leaves nothing behind and stops the rest', () => {
  const { db, dir } = site({
    '0001-one.sql': one,
    '0002-bad.sql':
      'CREATE TABLE child (of INTEGER NOT NULL REFERENCES parent (id)) STRICT; INSERT INTO child VALUES (8);',
    '0003-three.sql': 'CREATE TABLE three (a INTEGER) STRICT;',
  })
  expect(kindOf(() => migrate(db, { dir, now }))).toBe('failed')
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all()
  expect(tables).toEqual(['migration', 'parent'])
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
})

test('a gap, a changed file and a newer database are refused', () => {
  const gap = site({ '0001-one.sql': one, '0003-three.sql': '' })
  expect(kindOf(() => migrate(gap.db, { dir: gap.dir, now }))).toBe('failed')
  const { db, dir, add } = site({ '0001-one.sql': one })
  migrate(db, { dir, now })
  add('0001-one.sql', `${one} `)
  expect(kindOf(() => migrate(db, { dir, now }))).toBe('failed')
  add('0001-one.sql', one)
  add('0002-two.sql', 'CREATE TABLE two (a INTEGER) STRICT;')
  migrate(db, { dir, now })
  const older = site({ '0001-one.sql': one })
  expect(kindOf(() => migrate(db, { dir: older.dir, now }))).toBe('newer')
})

test('the real files make every table STRICT', () => {
  const { db } = site({ '0001-none.sql': 'SELECT 1;' })
  const dir = new URL('./migrations/', import.meta.url).pathname
  db.exec('DROP TABLE IF EXISTS migration')
  expect(migrate(db, { dir, now }).slice(0, 1)).toEqual([1])
  const loose = db
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all()
  expect(loose).toEqual([])
})
