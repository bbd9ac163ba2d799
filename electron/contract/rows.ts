// The rows that queries give to the screens.
import { z } from 'zod'
import { blockId } from '#domain/block.ts'
import { callClass, callStates, endReasons, numberTrusts, source } from '#domain/call.ts'
import { callId, incidentId, opId, relayId, reportId } from '#domain/id.ts'
import { disposition, incidentStatuses, priority } from '#domain/incident.ts'
import { notReadyReason, operatorStates } from '#domain/operator-state.ts'
import { operatorCode, role } from '#domain/operator.ts'
import { channel, relaySteps } from '#domain/relay.ts'
import { zoneNames } from '#domain/time.ts'

export const at = z.number().int()
export const count = z.number().int()
/** local: committed here; sent: the broker took it; confirmed: the centre signed that it stores it. */
export const recordState = z.enum(['local', 'sent', 'confirmed'])

/** Typed later, from paper: by whom and when. Null = recorded as it happened. */
export const paper = z.object({ by: z.string(), at }).nullable()

export const operator = z.object({ operator: operatorCode, name: z.string(), role })
export const station = z.object({
  member: z.string(),
  site: z.string(),
  siteName: z.string(),
  zone: z.enum(zoneNames),
  version: z.string(),
  isTrial: z.boolean(),
  answerSeconds: z.number(),
  p1AckSeconds: z.number(),
  /** Centres of the neighbourhood, to whom a caller of theirs is passed on. */
  neighbours: z.array(z.object({ name: z.string(), phone: z.string().nullable() })),
})

export const incidentLabel = z.object({ incident: incidentId, label: z.string() })

/** What is known of the number of a call while it rings. Counts are of the last 30 days, `silent` of the last 24 h. */
export const numberHistory = z.object({
  calls: count,
  junk: count,
  incidents: count,
  /** Calls that turned out to be silent: one more raises attention. */
  silent: count,
  /** Incidents on the board that this number called about, the newest first. */
  open: z.array(incidentLabel),
})

/** How far the prompts of a silent call are; codes are of the pack, times of this desk's clock. */
export const silentRow = z.object({
  call: callId,
  next: z.string().nullable(),
  missing: z.array(z.string()),
  isLost: z.boolean(),
  waitUntil: at.nullable(),
  given: z.array(z.object({ prompt: z.string(), at })),
})

export const callRow = z.object({
  call: callId,
  state: z.enum(callStates),
  direction: z.enum(['in', 'out']),
  /** E.164 or as the exchange gave it; null when withheld. */
  number: z.string().nullable(),
  numberTrust: z.enum(numberTrusts),
  name: z.string().nullable(),
  line: z.string(),
  dialled: z.string(),
  offeredAt: at,
  answeredAt: at.nullable(),
  endedAt: at.nullable(),
  endReason: z.enum(endReasons).nullable(),
  answeredBy: z.string().nullable(),
  muted: z.boolean(),
  class: callClass.nullable(),
  incident: incidentLabel.nullable(),
  /** False until the call is committed on this desk: "belum tercatat". */
  isRecorded: z.boolean(),
  /** The exchange told it in a way that could not be read: "panggilan tak dikenal". */
  isUnknown: z.boolean(),
  history: numberHistory,
  /** Until when its number is blocked: it rings last and, unless the site says so, without sound. */
  blockedUntil: at.nullable(),
  isQuiet: z.boolean(),
  /** This desk took it and can give it back. */
  canRelease: z.boolean(),
  /** The desk that gave it back last. */
  released: z.object({ by: z.string(), at, reason: z.string().nullable() }).nullable(),
})

export const conflict = z.object({ value: z.string().nullable(), by: z.string(), at })
/** One editable field: its value, the ops behind it (to be cited by an edit) and what others set meanwhile. */
export const field = z.object({
  value: z.string().nullable(),
  over: z.array(opId),
  conflicts: z.array(conflict),
  draft: z.object({ text: z.string(), over: z.array(opId), savedAt: at }).nullable(),
})

/** The answer to one question, the ops behind it, and what others answered meanwhile. */
export const answerRow = z.object({ value: z.string().nullable(), over: z.array(opId), conflicts: z.array(conflict) })

