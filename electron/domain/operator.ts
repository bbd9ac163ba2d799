// Who may do what. Roles are checked in core for every command, never in the screens alone.
import { z } from 'zod'

export const roles = ['operator', 'lead', 'agency', 'admin'] as const
export type Role = (typeof roles)[number]
export const role = z.enum(roles)

/** What an operator types to sign in: short, lower case, never a person's full name. */
export const operatorCode = z.string().regex(/^[a-z0-9._-]{2,32}$/)
/** A PIN of 6 to 12 digits. */
export const pin = z.string().regex(/^[0-9]{6,12}$/)

/** Wrong tries in a row before an operator is locked, the first lock, and the longest one (ms). */
const lockRule = { tries: 5, firstMs: 60_000, longestMs: 900_000 } as const

/** How long the n-th lock in a row lasts: 1 minute, doubling to 15 (n from 1). */
export function lockMs(n: number): number {
  return Math.min(lockRule.firstMs * 2 ** (n - 1), lockRule.longestMs)
}

/** Wrong tries in a row and the lock they brought; `lockedUntil` is UTC ms, 0 = never locked. */
export type Tries = { readonly wrong: number; readonly locks: number; readonly lockedUntil: number }
export const noTries: Tries = { wrong: 0, locks: 0, lockedUntil: 0 }

/** One more wrong try; the fifth in a row locks, longer each time. */
export function afterWrongTry(tries: Tries, now: number): Tries {
  const wrong = tries.wrong + 1
  if (wrong < lockRule.tries) return { ...tries, wrong }
  const locks = tries.locks + 1
  return { wrong: 0, locks, lockedUntil: now + lockMs(locks) }
}

/** A person's name as it stands beside a note: "Siti Nuraini" becomes "Siti N.". */
export function shortPersonName(name: string): string {
  const [first = '', ...others] = name.trim().split(/\s+/)
  const last = others.at(-1)
  return last === undefined ? first : `${first} ${last.charAt(0).toUpperCase()}.`
}
