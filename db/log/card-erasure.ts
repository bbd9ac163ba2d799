// Cards whose text the law took away: which they are, at both ends, and the proof that an agency desk has erased them. It must not send.
import { createHash } from 'node:crypto'
import { isHash, isInteger, parseJson, isObject } from '#log/bytes.ts'
import type { Json } from '#log/bytes.ts'
import { cardId } from '#log/hash.ts'
import { leaveNoTraces, prepared } from '../open.ts'
import type { Db } from '../open.ts'
import type { StoredOp } from './stored-op.ts'

/** How many cards are erased, and a hash over their ids in order: equal at both ends exactly when the sets are. */
export type ErasedClaim = readonly [count: number, hash: string]

const prefix = 'm112/1/cards-erased\n'

/** Remembers the card of a relay op (made, changed, cancelled) if its personal part is erased. */
export function noteErasedCard(db: Db, op: Pick<StoredOp, 'body' | 'part'>): void {
  const { agency, card } = op.body
  if (op.part !== 'erased' || typeof agency !== 'string' || !isHash(card)) return
  remember(db, agency, Buffer.from(card, 'hex'))
}

function remember(db: Db, agency: string, card: Buffer): void {
  prepared(db, 'INSERT INTO card_erased (agency, card) VALUES (?, ?) ON CONFLICT DO NOTHING').run(agency, card)
}

/** True when the text of a card must not be kept. `card` is its id, 32 bytes. */
export function isCardErased(db: Db, agency: string, card: Buffer): boolean {
  return prepared(db, 'SELECT 1 FROM card_erased WHERE agency = ? AND card = ?').get(agency, card) !== undefined
}

/**
 * At an agency desk: takes away the text of these cards wherever it lies, and refuses them from now on, whether they are here yet
 * or not. What happened to the relay (its steps, its cards' order) stays. Runs inside a transaction.
 */
export function eraseCards(db: Db, agency: string, ids: readonly string[]): void {
  for (const id of ids) {
    const card = Buffer.from(id, 'hex')
    remember(db, agency, card)
    prepared(db, `UPDATE card SET text = NULL, sig = '' WHERE id = ? AND agency = ? AND op IS NULL`).run(card, agency)
  }
  for (const row of prepared<{ topic: string; payload: string }>(
    db,
    `SELECT topic, payload FROM waiting_word WHERE topic LIKE '%/card/%'`,
  ).all()) {
    if (isErasedWord(db, row)) prepared(db, 'DELETE FROM waiting_word WHERE topic = ?').run(row.topic)
  }
  leaveNoTraces(db)
}

/** True when a word, judged or not, carries a card whose text must not be kept. */
export function isErasedWord(db: Db, word: { readonly topic: string; readonly payload: string }): boolean {
  const agency = /\/card\/([A-Z0-9]+)\//.exec(word.topic)?.[1]
  const w = field(parseJson(word.payload), 'w')
  const card = typeof w === 'string' ? field(field(parseJson(w), 'content'), 'card') : undefined
  return agency !== undefined && typeof card === 'string' && isCardErased(db, agency, Buffer.from(cardId(card), 'hex'))
}

function field(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined
}

/** How many cards of an agency are erased. */
export function erasedCount(db: Db, agency: string): number {
  return prepared<{ n: number }>(db, 'SELECT count(*) AS n FROM card_erased WHERE agency = ?').get(agency)?.n ?? 0
}

/** The claim over the first `count` erased cards of an agency, in the order in which they were erased here. */
export function erasedClaim(db: Db, agency: string, count: number): ErasedClaim {
  const hash = createHash('sha256').update(prefix)
  const rows = prepared<{ card: Buffer }>(
    db,
    `SELECT card FROM (SELECT card FROM card_erased WHERE agency = ? ORDER BY n LIMIT ?) ORDER BY card`,
  ).all(agency, count)
  for (const { card } of rows) hash.update(card)
  return [rows.length, hash.digest('hex')]
}

/** Ids of erased cards of an agency after the first `skip`, in the order in which they were erased here. */
export function erasedCards(db: Db, agency: string, skip: number): string[] {
  const rows = prepared<{ card: Buffer }>(
    db,
    'SELECT card FROM card_erased WHERE agency = ? ORDER BY n LIMIT -1 OFFSET ?',
  ).all(agency, skip)
  return rows.map(({ card }) => card.toString('hex'))
}

/** The claim in what a member says it has; null when it makes none. */
export function readClaim(value: unknown): ErasedClaim | null {
  if (!Array.isArray(value)) return null
  const [count, hash] = value as readonly unknown[]
  return isInteger(count, 0) && isHash(hash) ? [count, hash] : null
}
