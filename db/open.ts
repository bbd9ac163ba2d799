// Opens the encrypted database, keeps prepared statements and names what can go wrong. It must not know any table.
import { closeSync, openSync, readSync } from 'node:fs'
import Database from 'better-sqlite3'

export type Db = Database.Database

/** What can be wrong with a database. A foreign key and a damaged first page cannot be told apart: both are `wrong_key`. */
export type DatabaseFailure =
  | 'corrupted'
  | 'wrong_key'
  | 'not_encrypted'
  | 'newer'
  | 'read_only'
  | 'disk_full'
  | 'busy'
  | 'io'
  | 'failed'

/** An error of the database with its kind; `cause` is what SQLite said. */
export class DatabaseError extends Error {
  readonly kind: DatabaseFailure
  constructor(kind: DatabaseFailure, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'DatabaseError'
    this.kind = kind
  }
}

/** The kind of an error that any database call threw. */
export function databaseFailure(error: unknown): DatabaseFailure {
  if (error instanceof DatabaseError) return error.kind
  const code = error instanceof Database.SqliteError ? error.code : ''
  if (code === 'SQLITE_NOTADB') return 'wrong_key'
  if (code === 'SQLITE_FULL') return 'disk_full'
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'busy'
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return 'read_only'
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_IOERR_DATA' || code === 'SQLITE_IOERR_SHORT_READ') {
    return 'corrupted'
  }
  // The disk itself fails, or went read-only under an open file: told like a full one, the desk goes on.
  if (code.startsWith('SQLITE_IOERR')) return 'io'
  return 'failed'
}

/** How long a statement waits for another connection (ms). */
const busyMs = 5_000

/** `key` is 32 bytes as 64 hex digits; `nativeBinding` the path of another SQLite addon. */
export type OpenOptions = {
  readonly file: string
  readonly key: string
  readonly nativeBinding?: string | undefined
  readonly readonly?: boolean
}

/** Opens a database or makes a new one. Throws a DatabaseError. */
export function openDatabase(options: OpenOptions): Db {
  if (!/^[0-9a-f]{64}$/.test(options.key)) throw new DatabaseError('wrong_key', 'the key is not 32 bytes of hex')
  let db: Db | undefined
  try {
    db = new Database(options.file, {
      readonly: options.readonly ?? false,
      ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding }),
    })
    unlock(db, options.key)
    if (options.readonly !== true) setDurability(db)
    checkSchema(db)
    assertEncrypted(options.file)
    return db
  } catch (error) {
    db?.close()
    throw error instanceof DatabaseError ? error : asDatabaseError(error, options.file)
  }
}

function asDatabaseError(error: unknown, file: string): DatabaseError {
  const message = error instanceof Error ? error.message : String(error)
  return new DatabaseError(databaseFailure(error), `${file}: ${message}`, error)
}

/** Cipher and key come before anything else; a build without encryption would ignore both silently. */
function unlock(db: Db, key: string): void {
  db.pragma("cipher='chacha20'")
  db.pragma(`key = "x'${key}'"`)
  const [cipher] = db.pragma('cipher') as object[]
  if (cipher === undefined) throw new DatabaseError('not_encrypted', 'this SQLite cannot encrypt')
  db.pragma(`busy_timeout = ${busyMs}`)
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  db.prepare('SELECT count(*) FROM sqlite_schema').get()
}

function setDurability(db: Db): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('secure_delete = ON')
  // A checkpoint syncs both files in the middle of somebody's commit; 16 MB of log make it four times rarer than by default.
  db.pragma('wal_autocheckpoint = 4000')
}

/** Only the schema: a full check of a large file takes half a minute and runs elsewhere. */
function checkSchema(db: Db): void {
  const [row] = db.pragma('quick_check(sqlite_schema)') as { readonly quick_check: string }[]
  if (row?.quick_check !== 'ok') throw new DatabaseError('corrupted', `schema: ${row?.quick_check ?? 'no answer'}`)
}

/** The first bytes of an unencrypted file name the format; an empty file has not been written yet. */
function assertEncrypted(file: string): void {
  const head = Buffer.alloc(15)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, head, 0, head.byteLength, 0)
  } finally {
    closeSync(handle)
  }
  if (head.toString('latin1') === 'SQLite format 3') {
    throw new DatabaseError('not_encrypted', `${file} is not encrypted`)
  }
}

/** What `pragma synchronous` answers when every commit waits for the disk. */
const fullSync = 2

const statements = new WeakMap<Db, Map<string, Database.Statement>>()

/** The prepared statement of a query, made once per connection. The row type is the caller's word for what the query gives. */
export function prepared<Row = unknown, Params extends unknown[] = unknown[]>(
  db: Db,
  sql: string,
): Database.Statement<Params, Row> {
  let known = statements.get(db)
  if (known === undefined) statements.set(db, (known = new Map()))
  let statement = known.get(sql)
  if (statement === undefined) known.set(sql, (statement = db.prepare(sql)))
  return statement as Database.Statement<Params, Row>
}

/** Runs `work` in one immediate transaction: all of it or, when it throws, nothing. Inside a transaction it just runs. */
export function transact<T>(db: Db, work: () => T): T {
  if (db.inTransaction) return work()
  prepared(db, 'BEGIN IMMEDIATE').run()
  try {
    const result = work()
    prepared(db, 'COMMIT').run()
    if (tracesLeft.has(db)) emptyLog(db)
    return result
  } catch (error) {
    if (db.inTransaction) prepared(db, 'ROLLBACK').run()
    throw error
  }
}

const tracesLeft = new WeakSet<Db>()

/** What this transaction erases must not live on in the write-ahead log: it is emptied after the commit. */
export function leaveNoTraces(db: Db): void {
  tracesLeft.add(db)
}

/** Never waits and never fails what is committed: when a reader or the disk is in the way, the next commit tries again. */
function emptyLog(db: Db): void {
  db.pragma('busy_timeout = 0')
  try {
    const [{ busy } = { busy: 1 }] = db.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[]
    if (busy === 0) tracesLeft.delete(db)
  } catch {
    // Left for the next commit, and for the whole copy of the next start, which begins with a checkpoint.
  } finally {
    db.pragma(`busy_timeout = ${busyMs}`)
  }
}

/**
 * As `transact`, but the commit does not wait for the disk; the next one that does takes it along. A power cut may undo it as a
 * whole, so it is only for what can be had again: what others recorded, and how far they have got.
 */
export function transactUnsynced<T>(db: Db, work: () => T): T {
  if (db.inTransaction || db.pragma('synchronous', { simple: true }) !== fullSync) return transact(db, work)
  db.pragma('synchronous = NORMAL')
  try {
    return transact(db, work)
  } finally {
    db.pragma('synchronous = FULL')
  }
}

/** Runs `work` in a savepoint: when it throws, what it wrote is undone, the transaction goes on, and the error is given back. */
export function attempt<T>(db: Db, work: () => T): { readonly value: T } | { readonly error: unknown } {
  prepared(db, 'SAVEPOINT attempt').run()
  try {
    const value = work()
    prepared(db, 'RELEASE attempt').run()
    return { value }
  } catch (error) {
    // A full disk may already have rolled the whole transaction back; then there is nothing to go on with.
    if (!db.inTransaction) throw error
    prepared(db, 'ROLLBACK TO attempt').run()
    prepared(db, 'RELEASE attempt').run()
    return { error }
  }
}
