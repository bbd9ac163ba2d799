// How far the prompts of a silent call are: the exchange's word of now, joined with what is recorded.
import type { CallId } from '#domain/id.ts'
import { silentState, type GivenPrompt, type SilentState } from '#domain/silent-call.ts'
import { givenPrompts } from '#db/queries/call-acts.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import type { Desk } from './desk.ts'

/** True time (UTC ms), in which ops are timed. */
export function trueNow(desk: Desk): number {
  return desk.clock.now() - (desk.clockOffsetMs() ?? 0)
}

/** The state of a call's prompts with those that were given; null for a call that nobody knows. */
export function silentOf(desk: Desk, call: CallId): (SilentState & { readonly given: GivenPrompt[] }) | null {
  const live = desk.calls.find(call)
  const known = callFacts(desk.db, call)
  const facts = live ?? known
  if (facts === null) return null
  const given = givenPrompts(desk.db, call)
  const { number, endedAt, endReason } = facts
  const answeredAt = facts.answeredAt ?? known?.answeredAt ?? null
  return { ...silentState(desk.reference.silentPrompts, given, { number, endedAt, endReason, answeredAt }), given }
}
