// Relay cards as the store knows them: made by ops here, or received by word at an agency desk. It must not send anything.
import { readCard, verifyCard } from '#log/card.ts'
import type { Card, CardState } from '#log/card.ts'
import { cardId, originParts } from '#log/hash.ts'
import type { OpFields } from '#log/op.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { isCardErased } from './card-erasure.ts'
import type { Log } from './log.ts'
import { standingOf } from './standing.ts'
import type { StoredOp } from './stored-op.ts'

/** How long a cancelled relay is still named in `have`, ms: long enough for every sender to hear that it arrived. */
const cancelledShownMs = 86_400_000

type NewCard = {
  readonly id: string
  readonly card: Card
  readonly agency: string
  readonly origin: string
  readonly sig: string
  readonly op: number | null
  readonly text: string | null
  readonly told: number | null
  readonly again: boolean
}

/** Keeps the card of a relay op, when its personal part is here and the card is genuine. */
export function cardFromOp(log: Log, op: StoredOp): void {
  const { agency, card: id } = op.body
  const text = op.personal?.card
  const sig = op.personal?.sig
  if (typeof agency !== 'string' || typeof text !== 'string' || typeof sig !== 'string') return
  const card = readCard(text)
  if (card === undefined || cardId(text) !== id || op.on !== `relay:${card.relay}`) return
  const origin = makerOf(log, op, { agency, text, sig })
  keep(log, { id, card, agency, origin, sig, op: op.op, text: null, told: null, again: false })
}

/**
 * The log whose key signed a card. A re-issued op carries the card of an earlier origin of the same member verbatim, and an agency
 * refuses a card under another name than its maker's (wire format 1, sections 2 and 3).
 */
function makerOf(log: Log, op: StoredOp, signed: { agency: string; text: string; sig: string }): string {
  if (op.was === undefined) return op.origin
  const origins = prepared<{ origin: string }>(
    log.db,
    `SELECT origin FROM log WHERE origin LIKE ? || '.%' AND branch = 0 ORDER BY log DESC`,
  ).all(originParts(op.origin).member)
  const isMaker = (origin: string): boolean => {
    const key = standingOf(log, origin)?.key
    const { agency, text, sig } = signed
    return key !== undefined && verifyCard({ site: log.site, agency, origin, key }, text, sig)
  }
  return origins.find(({ origin }) => isMaker(origin))?.origin ?? op.origin
}

/**
 * Keeps a card that came by word to an agency desk: 'refused' unless a full log made and signed it for this agency, 'erased' when
 * its text must not be kept any more. `told` and `again` say that it must not ring as new.
 */
export function receiveCard(
  log: Log,
  agency: string,
  facts: {
    readonly text: string
    readonly sig: string
    readonly origin: string
    readonly told: number | null
    readonly again: boolean
  },
): { readonly id: string; readonly relay: string; readonly isNew: boolean } | 'refused' | 'erased' {
  const maker = standingOf(log, facts.origin)
  const card = readCard(facts.text)
  if (maker === null || maker.scope !== 'full' || card === undefined) return 'refused'
  const { site } = log
  if (!verifyCard({ site, agency, origin: facts.origin, key: maker.key }, facts.text, facts.sig)) return 'refused'
  const id = cardId(facts.text)
  if (isCardErased(log.db, agency, Buffer.from(id, 'hex'))) return 'erased'
  const { text, sig, origin, told, again } = facts
  const isNew = keep(log, { id, card, agency, origin, sig, op: null, text, told, again })
  return { id, relay: card.relay, isNew }
}

function keep(log: Log, made: NewCard): boolean {
  const { db } = log
  const id = Buffer.from(made.id, 'hex')
  const covered = prepared(db, 'SELECT 1 FROM card_over WHERE over = ?').get(id) !== undefined
  const { changes } = prepared(
    db,
    `INSERT INTO card (id, relay, agency, origin, sig, state, op, text, received_at, told_at, is_again, is_held, is_open, is_head)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 1, ?) ON CONFLICT DO NOTHING`,
  ).run(
    id,
    made.card.relay,
    made.agency,
    made.origin,
    made.sig,
    made.card.state,
    made.op,
    made.text,
    log.clock.now(),
    made.told,
    made.again ? 1 : 0,
    covered ? 0 : 1,
  )
  for (const over of made.card.over) {
    const target = Buffer.from(over, 'hex')
    prepared(db, 'INSERT INTO card_over (over, card) VALUES (?, ?) ON CONFLICT DO NOTHING').run(target, id)
    prepared(db, 'UPDATE card SET is_head = 0 WHERE id = ?').run(target)
  }
  return changes > 0
}

