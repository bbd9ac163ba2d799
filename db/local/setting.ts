// Small facts of this desk that have no table of their own.
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

/** Sets or replaces a setting. */
export function setSetting(db: Db, name: string, value: string): void {
  prepared(
    db,
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value)
}
