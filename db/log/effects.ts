// What an applied op means for the store itself: cards to deliver and parts to erase. It must not write state rows.
import { isHash } from '#log/bytes.ts'
import { originParts } from '#log/hash.ts'
import { leaveNoTraces, prepared } from '../open.ts'
import { noteErasedCard } from './card-erasure.ts'
import { cardFromOp, reopenCards } from './cards.ts'
import type { Log } from './log.ts'
import { isListed } from './standing.ts'
import { opByRow } from './stored-op.ts'
import type { StoredOp } from './stored-op.ts'

/** Keeps the store's own tables in step with an op that counts. Idempotent. */
export function afterApplied(log: Log, op: StoredOp): void {
  if (isCardKind(op.kind)) {
    cardFromOp(log, op)
    noteErasedCard(log.db, op)
  } else if (op.kind === 'PersonalErased') erase(log, op)
  else if (op.kind === 'EntryStruck' && op.on.startsWith('relay:')) reopenCards(log.db, op.on.slice('relay:'.length))
}

function isCardKind(kind: string): boolean {
  return kind === 'RelayMade' || kind === 'RelayChanged' || kind === 'RelayCancelled'
}

/** Deletes the parts an erasure names, for good: late copies are refused. Without a member list a desk erases only its own. */
function erase(log: Log, op: StoredOp): void {
  const { db } = log
  const ids: unknown[] = Array.isArray(op.body.ids) ? op.body.ids : []
  const aggregates = new Set<string>()
  for (const id of ids.filter(isHash)) {
    const bytes = Buffer.from(id, 'hex')
    const rows = prepared<{ op: number; aggregate: string; origin: string; part: string; standing: string }>(
      db,
      `SELECT op, aggregate, origin, part, standing FROM op JOIN log USING (log) WHERE hash = ? OR was = ?`,
    ).all(bytes, bytes)
    const { member } = originParts(op.origin)
    if (!isListed(log) && rows.some((row) => originParts(row.origin).member !== member)) continue
    prepared(db, 'INSERT INTO erased (id, by_op) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
      bytes,
      Buffer.from(op.id, 'hex'),
    )
    for (const row of rows) {
      if (row.part === 'none') continue
      prepared(db, `UPDATE op SET part = 'erased', salt = NULL, personal = NULL WHERE op = ?`).run(row.op)
      aggregates.add(row.aggregate)
      // What is parked or held made no card; it is judged when it counts.
      const erased = row.standing === 'applied' ? opByRow(db, row.op) : undefined
      if (erased !== undefined && isCardKind(erased.kind)) noteErasedCard(db, erased)
    }
  }
  leaveNoTraces(db)
  for (const aggregate of aggregates) log.understanding.rebuild(db, aggregate)
}

/** The id of the op that erased the part of an id, or undefined. */
export function erasedBy(log: Pick<Log, 'db'>, id: string): string | undefined {
  const row = prepared<{ by_op: Buffer }>(log.db, 'SELECT by_op FROM erased WHERE id = ?').get(Buffer.from(id, 'hex'))
  return row?.by_op.toString('hex')
}
