// Tells how far a record of this desk has come: local, sent or confirmed by the centre.
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/** local: committed here; sent: the broker took it; confirmed: the centre stores it, personal parts included. */
export type RecordState = 'local' | 'sent' | 'confirmed'

type Watermark = { readonly origin: string; readonly sent: number; readonly confirmed: number }

/**
 * Gives the state of a record out of how far each log touched it ({ origin: highest seq }). Only own logs count: what came
 * from others has left their desk already.
 */
export function recordStates(db: Db): (activity: Readonly<Record<string, number>>) => RecordState {
  const own = prepared<Watermark>(
    db,
    `SELECT log.origin, log.sent_seq AS sent, log.confirmed_seq AS confirmed
     FROM own_key JOIN log ON log.origin = own_key.origin AND log.branch = 0`,
  ).all()
  return (activity) => {
    let state: RecordState = 'confirmed'
    for (const { origin, sent, confirmed } of own) {
      const seq = Object.hasOwn(activity, origin) ? (activity[origin] ?? 0) : 0
      if (seq > Math.max(sent, confirmed)) return 'local'
      if (seq > confirmed) state = 'sent'
    }
    return state
  }
}

/** How far each log touched one aggregate ("relay:uuid"). */
export function activityOn(db: Db, aggregate: string): Record<string, number> {
  const rows = prepared<{ origin: string; seq: number }>(
    db,
    'SELECT origin, seq FROM activity WHERE aggregate = ?',
  ).all(aggregate)
  return Object.fromEntries(rows.map((row) => [row.origin, row.seq]))
}
