// Operators who may sign in on this desk, their PIN hashes and locks. PIN data never leaves the desk.
import type { Role, Tries } from '#domain/operator.ts'
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

export type Login = {
  readonly operator: string
  readonly name: string
  readonly role: Role
  readonly salt: string
  readonly hash: string
  readonly isActive: boolean
  readonly wrongTries: number
  readonly locks: number
  readonly lockedUntil: number
}
type Row = {
  operator: string
  name: string
  role: Role
  salt: string
  hash: string
  is_active: number
  wrong_tries: number
  locks: number
  locked_until: number
}

const toLogin = (row: Row): Login => ({
  operator: row.operator,
  name: row.name,
  role: row.role,
  salt: row.salt,
  hash: row.hash,
  isActive: row.is_active === 1,
  wrongTries: row.wrong_tries,
  locks: row.locks,
  lockedUntil: row.locked_until,
})

/** One operator, or null. */
export function findLogin(db: Db, operator: string): Login | null {
  const row = prepared<Row, [string]>(db, 'SELECT * FROM login WHERE operator = ?').get(operator)
  return row === undefined ? null : toLogin(row)
}

/** Everyone who may sign in here, by code. */
export function allLogins(db: Db): Login[] {
  return prepared<Row, []>(db, 'SELECT * FROM login WHERE is_active = 1 ORDER BY operator').all().map(toLogin)
}

/** Everyone who was ever made here, also who may not sign in any more, by code. */
export function everyLogin(db: Db): Login[] {
  return prepared<Row, []>(db, 'SELECT * FROM login ORDER BY operator').all().map(toLogin)
}

/** Makes or changes an operator; a null `pin` keeps the old one, a new one also lifts a lock. */
export function putLogin(
  db: Db,
  who: { operator: string; name: string; role: Role; isActive: boolean },
  pin: { salt: string; hash: string } | null,
): void {
  const active = who.isActive ? 1 : 0
  if (pin === null) {
    prepared(db, 'UPDATE login SET name = ?, role = ?, is_active = ? WHERE operator = ?').run(
      who.name,
      who.role,
      active,
      who.operator,
    )
    return
  }
  prepared(
    db,
    `INSERT INTO login (operator, name, role, salt, hash, is_active) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (operator) DO UPDATE SET name = excluded.name, role = excluded.role, salt = excluded.salt,
       hash = excluded.hash, is_active = excluded.is_active, wrong_tries = 0, locks = 0, locked_until = 0`,
  ).run(who.operator, who.name, who.role, pin.salt, pin.hash, active)
}

/** Counts tries and locks; survives restarts so that pulling the plug does not give five more tries. */
export function setTries(db: Db, operator: string, tries: Tries): void {
  prepared(db, 'UPDATE login SET wrong_tries = ?, locks = ?, locked_until = ? WHERE operator = ?').run(
    tries.wrong,
    tries.locks,
    tries.lockedUntil,
    operator,
  )
}
