// Opens the desk's database and log, or says plainly why it cannot. Never starts empty in silence.
import { join } from 'node:path'
import type { Scope } from '#log/member.ts'
import type { Clock } from '#domain/time.ts'
import { createUnderstanding, renewState } from '#db/apply/understanding.ts'
import type { Log } from '#db/log/log.ts'
import { openLog } from '#db/log/open-log.ts'
import { migrate } from '#db/migrate.ts'
import { databaseFailure, openDatabase, type Db, type OpenOptions } from '#db/open.ts'
import { StartRefused } from './start-refused.ts'

export type StoreFacts = {
  readonly dataDir: string
  readonly key: string
  readonly nativeBinding: string | null
  readonly migrationsDir: string
  readonly clock: Clock
  readonly site: string
  readonly member: string
  readonly scope: Scope
  readonly rootKey: string | null
}

export type Store = {
  readonly db: Db
  /** A second, read-only connection, so that sync never waits for a command. */
  readonly reader: Db
  readonly log: Log
}

function openMigrated(facts: StoreFacts, options: OpenOptions): Db {
  const db = openDatabase(options)
  try {
    migrate(db, { dir: facts.migrationsDir, now: facts.clock.now })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Opens everything that lies in the data folder. Throws StartRefused with words for the operator. */
export function openStore(facts: StoreFacts): Store {
  const file = join(facts.dataDir, 'meja.db')
  const options = { file, key: facts.key, nativeBinding: facts.nativeBinding ?? undefined }
  try {
    const db = openMigrated(facts, options)
    const log = openLog(db, {
      site: facts.site,
      member: facts.member,
      scope: facts.scope,
      rootKey: facts.rootKey,
      clock: facts.clock,
      understanding: createUnderstanding(),
    })
    renewState(db)
    return { db, reader: openDatabase({ ...options, readonly: true }), log }
  } catch (error) {
    const failure = databaseFailure(error)
    const detail = error instanceof Error ? error.message : String(error)
    if (failure === 'newer') throw new StartRefused('newer', detail)
    if (failure === 'read_only' || failure === 'disk_full') throw new StartRefused('folder', detail)
    throw new StartRefused('database', detail)
  }
}
