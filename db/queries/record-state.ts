// Tells how far a record of this desk has come: local, sent or confirmed by the centre.
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/** local: committed here; sent: the broker took it; confirmed: the centre stores it, personal parts included. */
export type RecordState = 'local' | 'sent' | 'confirmed'

type Watermark = { readonly origin: string; readonly sent: number; readonly confirmed: number }

/** How far each log touched a record: { origin: highest seq }. */
export type RecordActivity = Readonly<Record<string, number>>

/** Gives the state of a record out of its activity. Only own logs count: what came from others has left their desk already. */
export function recordStates(db: Db): (activity: RecordActivity) => RecordState {
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

/** The activity that a derived row keeps as JSON. */
export function activityOf(row: { readonly activity: string }): Record<string, number> {
  return JSON.parse(row.activity) as Record<string, number>
}
