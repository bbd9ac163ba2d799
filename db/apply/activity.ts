// Remembers how far each log has touched an aggregate: what a person saw when closing, and what is news since.
import type { OpKind } from '#domain/op.ts'
import { opKinds } from '#domain/op.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { AppliedOp } from './fact.ts'

// A machine's receipt and a dealt-with alarm are no news to a person. A raised priority is judged from the field itself.
const newsKinds: ReadonlySet<OpKind> = new Set<OpKind>([
  'ReportAdded',
  'NoteAdded',
  'RelayMade',
  'RelayChanged',
  'RelayCancelled',
  'RelayTold',
  'RelayStepped',
])

const watched: ReadonlySet<string> = new Set(['call', 'incident', 'report', 'relay'])

/** Records that `op` touched a call, an incident, a report or a relay. Lines written by the system itself are no news. */
export function recordActivity(db: Db, op: AppliedOp, kind: OpKind): void {
  if (!watched.has(opKinds[kind].on)) return
  const newsSeq = newsKinds.has(kind) && op.by !== 'system' ? op.seq : 0
  prepared(
    db,
    `INSERT INTO activity (aggregate, origin, seq, news_seq) VALUES (?, ?, ?, ?)
     ON CONFLICT (aggregate, origin) DO UPDATE SET seq = max(seq, excluded.seq), news_seq = max(news_seq, excluded.news_seq)`,
  ).run(op.on, op.origin, op.seq, newsSeq)
}

export type Activity = { readonly origin: string; readonly seq: number; readonly newsSeq: number }

/** How far each log has touched an aggregate. */
export function activityOf(db: Db, aggregate: string): Activity[] {
  return prepared<Activity>(db, 'SELECT origin, seq, news_seq AS newsSeq FROM activity WHERE aggregate = ?').all(
    aggregate,
  )
}