export const note = z.object({
  paper,
  note: opId,
  text: z.string(),
  by: z.string(),
  at,
  isSystem: z.boolean(),
  struck: z.object({ by: z.string(), at, reason: z.string() }).nullable(),
})

export const report = z.object({
  report: reportId,
  call: callId.nullable(),
  source,
  at,
  paper,
  name: field,
  callback: field,
  relation: field,
  words: field,
  place: field,
})

export const relayTimes = z.object({
  toldAt: at,
  receivedAt: at.nullable(),
  acknowledgedAt: at.nullable(),
  refusedAt: at.nullable(),
  underWayAt: at.nullable(),
  onSceneAt: at.nullable(),
  doneAt: at.nullable(),
  cancelledAt: at.nullable(),
})
export const relayRow = relayTimes.extend({
  relay: relayId,
  agency: z.string(),
  channel,
  step: z.enum(relaySteps),
  /** Told by phone or radio besides the card. */
  toldByVoiceAt: at.nullable(),
  person: z.string().nullable(),
  reason: z.string().nullable(),
  isReadBack: z.boolean(),
  /** When and by whom it was typed from paper. */
  typedAt: at.nullable(),
  typedBy: z.string().nullable(),
  /** The text of its newest card was erased by the rule of retention. */
  isErased: z.boolean(),
  /** True while a P1 relay waits longer than the limit and nobody dealt with it. */
  isOverdue: z.boolean(),
  recordState,
})

/** A recommended or told agency of an incident, as one row of the agencies panel. */
export const agencyRow = z.object({
  agency: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  part: z.enum(['lead', 'support', 'other']),
  /** How it would be told now: its desk is connected, else the site's order. */
  channel,
  isConnected: z.boolean(),
  relay: relayRow.nullable(),
})

export const boardRow = z.object({
  incident: incidentId,
  label: z.string(),
  priority: priority.nullable(),
  type: z.string().nullable(),
  village: z.string().nullable(),
  landmark: z.string().nullable(),
  status: z.enum(incidentStatuses),
  openedAt: at,
  by: z.string(),
  /** When it was typed from paper; null = recorded as it happened. */
  typedAt: at.nullable(),
  lastNote: z.string().nullable(),
  reports: count,
  hasNews: z.boolean(),
  hasConflict: z.boolean(),
  isUmbrella: z.boolean(),
  relays: z.array(z.object({ agency: z.string(), step: z.enum(relaySteps), isOverdue: z.boolean() })),
  overdueSince: at.nullable(),
  recordState,
})

export const incidentType = z.object({
  code: z.string(),
  label: z.string(),
  labelEn: z.string(),
  priority,
  words: z.array(z.string()),
})
export const codeLabel = z.object({ code: z.string(), label: z.string() })
/** In Indonesian and English; the page shows the one of its language. */
export const labelInBoth = z.object({ id: z.string(), en: z.string() })

/** An incident in the list of all incidents. */
export const foundIncident = z.object({
  incident: incidentId,
  label: z.string(),
  priority: priority.nullable(),
  type: z.string().nullable(),
  /** "Desa, Kecamatan". */
  village: z.string().nullable(),
  landmark: z.string().nullable(),
  status: z.enum(incidentStatuses),
  disposition: disposition.nullable(),
  openedAt: at,
  by: z.string(),
  /** When it was typed from paper; null = recorded as it happened. */
  typedAt: at.nullable(),
  lastNote: z.string().nullable(),
  reports: count,
  recordState,
})

/** A number that somebody asks to block, or that is blocked. */
export const blockRow = z.object({
  block: blockId,
  number: z.string().nullable(),
  reason: z.string().nullable(),
  hours: count,
  requestedAt: at,
  requestedBy: z.string(),
  decidedBy: z.string().nullable(),
  /** When it ends by itself; null while a lead has not decided. */
  until: at.nullable(),
})

/** What this desk's operator said last; `wrapUpMs` = when writing up ends by itself. */
export const operatorState = z.object({
  state: z.enum([...operatorStates, 'out']),
  reason: notReadyReason.nullable(),
  text: z.string().nullable(),
  since: at.nullable(),
  wrapUpMs: count,
  /** Another desk is heard and ready. */
  isOtherReady: z.boolean(),
})
