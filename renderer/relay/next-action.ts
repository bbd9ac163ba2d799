// The one most useful action left for an agency of an incident. Pure: the row says it all.
import type { z } from 'zod'
import type { agencyRow } from '#contract/rows.ts'
import type { Channel, RecordedStep } from '#domain/relay.ts'

export type AgencyRow = z.infer<typeof agencyRow>
export type Relay = NonNullable<AgencyRow['relay']>

export type NextAction =
  | { readonly kind: 'relay'; readonly isAgain: boolean }
  | { readonly kind: 'phone'; readonly relay: Relay }
  | { readonly kind: 'readBack'; readonly relay: Relay }
  | { readonly kind: 'step'; readonly relay: Relay; readonly step: RecordedStep }

/** True when people talk to this agency about the relay, so its steps are recorded here and not by its own desk. */
function isByVoice(relay: Relay): boolean {
  return relay.channel !== 'mqtt' || relay.toldByVoiceAt !== null
}

/** True when nothing stands before the read-back any more. */
function isToldByVoice(relay: Relay, canDial: boolean): boolean {
  return relay.toldByVoiceAt !== null || (relay.channel !== 'mqtt' && !(canDial && relay.channel === 'phone'))
}

const nextSteps = { acknowledged: 'underWay', underWay: 'onScene', onScene: 'done' } as const

/**
 * Null when nothing is left to do here. Where the desk can dial, a relay by phone is dialled first; elsewhere the
 * operator dials by hand and only the read-back is recorded.
 */
export function nextAction({ relay }: Pick<AgencyRow, 'relay'>, canDial: boolean): NextAction | null {
  if (relay === null) return { kind: 'relay', isAgain: false }
  switch (relay.step) {
    case 'refused':
    case 'cancelled':
      return { kind: 'relay', isAgain: true }
    case 'told':
    case 'received':
      return isToldByVoice(relay, canDial) ? { kind: 'readBack', relay } : { kind: 'phone', relay }
    case 'acknowledged':
    case 'underWay':
    case 'onScene':
      return isByVoice(relay) ? { kind: 'step', relay, step: nextSteps[relay.step] } : null
    case 'done':
      return null
  }
}

/** When the present step of a relay began. */
export function stepAt(relay: Relay): number {
  const at = {
    told: relay.toldByVoiceAt,
    received: relay.receivedAt,
    acknowledged: relay.acknowledgedAt,
    refused: relay.refusedAt,
    underWay: relay.underWayAt,
    onScene: relay.onSceneAt,
    done: relay.doneAt,
    cancelled: relay.cancelledAt,
  }[relay.step]
  return at ?? relay.toldAt
}

/** The agencies F8 tells: recommended and not told yet. */
export function untold(rows: readonly AgencyRow[]): AgencyRow[] {
  return rows.filter(({ part, relay }) => part !== 'other' && relay === null)
}

/** Short enough for a button: the name, or the code of an agency with a long one. */
export function shortName({ name, agency }: Pick<AgencyRow, 'name' | 'agency'>): string {
  return name.length <= 16 ? name : agency
}

export type StateWord =
  | 'notYet'
  | 'unreached'
  | 'unaccepted'
  | 'toPhone'
  | 'toRadio'
  | 'toTell'
  | 'voice'
  | 'voiceUnread'
  | Relay['step']

const toDo = { phone: 'toPhone', radio: 'toRadio', 'in-person': 'toTell' } as const satisfies Record<
  Exclude<Channel, 'mqtt'>,
  StateWord
>

/** The word for how far a relay is; "belum sampai" is not "sampai, belum diterima". */
export function stateWord(relay: Relay | null): StateWord {
  if (relay === null) return 'notYet'
  if (relay.step === 'told' && relay.channel !== 'mqtt')
    return relay.toldByVoiceAt === null ? toDo[relay.channel] : 'voice'
  if (relay.toldByVoiceAt !== null && (relay.step === 'told' || relay.step === 'received')) return 'voiceUnread'
  if (relay.step === 'told') return 'unreached'
  return relay.step === 'received' ? 'unaccepted' : relay.step
}
