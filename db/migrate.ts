// Brings a database to the present form, one numbered file at a time. It must not run twice what has run, nor open what is newer.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseError, transact } from './open.ts'
import type { Db } from './open.ts'

type Migration = { readonly number: number; readonly name: string; readonly sql: string; readonly sha256: string }

const bookkeeping = `CREATE TABLE IF NOT EXISTS migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT`

/**
 * Applies what is pending out of `dir` (files NNNN-name.sql, shipped beside the bundle) and gives the numbers applied.
 * A copy is made first when there is anything to lose: FILE.before-NNNN.
 * Throws a DatabaseError: `newer` for a database of a later program, `failed` for a changed or missing file.
 */
export function migrate(db: Db, options: { readonly dir: string; readonly now: () => number }): number[] {
  const files = readMigrations(options.dir)
  db.exec(bookkeeping)
  const applied = db.prepare('SELECT number, name, sha256 FROM migration ORDER BY number').all() as Migration[]
  checkApplied(applied, files)
  const pending = files.slice(applied.length)
  const [next] = pending
  if (next !== undefined && applied.length > 0) copyBefore(db, next.number)
  for (const file of pending) applyOne(db, file, options.now())
  return pending.map((file) => file.number)
}

function readMigrations(dir: string): Migration[] {
  const names = readdirSync(dir).filter((name) => name.endsWith('.sql'))
  const files = names.sort().map((name) => {
    const sql = readFileSync(join(dir, name), 'utf8')
    return { number: Number(name.slice(0, 4)), name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
  for (const [place, file] of files.entries()) {
    if (file.number !== place + 1)
      throw new DatabaseError('failed', `migration ${place + 1} is missing before ${file.name}`)
  }
  if (files.length === 0) throw new DatabaseError('failed', `no migrations in ${dir}`)
  return files
}

function checkApplied(applied: readonly Migration[], files: readonly Migration[]): void {
  for (const [place, done] of applied.entries()) {
    const file = files[place]
    if (file === undefined) throw new DatabaseError('newer', `the database has ${done.name}, this program does not`)
    if (file.sha256 !== done.sha256) throw new DatabaseError('failed', `${file.name} was changed after it was applied`)
  }
}

/** VACUUM INTO, because the backup call refuses on the encrypting build; the copy has the same key. */
function copyBefore(db: Db, number: number): void {
  const copy = `${db.name}.before-${String(number).padStart(4, '0')}`
  if (existsSync(copy)) rmSync(copy)
  db.prepare('VACUUM INTO ?').run(copy)
}

/** Foreign keys are off while tables are rebuilt (the pragma does nothing inside a transaction) and checked before the commit. */
function applyOne(db: Db, file: Migration, now: number): void {
  db.pragma('foreign_keys = OFF')
  try {
    transact(db, () => {
      db.exec(file.sql)
      const broken = db.pragma('foreign_key_check') as unknown[]
      if (broken.length > 0) throw new DatabaseError('failed', `${file.name} leaves ${broken.length} broken references`)
      db.prepare('INSERT INTO migration (number, name, sha256, applied_at) VALUES (?, ?, ?, ?)').run(
        file.number,
        file.name,
        file.sha256,
        now,
      )
    })
  } finally {
    db.pragma('foreign_keys = ON')
  }
}
