// The port between core and a telephone exchange. Drivers are in core/calls; nothing of a driver shows through here.
import type { CallState, EndReason, NumberTrust } from '#domain/call.ts'
import type { CallId } from '#domain/id.ts'

export const capabilities = ['answer', 'hangup', 'mute', 'hold', 'transfer', 'dial', 'queue'] as const
export type Capability = (typeof capabilities)[number]

/** One call as the exchange tells it: always the whole call, never a difference. Instants are UTC ms. */
export type SourceCall = {
  readonly call: CallId
  readonly bridge: string
  /** The exchange's own id, used in commands to it. */
  readonly bridgeCall: string
  readonly linkedId: string
  readonly state: CallState
  readonly direction: 'in' | 'out'
  /** E.164 where it could be read as a number, else as given; null when withheld. */
  readonly number: string | null
  readonly numberTrust: NumberTrust
  readonly name: string | null
  readonly line: string
  readonly dialled: string
  readonly offeredTo: readonly string[]
  readonly answeredBy: string | null
  readonly offeredAt: number
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly endReason: EndReason | null
  readonly muted: boolean
  readonly heldBy: string | null
  /** 1e-7 degree and metres. */
  readonly location: {
    readonly lat: number
    readonly lon: number
    readonly radiusM: number
    readonly source: string
  } | null
  /** True for a document that failed but names a call: shown as "panggilan tak dikenal". */
  readonly isUnknown: boolean
}

export type SourceHealth = {
  readonly isOnline: boolean
  readonly capabilities: readonly Capability[]
  readonly queue: { readonly waiting: number; readonly longestSince: number | null }
  /** Payloads that could not be read, by reason. */
  readonly refused: Readonly<Record<string, number>>
}

export type CallCommand =
  | { readonly op: 'answer' | 'hangup' | 'hold' | 'resume' | 'mute' | 'unmute'; readonly bridgeCall: string }
  | { readonly op: 'dial'; readonly number: string }
  /** `to` is a number, or `queue`: back to the calls that wait for any desk. */
  | { readonly op: 'transfer'; readonly bridgeCall: string; readonly to: string }

export type CallReply =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'offline' | 'refused' | 'no-reply'; readonly detail?: string }

/** A driver. `onCall` may repeat itself (`ended` too); `command` is idempotent and never throws. */
export type CallSource = {
  readonly start: (listener: {
    readonly onCall: (call: SourceCall) => void
    /** The retained documents have all arrived after a (re)connection: what is not in `snapshot` is over. */
    readonly onSnapshot: () => void
    readonly onHealth: (health: SourceHealth) => void
  }) => void
  readonly stop: () => Promise<void>
  readonly snapshot: () => readonly SourceCall[]
  readonly health: () => SourceHealth
  readonly command: (command: CallCommand) => Promise<CallReply>
}
