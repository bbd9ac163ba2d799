// Writes one op, its personal part and seals into the store. It must not judge them.
import type { OpFields } from '#log/op.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { Part } from './stored-op.ts'

export type NewRow = {
  readonly log: number
  readonly seq: number
  readonly hash: string
  readonly text: string
  /** What could be read of it. */
  readonly known: Partial<OpFields>
  readonly part: Part
  readonly standing: 'applied' | 'parked' | 'twin' | 'held'
  readonly reason: string | null
}

const hex = (text: string | undefined) => (text === undefined ? null : Buffer.from(text, 'hex'))

/** Inserts the row of an op and gives its row number. */
export function insertOp(db: Db, row: NewRow): number {
  const { known } = row
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO op (log, seq, hash, was, at, kind, aggregate, bytes, personal_hash, part, standing, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.log,
    row.seq,
    Buffer.from(row.hash, 'hex'),
    hex(known.was),
    known.at ?? '',
    known.kind ?? '',
    known.on ?? '',
    Buffer.from(row.text, 'utf8'),
    hex(known.personalHash),
    row.part,
    row.standing,
    row.reason,
  )
  return Number(lastInsertRowid)
}

/** Keeps the personal part of an op. */
export function insertPersonal(db: Db, op: number, part: { readonly salt: Uint8Array; readonly text: string }): void {
  prepared(db, 'INSERT INTO personal (op, salt, bytes) VALUES (?, ?, ?)').run(
    op,
    part.salt,
    Buffer.from(part.text, 'utf8'),
  )
}

/** Keeps a seal; a second one for the same place says the same. */
export function insertSeal(db: Db, log: number, seal: { readonly seq: number; readonly sig: string }): void {
  prepared(db, 'INSERT INTO seal (log, seq, sig) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(
    log,
    seal.seq,
    Buffer.from(seal.sig, 'base64url'),
  )
}

/** Moves the head of a branch. */
export function setHead(db: Db, log: number, seq: number, hash: string): void {
  prepared(db, 'UPDATE log SET head_seq = ?, head_hash = ? WHERE log = ?').run(seq, Buffer.from(hash, 'hex'), log)
}

/** Marks how an op stands now. */
export function setStanding(db: Db, op: number, standing: NewRow['standing'], reason: string | null): void {
  prepared(db, 'UPDATE op SET standing = ?, reason = ? WHERE op = ?').run(standing, reason, op)
}
