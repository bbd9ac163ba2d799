// A call: one telephone contact, answered or not, always kept.
import { z } from 'zod'

export const callStates = ['queued', 'offered', 'connecting', 'connected', 'held', 'closing', 'ended'] as const
export type CallState = (typeof callStates)[number]

export const endReasons = [
  'abandoned',
  'answered-elsewhere',
  'caller-hangup',
  'operator-hangup',
  'rejected',
  'transferred',
  'no-operator',
  'failed',
  'unknown',
] as const
export type EndReason = (typeof endReasons)[number]

export const numberTrusts = ['asserted', 'from', 'withheld'] as const
export type NumberTrust = (typeof numberTrusts)[number]

/** Codes of the nine call classes; labels and keys are reference data. */
export const callClasses = [
  'DARURAT',
  'NONDARURAT',
  'INFO',
  'PRANK',
  'GHOST',
  'PUTUS',
  'SALAH',
  'COBA',
  'LANJUT',
] as const
export type CallClass = (typeof callClasses)[number]
export const callClass = z.enum(callClasses)

/** Classes that count as junk in the history of a number. */
export const junkClasses: readonly CallClass[] = ['PRANK', 'GHOST', 'COBA']
/** Classes whose call needs an incident; all others are closed by the class alone. */
export const incidentClasses: readonly CallClass[] = ['DARURAT', 'NONDARURAT', 'LANJUT']

/** What was done about a call that nobody answered. */
export const followUps = ['belum', 'dihubungi', 'tidak-diangkat', 'selesai'] as const
export type FollowUp = (typeof followUps)[number]
export const followUp = z.enum(followUps)

export const sources = ['112', '110', '113', '115', '118', '119', 'walk-in', 'radio', 'whatsapp', 'other'] as const
export type Source = (typeof sources)[number]
export const source = z.enum(sources)

/** True when the caller was never connected to a person. */
export function isMissed(call: {
  direction: 'in' | 'out'
  answeredAt: number | null
  endedAt: number | null
}): boolean {
  return call.direction === 'in' && call.answeredAt === null && call.endedAt !== null
}
