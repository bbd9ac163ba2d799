// Every recorded change: one kind each, with the schema of its body and of its personal part. Bytes and hashes are in log/.
import { z } from 'zod'
import { blockHour } from './block.ts'
import { callClass, endReasons, followUp, numberTrusts, source } from './call.ts'
import { callId, incidentId, opId } from './id.ts'
import { disposition, incidentFields, priority, reportFields } from './incident.ts'
import { channel, recordedStep } from './relay.ts'
import { logAlarmKind } from './log-alarm.ts'
import { notReadyReason, operatorStates } from './operator-state.ts'
import { role } from './operator.ts'

// Unknown keys are kept and ignored: a newer desk may say more than we understand (wire format 1, section 1).
const open = z.looseObject
const over = z.array(opId).max(200)
const at = z.number().int()
const text = z.string().max(16_384)

/** (seq, hash) per origin that a person had seen when closing or merging. */
const saw = z.record(z.string(), z.number().int())

/** What set a priority that no person chose: "type" or "answers". */
const why = text.optional()

const callFacts = {
  bridge: text.optional(),
  line: text.optional(),
  dialled: text.optional(),
  direction: z.enum(['in', 'out']).optional(),
  source: source.optional(),
  offeredAt: at.optional(),
  answeredAt: at.optional(),
  endedAt: at.optional(),
  endReason: z.enum(endReasons).optional(),
  /** An operator said so on a desk whose exchange cannot be told; the exchange's own word wins. */
  claimed: z.boolean().optional(),
}
/** Who called; personal. `location` is in 1e-7 degree and metres. */
const caller = open({
  number: z.string().max(256).nullable().optional(),
  numberTrust: z.enum(numberTrusts).optional(),
  name: z.string().max(256).optional(),
  location: open({ lat: z.number().int(), lon: z.number().int(), radiusM: z.number().int() }).optional(),
})
/** When something written on paper happened (UTC ms); the time of the op is when it was typed. */
const happenedAt = at.optional()
const signed = open({ key: z.string(), sig: z.string() })
const nothing = open({})

/** What a person recorded and may take back: an entry of one of these. The exchange's and the agencies' own words are not struck. */
const entryOwners = ['call', 'report', 'relay', 'block', 'session', 'log'] as const