/** Ids of the cards of a relay that no other card is over, sorted. */
export function headsOf(db: Db, relay: string): string[] {
  const rows = prepared<{ id: Buffer }>(db, 'SELECT id FROM card WHERE relay = ? AND is_head = 1 ORDER BY id').all(
    relay,
  )
  return rows.map((row) => row.id.toString('hex'))
}

/**
 * The agency of a relay, or null while it is not known: what its earliest RelayMade says, because every replica ends with the
 * same one. An agency desk has no such op, but only cards that were signed for its own agency.
 */
export function agencyOfRelay(db: Db, relay: string): string | null {
  const made = prepared<{ agency: string | null }>(
    db,
    `SELECT json_extract(CAST(bytes AS TEXT), '$.body.agency') AS agency FROM op
     WHERE aggregate = 'relay:' || ? AND kind = 'RelayMade' AND standing = 'applied' ORDER BY at, hash LIMIT 1`,
  ).get(relay)
  if (made !== undefined) return made.agency
  const card = prepared<{ agency: string }>(db, 'SELECT agency FROM card WHERE relay = ? AND op IS NULL LIMIT 1').get(
    relay,
  )
  return card?.agency ?? null
}

/** Entries of a relay that were taken back count no more; an id is `was`, or the hash. */
const isStruck = `EXISTS (SELECT 1 FROM op AS strike WHERE strike.aggregate = op.aggregate AND strike.kind = 'EntryStruck'
  AND strike.standing = 'applied'
  AND json_extract(CAST(strike.bytes AS TEXT), '$.body.entry') = lower(hex(coalesce(op.was, op.hash))))`

/** True when an agency has said that nothing more will come of a relay. */
export function isRelayFinished(db: Db, relay: string): boolean {
  const row = prepared(
    db,
    `SELECT 1 FROM op WHERE aggregate = 'relay:' || ? AND kind = 'RelayStepped' AND standing = 'applied'
     AND json_extract(CAST(bytes AS TEXT), '$.body.step') IN ('done', 'refused') AND NOT ${isStruck} LIMIT 1`,
  ).get(relay)
  return row !== undefined
}

/**
 * Relays that an agency desk has and that are not finished, with the ids of their heads: for its `have`. What is finished, and
 * what was cancelled a day ago, is closed here and not looked at again.
 */
export function heldRelays(log: Log): Record<string, string[]> {
  const rows = prepared<{ relay: string; id: Buffer; received_at: number; state: CardState }>(
    log.db,
    `SELECT relay, id, received_at, state FROM card
     WHERE is_head = 1 AND is_open = 1 AND op IS NULL ORDER BY relay, id`,
  ).all()
  const relays: Record<string, string[]> = {}
  const oldest = log.clock.now() - cancelledShownMs
  for (const row of rows) {
    const isOver = row.state === 'cancelled' && row.received_at < oldest
    if (isOver || isRelayFinished(log.db, row.relay)) {
      prepared(log.db, 'UPDATE card SET is_open = 0 WHERE id = ?').run(row.id)
      continue
    }
    const heads = (relays[row.relay] ??= [])
    heads.push(row.id.toString('hex'))
  }
  return relays
}

/** An answer that ended a relay was taken back: its card waits again. A cancelled one stays closed. */
export function reopenCards(db: Db, relay: string): void {
  prepared(
    db,
    `UPDATE card SET is_open = 1 WHERE relay = ? AND is_head = 1 AND op IS NOT NULL AND state <> 'cancelled'`,
  ).run(relay)
}

/** A card that waits for an agency. `told` is when it was told by voice since (UTC ms), `again` that it was held once before. */
export type DueCard = {
  readonly id: string
  readonly relay: string
  readonly agency: string
  readonly origin: string
  readonly card: string
  readonly sig: string
  readonly told: number | null
  readonly again: boolean
}

