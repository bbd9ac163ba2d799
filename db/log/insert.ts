// Writes one op with its personal part and seal into the store. It must not judge them.
import type { OpFields } from '#log/op.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { Part } from './stored-op.ts'

/** A personal part as it is kept: 16 bytes of salt and the JSON text. */
export type KeptPart = { readonly salt: Uint8Array; readonly text: string }

export type NewRow = {
  readonly log: number
  readonly seq: number
  readonly hash: string
  readonly text: string
  /** What could be read of it. */
  readonly known: Partial<OpFields>
  readonly part: Part
  readonly kept: KeptPart | null
  readonly standing: 'applied' | 'parked' | 'twin' | 'held'
  readonly reason: string | null
  /** Signature (base64url) when a sealed run ends here. */
  readonly seal: string | null
}

const hex = (text: string | undefined) => (text === undefined ? null : Buffer.from(text, 'hex'))
const utf8 = (text: string) => Buffer.from(text, 'utf8')

/** Inserts the row of an op and gives its row number. */
export function insertOp(db: Db, row: NewRow): number {
  const { known, kept } = row
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO op (log, seq, hash, was, at, kind, aggregate, bytes, personal_hash, part, standing, reason, salt, personal, seal)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.log,
    row.seq,
    Buffer.from(row.hash, 'hex'),
    hex(known.was),
    known.at ?? '',
    known.kind ?? '',
    known.on ?? '',
    utf8(row.text),
    hex(known.personalHash),
    row.part,
    row.standing,
    row.reason,
    kept?.salt ?? null,
    kept === null ? null : utf8(kept.text),
    row.seal === null ? null : Buffer.from(row.seal, 'base64url'),
  )
  return Number(lastInsertRowid)
}

/** Keeps the personal part of an op that came without it. */
export function keepPersonal(db: Db, op: number, part: KeptPart): void {
  prepared(db, `UPDATE op SET part = 'kept', salt = ?, personal = ? WHERE op = ?`).run(part.salt, utf8(part.text), op)
}

/** Moves the head of a branch. */
export function setHead(db: Db, log: number, seq: number, hash: string): void {
  prepared(db, 'UPDATE log SET head_seq = ?, head_hash = ? WHERE log = ?').run(seq, Buffer.from(hash, 'hex'), log)
}

/** Marks how an op stands now. */
export function setStanding(db: Db, op: number, standing: NewRow['standing'], reason: string | null): void {
  prepared(db, 'UPDATE op SET standing = ?, reason = ? WHERE op = ?').run(standing, reason, op)
}

/** Parks an op that counted so far, by its hash (hex). */
export function parkOp(db: Db, hash: string, reason: string): void {
  prepared(db, `UPDATE op SET standing = 'parked', reason = ? WHERE hash = ?`).run(reason, Buffer.from(hash, 'hex'))
}
