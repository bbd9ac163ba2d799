// Text that is being typed: on this desk only, by operator, aggregate and field. Never synced, never exported.
import type { OpId } from '#domain/id.ts'
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

export type Draft = { readonly text: string; readonly over: OpId[]; readonly savedAt: number }
export type DraftKey = { readonly operator: string; readonly on: string; readonly field: string }

/** Keeps the newest text; `over` stays what the person saw when the typing began. */
export function putDraft(db: Db, key: DraftKey, text: string, over: readonly OpId[], now: number): void {
  prepared(
    db,
    `INSERT INTO draft (operator, on_id, field, text, over, saved_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (operator, on_id, field) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at`,
  ).run(key.operator, key.on, key.field, text, JSON.stringify(over), now)
}

/** Drops a draft: it became an op or was given up. */
export function dropDraft(db: Db, key: DraftKey): void {
  prepared(db, 'DELETE FROM draft WHERE operator = ? AND on_id = ? AND field = ?').run(key.operator, key.on, key.field)
}

/** Drops all drafts of one operator on one aggregate. */
export function dropDraftsOn(db: Db, operator: string, on: string): void {
  prepared(db, 'DELETE FROM draft WHERE operator = ? AND on_id = ?').run(operator, on)
}

type Row = { field: string; text: string; over: string; saved_at: number }

/** All drafts of one operator on one aggregate, by field. */
export function draftsOn(db: Db, operator: string, on: string): ReadonlyMap<string, Draft> {
  const rows = prepared<Row, [string, string]>(
    db,
    'SELECT field, text, over, saved_at FROM draft WHERE operator = ? AND on_id = ?',
  ).all(operator, on)
  return new Map(
    rows.map((row) => [row.field, { text: row.text, over: JSON.parse(row.over) as OpId[], savedAt: row.saved_at }]),
  )
}