type DueRow = {
  readonly id: Buffer
  readonly relay: string
  readonly agency: string
  readonly origin: string
  readonly sig: string
  readonly is_again: number
  readonly personal: Buffer
  readonly bytes: Buffer
  readonly at: string
}

/**
 * The newest cards of relays that no desk of their agency has said to have, the latest first: a new emergency never waits for
 * an old list. Only of agencies that have a desk at all, and of one maker when `maker` names a member.
 */
export function dueCards(
  db: Db,
  facts: { readonly agencies: readonly string[]; readonly maker: string | null; readonly limit: number },
): DueCard[] {
  const rows = prepared<DueRow>(
    db,
    `SELECT card.id, card.relay, card.agency, card.origin, card.sig, card.is_again, op.personal, op.bytes, op.at
     FROM card JOIN op ON op.op = card.op
     WHERE card.is_head = 1 AND card.is_open = 1 AND card.is_held = 0 AND op.personal IS NOT NULL
       AND card.agency IN (SELECT value FROM json_each(?)) AND card.origin LIKE ?
     ORDER BY op.at DESC LIMIT ?`,
  ).all(JSON.stringify(facts.agencies), `${facts.maker ?? '%'}.%`, facts.limit)
  return rows.flatMap((row) => {
    const { relay, agency, origin, sig } = row
    const { card } = JSON.parse(row.personal.toString('utf8')) as { card: string }
    const id = row.id.toString('hex')
    if (isRelayFinished(db, relay) && isReceived(db, relay, id)) return []
    return [{ id, relay, agency, origin, card, sig, told: toldAt(db, row), again: row.is_again === 1 }]
  })
}

/** When a person told the agency by voice what this card says: with the relay itself, or after it. */
function toldAt(db: Db, row: DueRow): number | null {
  const op = JSON.parse(row.bytes.toString('utf8')) as OpFields
  const isByVoice = typeof op.body.channel === 'string' && op.body.channel !== 'mqtt'
  return isByVoice ? op.wall - (op.offset ?? 0) : toldSince(db, row.relay, row.at)
}

function isReceived(db: Db, relay: string, card: string): boolean {
  const row = prepared(
    db,
    `SELECT 1 FROM op WHERE aggregate = 'relay:' || ? AND kind = 'CardReceived' AND standing = 'applied'
     AND json_extract(CAST(bytes AS TEXT), '$.body.card') = ? LIMIT 1`,
  ).get(relay, card)
  return row !== undefined
}

function toldSince(db: Db, relay: string, at: string): number | null {
  const row = prepared<{ wall: number; offset: number | null }>(
    db,
    `SELECT json_extract(CAST(bytes AS TEXT), '$.wall') AS wall, json_extract(CAST(bytes AS TEXT), '$.offset') AS offset
     FROM op WHERE aggregate = 'relay:' || ? AND kind = 'RelayTold' AND standing = 'applied' AND at > ?
     AND NOT ${isStruck} ORDER BY at LIMIT 1`,
  ).get(relay, at)
  return row === undefined ? null : row.wall - (row.offset ?? 0)
}

/**
 * Takes in what the desks of an agency say they have: what is named is delivered; what was delivered, is not finished and is
 * named by none of them any more goes out `again`.
 */
export function markHeld(db: Db, agency: string, held: ReadonlySet<string>): void {
  const rows = prepared<{ id: Buffer; relay: string; state: CardState; is_held: number }>(
    db,
    `SELECT id, relay, state, is_held FROM card
     WHERE agency = ? AND is_head = 1 AND is_open = 1 AND op IS NOT NULL`,
  ).all(agency)
  for (const row of rows) {
    const id = row.id.toString('hex')
    if (held.has(id)) {
      if (row.is_held === 1) continue
      prepared(db, 'UPDATE card SET is_held = 1, is_open = ? WHERE id = ?').run(
        row.state === 'cancelled' ? 0 : 1,
        row.id,
      )
    } else if (isRelayFinished(db, row.relay) && (row.is_held === 1 || isReceived(db, row.relay, id))) {
      prepared(db, 'UPDATE card SET is_open = 0 WHERE id = ?').run(row.id)
    } else if (row.is_held === 1) {
      prepared(db, 'UPDATE card SET is_held = 0, is_again = 1 WHERE id = ?').run(row.id)
    }
  }
}
