// Opens the desk's database and log. A damaged file is set aside and the last good copy opened; never starts empty in silence.
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { databaseName } from '#contract/shell.ts'
import type { Clock } from '#domain/time.ts'
import type { Scope } from '#log/member.ts'
import type { Renewal } from '#db/apply/renewal.ts'
import { openRenewed, type RenewedLog } from '#db/apply/understanding.ts'
import type { Log } from '#db/log/log.ts'
import { continueFromCopy, flush, hasWholeCopy, putCopyInPlace } from '#db/log/restore.ts'
import { checkTail } from '#db/log/tail.ts'
import { migrate } from '#db/migrate.ts'
import { databaseFailure, openDatabase, type Db, type OpenOptions } from '#db/open.ts'
import { StartRefused } from './start-refused.ts'

export type StoreFacts = {
  readonly dataDir: string
  readonly secondDir: string | null
  readonly key: string
  readonly nativeBinding: string | null
  readonly migrationsDir: string
  readonly clock: Clock
  readonly site: string
  readonly member: string
  readonly scope: Scope
  readonly rootKey: string | null
  /** What the board of a large desk, or all of a small one, needs at most to be renewed before it opens (ms). */
  readonly renewFirstMs?: number | undefined
}

/** What had to be done to open it: nothing, the last good copy, or, when there was none, a new database. */
export type Opening =
  | { readonly from: 'database' }
  | { readonly from: 'copy'; readonly ops: number }
  | { readonly from: 'nothing' }

export type Store = {
  readonly db: Db
  /** A second, read-only connection, so that sync never waits for a command. */
  readonly reader: Db
  readonly log: Log
  /** Rows of older rules, to be made again slice by slice while the desk works. */
  readonly renewal: Renewal
  readonly opening: Opening
  /** How to open the database again, elsewhere. */
  readonly database: Omit<OpenOptions, 'readonly'>
  /** Folder of the running copy. */
  readonly copyDir: string
  /** Opens another read-only connection, for a user of its own. */
  readonly newReader: () => Db
}

/**
 * Left beside a database that turned out to be damaged, until another one is in its place and complete: the next start sets
 * aside what is there and opens the last good copy, also when this one ended in the middle of doing so.
 */
const damageMark = 'meja.db.found-damaged'

/** Remembers that the database is damaged; core ends after this. */
export function markDamaged(dataDir: string): void {
  const mark = join(dataDir, damageMark)
  writeFileSync(mark, '')
  flush(mark)
}

const damaged: readonly string[] = ['corrupted', 'wrong_key', 'not_encrypted']

type Opened = Pick<Store, 'db' | 'log' | 'renewal' | 'opening'>

/** The rest is renewed while the desk works (ms). */
const firstMs = 1_500

/** What cannot be renewed now is tried again later, and told: the desk must open all the same. */
function renewFirst(renewal: Renewal, ms: number): void {
  try {
    renewal.slice(ms)
  } catch (error) {
    if (databaseFailure(error) === 'corrupted') throw error
  }
}

class Opener {
  readonly #facts: StoreFacts
  readonly #file: string
  readonly #mark: string
  readonly copyDir: string

  constructor(facts: StoreFacts) {
    this.#facts = facts
    this.#file = join(facts.dataDir, databaseName)
    this.#mark = join(facts.dataDir, damageMark)
    this.copyDir = facts.secondDir ?? join(facts.dataDir, 'copy')
  }

  database(): Omit<OpenOptions, 'readonly'> {
    const { key, nativeBinding } = this.#facts
    return { file: this.#file, key, nativeBinding: nativeBinding ?? undefined }
  }

  open(readonly: boolean): Db {
    return openDatabase({ ...this.database(), readonly })
  }

  #migrated(): Db {
    const db = this.open(false)
    try {
      migrate(db, { dir: this.#facts.migrationsDir, now: this.#facts.clock.now })
      return db
    } catch (error) {
      db.close()
      throw error
    }
  }

  #log(db: Db): RenewedLog {
    const { site, member, scope, rootKey, clock } = this.#facts
    try {
      const opened = openRenewed(db, { site, member, scope, rootKey, clock })
      checkTail(opened.log)
      renewFirst(opened.renewal, this.#facts.renewFirstMs ?? firstMs)
      return opened
    } catch (error) {
      db.close()
      throw error
    }
  }

  async openLog(): Promise<Opened> {
    try {
      if (existsSync(this.#mark) || this.#isGone()) throw new DamageFound()
      const db = this.#migrated()
      return { db, ...this.#log(db), opening: { from: 'database' } }
    } catch (error) {
      if (!(error instanceof DamageFound) && !damaged.includes(databaseFailure(error))) throw error
      return await this.#fromCopy()
    }
  }

  async #fromCopy(): Promise<Opened> {
    const { clock, key } = this.#facts
    const begin = (): void => markDamaged(this.#facts.dataDir)
    const hasCopy = putCopyInPlace({ ...this.database(), dir: this.copyDir, now: clock.now(), begin })
    if (!hasCopy) {
      begin()
      this.#setAside(clock.now())
    }
    const db = this.#migrated()
    const opened = this.#log(db)
    const ops = hasCopy ? await continueFromCopy(opened.log, this.copyDir, key) : 0
    rmSync(this.#mark, { force: true })
    return { db, ...opened, opening: hasCopy ? { from: 'copy', ops } : { from: 'nothing' } }
  }

  /** A desk with a copy had a database: an empty one in its place would be a loss that nobody sees. */
  #isGone(): boolean {
    return !existsSync(this.#file) && hasWholeCopy(this.copyDir)
  }

  /** Nothing is ever deleted: a specialist may still read it. */
  #setAside(now: number): void {
    for (const part of ['', '-wal', '-shm']) {
      if (existsSync(this.#file + part)) renameSync(this.#file + part, `${this.#file}.damaged-${now}${part}`)
    }
  }
}

/** The database was found damaged while it was in use. */
class DamageFound extends Error {}

/** Opens everything that lies in the data folder. Throws StartRefused with words for the operator. */
export async function openStore(facts: StoreFacts): Promise<Store> {
  const opener = new Opener(facts)
  const newReader = (): Db => opener.open(true)
  try {
    const opened = await opener.openLog()
    return { ...opened, reader: newReader(), database: opener.database(), copyDir: opener.copyDir, newReader }
  } catch (error) {
    const failure = databaseFailure(error)
    const detail = error instanceof Error ? error.message : String(error)
    if (failure === 'newer') throw new StartRefused('newer', detail)
    if (failure === 'read_only' || failure === 'disk_full') throw new StartRefused('folder', detail)
    throw new StartRefused('database', detail)
  }
}
