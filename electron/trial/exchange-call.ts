// The rules of a simulated telephone exchange for one call: what may follow what. Sends nothing and knows no time.
import type { CallState, EndReason } from '#domain/call.ts'

/** One call inside the simulated exchange; instants are UTC ms. */
export type ExchangeCall = {
  readonly call: string
  readonly state: CallState
  readonly direction: 'in' | 'out'
  readonly number: string | null
  readonly name?: string
  readonly line: string
  readonly dialled: string
  readonly offeredTo: readonly string[]
  readonly answeredBy?: string
  readonly offeredAt: number
  readonly answeredAt?: number
  readonly endedAt?: number
  readonly endReason?: EndReason
  readonly muted: boolean
  readonly heldBy?: string
  readonly location?: { readonly lat: number; readonly lon: number; readonly radiusM: number }
}

/** The changed call, the call as it was (the wish is fulfilled already), or why not. */
export type Outcome = ExchangeCall | { readonly refused: string }

export function isRefused(outcome: Outcome): outcome is { readonly refused: string } {
  return 'refused' in outcome
}

/** True while a caller waits for somebody. */
export function isWaiting({ state }: ExchangeCall): boolean {
  return state === 'queued' || state === 'offered'
}

/** A desk takes a call. Twice by the same desk is once. */
export function answer(call: ExchangeCall, member: string, now: number): Outcome {
  if (call.answeredBy === member && call.state !== 'ended') return call
  if (call.state === 'ended') return { refused: 'ended' }
  if (!isWaiting(call)) return { refused: 'answered-elsewhere' }
  return { ...call, state: 'connected', answeredBy: member, answeredAt: now }
}

/** The call is over, whoever ended it; what is over stays over. */
function end(call: ExchangeCall, endReason: EndReason, now: number): ExchangeCall {
  if (call.state === 'ended') return call
  const { heldBy: _heldBy, ...rest } = call
  return { ...rest, state: 'ended', endReason, endedAt: now, muted: false }
}

/** The desk that has the call hangs up; one that only rings there is turned away. */
export function hangUp(call: ExchangeCall, member: string, now: number): Outcome {
  if (call.state === 'ended') return call
  if (isWaiting(call)) return end(call, 'rejected', now)
  return call.answeredBy === member ? end(call, 'operator-hangup', now) : { refused: 'not-yours' }
}

/** The other side hangs up: before the answer the call was abandoned. */
export function callerHangsUp(call: ExchangeCall, now: number): ExchangeCall {
  return end(call, isWaiting(call) ? 'abandoned' : 'caller-hangup', now)
}

export function isNumber(text: string): boolean {
  return /^\+?\d{3,15}$/.test(text)
}

/** A desk passes its call on: to a number, with which the call is over for us, or back to the queue. */
export function transfer(call: ExchangeCall, member: string, { to, now }: { to: string; now: number }): Outcome {
  if (call.answeredBy !== member) return { refused: 'not-yours' }
  if (call.state !== 'connected' && call.state !== 'held') return { refused: 'not-connected' }
  if (to !== 'queue') return isNumber(to) ? end(call, 'transferred', now) : { refused: 'bad-number' }
  const { answeredBy: _answeredBy, answeredAt: _answeredAt, heldBy: _heldBy, ...rest } = call
  return { ...rest, state: 'queued', offeredTo: [], muted: false }
}

/** Puts a call on hold or takes it back. */
export function hold(call: ExchangeCall, member: string, isHeld: boolean): Outcome {
  if (call.answeredBy !== member) return { refused: 'not-yours' }
  if (call.state !== 'connected' && call.state !== 'held') return { refused: 'not-connected' }
  const { heldBy: _heldBy, ...rest } = call
  return isHeld ? { ...rest, state: 'held', heldBy: member } : { ...rest, state: 'connected' }
}

/** Switches the desk's microphone off or on. */
export function mute(call: ExchangeCall, member: string, muted: boolean): Outcome {
  if (call.answeredBy !== member) return { refused: 'not-yours' }
  return call.state === 'connected' || call.state === 'held' ? { ...call, muted } : { refused: 'not-connected' }
}
