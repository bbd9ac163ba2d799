// Reads what operators did with a call beside setting its fields.
import type { CallId } from '#domain/id.ts'
import type { GivenPrompt } from '#domain/silent-call.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/** Who gave the call back last and why (true time, UTC ms). */
export type Release = { readonly by: string; readonly at: number; readonly reason: string | null }

/** The last time the call was given back, or null. */
export function lastRelease(db: Db, call: CallId): Release | null {
  const rows = prepared<Release>(
    db,
    `SELECT by, time AS at, reason FROM call_act WHERE call = ? AND kind = 'released'`,
  ).all(call)
  return rows.sort((a, b) => a.at - b.at).at(-1) ?? null
}

/** The prompts that were given to the caller, the earliest first; `at` is true time (UTC ms). */
export function givenPrompts(db: Db, call: CallId): GivenPrompt[] {
  return prepared<GivenPrompt>(
    db,
    `SELECT prompt, time AS at FROM call_act WHERE call = ? AND kind = 'prompted' AND prompt IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM entry_strike s WHERE s.aggregate = 'call:' || call_act.call AND s.entry = call_act.op)`,
  )
    .all(call)
    .sort((a, b) => a.at - b.at)
}
