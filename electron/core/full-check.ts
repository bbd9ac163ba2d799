// Reads all of a database, page by page and op by op, and says whether it holds. It takes long and runs in a thread of its own.
import type { Finding } from '#log/check.ts'
import { verifyDatabase } from '#db/log/verify.ts'
import { databaseFailure, type Db } from '#db/open.ts'

/** `damaged` with what SQLite or the chain says of the first place; it names no personal data. */
export type FullCheck = { readonly result: 'ok' } | { readonly result: 'damaged'; readonly detail: string }

/** A fork and an end without seal come from other desks and are told elsewhere; these only come from a file that changed. */
const damage: readonly Finding['what'][] = ['gap', 'chain', 'seal', 'key', 'personal', 'head']

/** Checks every page, then every chain. One read transaction, because others write meanwhile. */
export function fullCheck(db: Db): FullCheck {
  try {
    db.exec('BEGIN')
    const [page] = db.pragma('quick_check(1)') as { readonly quick_check: string }[]
    if (page?.quick_check !== 'ok') return { result: 'damaged', detail: page?.quick_check ?? 'no answer' }
    const found = verifyDatabase(db).findings.find((one) => damage.includes(one.what))
    if (found === undefined) return { result: 'ok' }
    return { result: 'damaged', detail: `${found.what} at ${found.origin} ${found.seq}: ${found.detail}` }
  } catch (error) {
    if (databaseFailure(error) !== 'corrupted') throw error
    return { result: 'damaged', detail: String(error) }
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK')
  }
}
