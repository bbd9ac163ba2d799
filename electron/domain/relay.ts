// A relay: an incident handed to one agency, its steps and its alarm.
import { z } from 'zod'

/** In the order in which they happen; `refused` and `cancelled` end a relay. */
export const relaySteps = [
  'told',
  'received',
  'acknowledged',
  'refused',
  'underWay',
  'onScene',
  'done',
  'cancelled',
] as const
export type RelayStep = (typeof relaySteps)[number]

/** Steps that a person records; `told` and `cancelled` come from the relay itself, `received` also from the agency's program. */
export const recordedSteps = ['received', 'acknowledged', 'refused', 'underWay', 'onScene', 'done'] as const
export type RecordedStep = (typeof recordedSteps)[number]
export const recordedStep = z.enum(recordedSteps)

export const channels = ['mqtt', 'phone', 'radio', 'in-person'] as const
export type Channel = (typeof channels)[number]
export const channel = z.enum(channels)

const rank: Readonly<Record<RelayStep, number>> = {
  told: 0,
  received: 1,
  acknowledged: 2,
  refused: 2,
  underWay: 3,
  onScene: 4,
  done: 5,
  cancelled: 6,
}

/**
 * The present step of a relay out of everything known about it, whatever the order of arrival.
 * A cancellation that crosses a step is shown as sent until the agency answers, so the step wins until then.
 */
export function presentStep(steps: readonly RelayStep[]): RelayStep {
  let present: RelayStep = 'told'
  for (const step of steps) if (rank[step] > rank[present]) present = step
  return present
}

/** True while an agency has neither accepted nor refused a relay and it was not called off. */
export function isUnacknowledged(step: RelayStep): boolean {
  return step === 'told' || step === 'received'
}

/** True when nothing more is expected of the agency. */
export function isFinished(step: RelayStep): boolean {
  return step === 'done' || step === 'refused' || step === 'cancelled'
}

/** How often an alarm has fallen due: 1 after `limitMs` of waiting, 2 after twice that; 0 = not yet. */
export function alarmRound(waitedMs: number, limitMs: number): number {
  return Math.max(0, Math.floor(waitedMs / limitMs))
}

/** When the alarm of an unacknowledged P1 relay is due next (UTC ms): `limitMs` after told, then each `limitMs`. */
export function alarmDueAt(toldAt: number, limitMs: number): number {
  return toldAt + limitMs
}
