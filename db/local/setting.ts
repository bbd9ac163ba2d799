// Small facts of this desk that have no table of their own.
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

/** The value of a setting, or null. */
export function setting(db: Db, name: string): string | null {
  const row = prepared<{ value: string }, [string]>(db, 'SELECT value FROM setting WHERE name = ?').get(name)
  return row?.value ?? null
}

/** Sets or replaces a setting. */
export function setSetting(db: Db, name: string, value: string): void {
  prepared(
    db,
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value)
}
