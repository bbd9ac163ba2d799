// Whether an operator is there for the next call, and why not. A call rings whatever is said here; only its sound may stay away.
import { z } from 'zod'

/** out: signed out. wrap-up: writing up a call that just ended, ready all the same. */
export const operatorStates = ['ready', 'not-ready', 'wrap-up'] as const
export type OperatorState = (typeof operatorStates)[number]

export const notReadyReasons = ['istirahat', 'sholat', 'rapat', 'alat', 'lainnya'] as const
export type NotReadyReason = (typeof notReadyReasons)[number]
export const notReadyReason = z.enum(notReadyReasons)

/** A state as it was recorded; `since` is UTC ms. */
export type StatedState = { readonly state: OperatorState | 'out'; readonly since: number }

/** Writing up ends by itself when its time is over; everything else lasts until somebody says otherwise. */
export function stateAt({ state, since }: StatedState, now: number, wrapUpMs: number): OperatorState | 'out' {
  return state === 'wrap-up' && now - since >= wrapUpMs ? 'ready' : state
}

/**
 * A call is heard at every desk that is ready. Where the operator is not, it is heard too when no other desk is known to be
 * ready, and when nobody took it within the limit: a call that nobody hears is worse than one that is heard in a break.
 */
export function ringsAloud(facts: {
  readonly state: OperatorState | 'out'
  readonly isOtherReady: boolean
  readonly waitedMs: number
  readonly limitMs: number
}): boolean {
  return facts.state !== 'not-ready' || !facts.isOtherReady || facts.waitedMs >= facts.limitMs
}