/** Kind -> schemas. `on` names the aggregate a kind belongs to: the part of op.on before the colon. */
export const opKinds = {
  LogOpened: { on: 'log', body: open({ format: z.literal(1), key: z.string() }), personal: nothing },
  /** A lead or an admin dealt with an alarm about the log in `on`. */
  LogAlarmHandled: { on: 'log', body: open({ alarm: logAlarmKind }), personal: nothing },
  PersonalErased: { on: 'erasure', body: open({ ids: z.array(opId).max(200), rule: text }), personal: nothing },

  SessionOpened: { on: 'session', body: open({ role }), personal: nothing },
  /** `call` is the one that is written up. */
  OperatorStateSet: {
    on: 'session',
    body: open({ state: z.enum(operatorStates), reason: notReadyReason.optional(), call: callId.optional() }),
    personal: open({ text: text.optional() }),
  },
  SessionClosed: { on: 'session', body: open({}), personal: nothing },
  OperatorSet: { on: 'operator', body: open({ role, active: z.boolean() }), personal: open({ name: text.optional() }) },
  /** An admin made a new recovery code on this desk; the one before is void. The code itself is never on record. */
  RecoveryCodeMade: { on: 'operator', body: nothing, personal: nothing },
  ExportMade: { on: 'export', body: open({ what: text, day: text, rows: at, sha256: text }), personal: nothing },

  CallSeen: { on: 'call', body: open(callFacts), personal: caller },
  CallAnswered: { on: 'call', body: open(callFacts), personal: caller },
  /** A contact that no exchange told of, entered by hand: at the counter, by radio, over WhatsApp, at an old number. */
  ContactTaken: { on: 'call', body: open({ source, happenedAt }), personal: caller },
  CallEnded: { on: 'call', body: open(callFacts), personal: nothing },
  CallFieldSet: {
    on: 'call',
    body: z.discriminatedUnion('field', [
      open({ field: z.literal('class'), value: callClass.nullable(), over }),
      open({ field: z.literal('followUp'), value: followUp, over }),
      open({ field: z.literal('incident'), value: incidentId.nullable(), over }),
    ]),
    personal: nothing,
  },
  /** Who had answered gives the call back; an answer of the same desk before it does not count any more. */
  CallReleased: { on: 'call', body: nothing, personal: open({ reason: text.optional() }) },
  /** A prompt of the silent-call pack was given to the caller. */
  CallPrompted: { on: 'call', body: open({ prompt: text }), personal: nothing },

  /** Somebody asks to block a number for so many hours; it ends by itself. */
  BlockRequested: {
    on: 'block',
    body: open({ hours: blockHour }),
    personal: open({ number: z.string().max(256).optional(), reason: text.optional() }),
  },
  BlockDecided: { on: 'block', body: open({ approved: z.boolean() }), personal: open({ reason: text.optional() }) },
  BlockLifted: { on: 'block', body: nothing, personal: open({ reason: text.optional() }) },

  IncidentOpened: {
    on: 'incident',
    body: open({
      label: text,
      type: text.nullable().optional(),
      priority: priority.nullable().optional(),
      source: source.optional(),
      happenedAt,
      why,
    }),
    personal: nothing,
  },
  IncidentFieldSet: {
    on: 'incident',
    body: open({
      field: z.enum(incidentFields),
      over,
      value: z.union([text, z.null()]).optional(),
      saw: saw.optional(),
      disposition: disposition.optional(),
      why,
    }),
    personal: open({ value: z.union([text, z.null()]).optional(), reason: text.optional() }),
  },
  IncidentApproved: {
    on: 'incident',
    body: open({ signed: signed.optional() }),
    personal: open({ text: text.optional() }),
  },
  /** `answer` is a code of the protocol that was in force; null takes an answer back. */
  QuestionAnswered: {
    on: 'incident',
    body: open({ protocol: text, version: z.number().int(), question: text, answer: text.nullable(), over }),
    personal: nothing,
  },
  NoteAdded: { on: 'incident', body: open({ happenedAt }), personal: open({ text }) },
  NoteStruck: { on: 'incident', body: open({ note: opId }), personal: open({ reason: text.optional() }) },

  ReportAdded: {
    on: 'report',
    body: open({ incident: incidentId, call: callId.nullable().optional(), source: source.optional(), happenedAt }),
    personal: nothing,
  },
  ReportFieldSet: {
    on: 'report',
    body: open({ field: z.enum(reportFields), over, value: z.union([text, z.null()]).optional() }),
    personal: open({ value: z.union([text, z.null()]).optional() }),
  },

  RelayMade: {
    on: 'relay',
    body: open({ agency: text, channel, card: text, happenedAt }),
    personal: open({ card: z.string(), sig: z.string() }),
  },
  RelayChanged: {
    on: 'relay',
    body: open({ agency: text, channel, card: text }),
    personal: open({ card: z.string(), sig: z.string() }),
  },
  RelayCancelled: {
    on: 'relay',
    body: open({ agency: text, channel, card: text }),
    personal: open({ card: z.string(), sig: z.string() }),
  },
  RelayTold: { on: 'relay', body: open({ channel, happenedAt }), personal: open({ person: text.optional() }) },
  CardReceived: { on: 'relay', body: open({ card: text }), personal: nothing },
  RelayStepped: {
    on: 'relay',
    body: open({ step: recordedStep, readBack: z.boolean().optional(), happenedAt }),
    personal: open({ person: text.optional(), reason: text.optional() }),
  },
  RelayAlarmHandled: { on: 'relay', body: open({ dueAt: at }), personal: nothing },

  /** An entry on the same aggregate does not count any more; it stays on record. Notes have a kind of their own. */
  EntryStruck: { on: entryOwners, body: open({ entry: opId }), personal: open({ reason: text.optional() }) },

  HandoverAccepted: { on: 'shift', body: open({ signed: signed.optional() }), personal: nothing },
} as const satisfies Record<string, { on: string | readonly string[]; body: z.ZodType; personal: z.ZodType }>

export type OpKind = keyof typeof opKinds
export type OpBody<K extends OpKind> = z.infer<(typeof opKinds)[K]['body']>
export type OpPersonal<K extends OpKind> = z.infer<(typeof opKinds)[K]['personal']>

/** The version of every kind that this program writes and understands. */
export const opVersion = 1

/** A change that a command wants recorded; origin, seq, time and hashes are added when it is appended to the log. */
export type NewOp = {
  [K in OpKind]: {
    readonly kind: K
    readonly on: string
    readonly about?: readonly string[]
    readonly body: OpBody<K>
    readonly personal?: OpPersonal<K>
  }
}[OpKind]

/** Kinds an agency desk may write, on relays of its own agency only. */
export const agencyKinds: readonly OpKind[] = [
  'LogOpened',
  'CardReceived',
  'RelayStepped',
  'SessionOpened',
  'SessionClosed',
]

/** True for a kind of the catalogue. */
export function isOpKind(kind: string): kind is OpKind {
  return Object.hasOwn(opKinds, kind)
}
