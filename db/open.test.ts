import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import {
  attempt,
  databaseFailure,
  DatabaseError,
  leaveNoTraces,
  openDatabase,
  prepared,
  transact,
  transactUnsynced,
} from './open.ts'

const key = 'ab'.repeat(32)
const newFile = () => join(mkdtempSync(join(tmpdir(), 'm112-')), 'meja.db')
const kindOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error instanceof DatabaseError ? error.kind : error
  }
  return 'no error'
}

test('nothing written is readable in the database or its write-ahead log', () => {
  const file = newFile()
  const db = openDatabase({ file, key })
  db.exec("CREATE TABLE note (text TEXT NOT NULL) STRICT; INSERT INTO note VALUES ('Bu Sri di atap')")
  for (const part of [file, `${file}-wal`]) {
    expect(readFileSync(part).includes('Bu Sri')).toBe(false)
    expect(readFileSync(part).includes('CREATE TABLE')).toBe(false)
  }
  db.close()
  const again = openDatabase({ file, key, readonly: true })
  expect(again.prepare('SELECT text FROM note').pluck().get()).toBe('Bu Sri di atap')
  again.close()
})

test('the promises about durability hold on every connection', () => {
  const db = openDatabase({ file: newFile(), key })
  const setting = (name: string) => db.pragma(name, { simple: true })
  expect(setting('journal_mode')).toBe('wal')
  expect(setting('synchronous')).toBe(2)
  expect(setting('foreign_keys')).toBe(1)
  expect(setting('secure_delete')).toBe(1)
  expect(setting('trusted_schema')).toBe(0)
  db.close()
})

test('another key, a plain file, garbage and a missing folder are told apart from success', () => {
  const file = newFile()
  openDatabase({ file, key }).close()
  expect(kindOf(() => openDatabase({ file, key: 'cd'.repeat(32) }))).toBe('wrong_key')
  expect(kindOf(() => openDatabase({ file, key: 'short' }))).toBe('wrong_key')
  const plain = newFile()
  const raw = new Database(plain)
  raw.exec('CREATE TABLE t (a) ')
  raw.close()
  expect(kindOf(() => openDatabase({ file: plain, key }))).toBe('wrong_key')
  const garbage = newFile()
  writeFileSync(garbage, 'x'.repeat(9000))
  expect(kindOf(() => openDatabase({ file: garbage, key }))).toBe('wrong_key')
  expect(kindOf(() => openDatabase({ file: join(file, 'no', 'such.db'), key }))).not.toBe('no error')
})

test('a commit that need not wait for the disk leaves every other one waiting for it', () => {
  const db = openDatabase({ file: newFile(), key })
  db.exec('CREATE TABLE t (a INTEGER NOT NULL) STRICT')
  const level = () => db.pragma('synchronous', { simple: true })
  const levels = transactUnsynced(db, () => {
    prepared(db, 'INSERT INTO t VALUES (1)').run()
    return [level(), transactUnsynced(db, level)]
  })
  expect(levels).toEqual([1, 1])
  expect(level()).toBe(2)
  const failing = () =>
    transactUnsynced(db, () => {
      prepared(db, 'INSERT INTO t VALUES (2)').run()
      throw new Error('all')
    })
  expect(failing).toThrow('all')
  expect(level()).toBe(2)
  expect(transact(db, () => transactUnsynced(db, level))).toBe(2)
  expect(prepared(db, 'SELECT a FROM t').pluck().all()).toEqual([1])
  db.close()
})

test('a throw undoes its own step or the whole transaction', () => {
  const db = openDatabase({ file: newFile(), key })
  db.exec('CREATE TABLE t (a INTEGER NOT NULL) STRICT')
  const insert = (value: number) => prepared(db, 'INSERT INTO t VALUES (?)').run(value)
  const values = () => prepared(db, 'SELECT a FROM t ORDER BY a').pluck().all()
  const failed = transact(db, () => {
    insert(1)
    return attempt(db, () => {
      insert(2)
      throw new Error('step')
    })
  })
  expect(failed).toMatchObject({ error: { message: 'step' } })
  expect(values()).toEqual([1])
  const whole = () =>
    transact(db, () => {
      insert(3)
      throw new Error('all')
    })
  expect(whole).toThrow('all')
  expect(values()).toEqual([1])
  db.close()
})

test('a disk that fails is told from a bug', () => {
  const failed = (code: string) => databaseFailure(new Database.SqliteError('failed', code))
  expect(['SQLITE_FULL', 'SQLITE_READONLY_DBMOVED', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC'].map(failed)).toEqual([
    'disk_full',
    'read_only',
    'io',
    'io',
  ])
  expect(['SQLITE_CORRUPT_VTAB', 'SQLITE_IOERR_SHORT_READ', 'SQLITE_CONSTRAINT'].map(failed)).toEqual([
    'corrupted',
    'corrupted',
    'failed',
  ])
})

test('a transaction that erases leaves nothing of it in the write-ahead log, at once or with the next commit', () => {
  const file = newFile()
  const db = openDatabase({ file, key })
  db.exec("CREATE TABLE note (text TEXT) STRICT; INSERT INTO note VALUES ('Bu Sri di atap')")
  const erase = () =>
    transact(db, () => {
      db.prepare('UPDATE note SET text = NULL').run()
      leaveNoTraces(db)
    })
  const logBytes = () => statSync(`${file}-wal`).size
  transact(db, () => db.prepare("INSERT INTO note VALUES ('lain')").run())
  expect(logBytes()).toBeGreaterThan(0)
  erase()
  expect(logBytes()).toBe(0)

  const reader = openDatabase({ file, key, readonly: true })
  transact(db, () => db.prepare("INSERT INTO note VALUES ('satu')").run())
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM note').get()
  erase()
  expect(logBytes()).toBeGreaterThan(0)
  expect(db.prepare('SELECT count(text) FROM note').pluck().get()).toBe(0)
  expect(db.pragma('busy_timeout', { simple: true })).toBe(5000)
  reader.close()
  transact(db, () => db.prepare("INSERT INTO note VALUES ('dua')").run())
  expect(logBytes()).toBe(0)
  db.close()
})
