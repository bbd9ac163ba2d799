// The one table of everything a screen may ask core to do. No command name appears anywhere else as text.
import { z } from 'zod'
import { blockHour, blockId } from '#domain/block.ts'
import { logAlarmKind } from '#domain/log-alarm.ts'
import { callClass, followUp, source } from '#domain/call.ts'
import { callId, incidentId, opId, relayId, reportId, sessionId } from '#domain/id.ts'
import { duplicateCommands } from './duplicates.ts'
import { intakeCommands } from './intake.ts'
import { mapCommands } from './map.ts'
import { disposition, editableFields, priority, reportFields } from '#domain/incident.ts'
import { notReadyReason } from '#domain/operator-state.ts'
import { operatorCode, pin, role } from '#domain/operator.ts'
import { channel, recordedStep } from '#domain/relay.ts'
import { foundIncident } from './rows.ts'
import { undoCommands } from './undo.ts'
import { typedLine, typedText } from '#domain/typed-text.ts'

const done = z.object({})
const shortText = z.string().overwrite(typedLine).max(200)
const longText = z.string().overwrite(typedText).max(4000)
/** Kept as it is typed, however long: what is too long to be recorded must not be lost. */
const draftText = z.string().max(200_000)
/** Ids of the ops behind the value a person saw; what is not cited becomes a conflict to be settled. */
const over = z.array(opId).max(200)
const questionId = z.string().min(1).max(24)
const answerCode = z.string().min(1).max(24)
const agencyCode = z.string().regex(/^[A-Z0-9]{2,12}$/)

export const commands = {
  // operator
  signIn: {
    input: z.object({ operator: operatorCode, pin: z.string().max(64) }),
    output: z.object({ session: sessionId, operator: operatorCode, name: z.string(), role }),
  },
  /** Of oneself; a reason is needed when not ready, words when it is another one. */
  setOperatorState: {
    input: z.object({
      state: z.enum(['ready', 'not-ready']),
      reason: notReadyReason.nullable(),
      text: shortText.nullable(),
    }),
    output: done,
  },
  signOut: { input: z.object({}), output: done },
  /** First start of a live site only: makes the first admin and gives the recovery code once. */
  createFirstAdmin: {
    input: z.object({ operator: operatorCode, name: shortText.min(1), pin }),
    output: z.object({ recoveryCode: z.string() }),
  },
  /**
   * Live site only: who knows the recovery code becomes an active admin with a new PIN. The old code is used up, the
   * reply is the next one. A wrong code is `wrong_pin` on `recoveryCode` and locks like wrong PINs.
   */
  recoverAdmin: {
    input: z.object({ recoveryCode: z.string().max(64), operator: operatorCode, name: shortText.min(1), pin }),
    output: z.object({ recoveryCode: z.string() }),
  },
  /** Live site only: an admin makes a new recovery code and is shown it once; the one before is void from then on. */
  newRecoveryCode: { input: z.object({}), output: z.object({ recoveryCode: z.string() }) },
  /** Makes an operator, or changes the one who has this code; a null `pin` keeps the PIN. */
  setOperator: {
    input: z.object({ operator: operatorCode, name: shortText.min(1), role, pin: pin.nullable(), active: z.boolean() }),
    output: done,
  },

  // telephone: requests to the exchange, not records
  answerCall: { input: z.object({ call: callId }), output: done },
  holdCall: { input: z.object({ call: callId, hold: z.boolean() }), output: done },
  muteCall: { input: z.object({ call: callId, mute: z.boolean() }), output: done },
  endCall: { input: z.object({ call: callId }), output: done },
  /** Passes a connected call on to a number. */
  transferCall: { input: z.object({ call: callId, number: z.string().max(32) }), output: done },
  /** Gives a call back that this desk took: to the queue where the exchange can, else it rings here and elsewhere again. */
  releaseCall: { input: z.object({ call: callId, reason: shortText.min(1) }), output: done },
  /** Calls a number; `call` is the missed call that is called back. */
  dialNumber: { input: z.object({ number: z.string().max(32), call: callId.nullable() }), output: done },

  // call
  classifyCall: { input: z.object({ call: callId, class: callClass }), output: done },
  /** Gives the next prompt of a silent call; a callback also dials where the exchange can. */
  promptCall: { input: z.object({ call: callId, prompt: z.string().max(20) }), output: done },
  setFollowUp: { input: z.object({ call: callId, followUp }), output: done },

  // block: a number that is rung by pranks; a blocked call is still recorded
  requestBlock: {
    input: z.object({ block: blockId, number: z.string().max(32), hours: blockHour, reason: shortText.min(1) }),
    output: done,
  },
  /** A lead approves, from when the hours run, or refuses. */
  decideBlock: {
    input: z.object({ block: blockId, approved: z.boolean(), reason: shortText.nullable() }),
    output: done,
  },
  liftBlock: { input: z.object({ block: blockId, reason: shortText.min(1) }), output: done },

  // incident; new ids are made by the page so that a retry cannot make two
  openIncident: {
    input: z.object({
      incident: incidentId,
      report: reportId,
      call: callId.nullable(),
      source,
      type: z.string().max(16).nullable(),
      priority: priority.nullable(),
    }),
    output: z.object({ label: z.string() }),
  },
  setIncidentField: {
    input: z.object({ incident: incidentId, field: z.enum(editableFields), value: longText.nullable(), over }),
    output: done,
  },
  addReport: {
    input: z.object({ incident: incidentId, report: reportId, call: callId.nullable(), source }),
    output: done,
  },
  setReportField: {
    input: z.object({ report: reportId, field: z.enum(reportFields), value: longText.nullable(), over }),
    output: done,
  },
  /** A digit on a question of the protocol; null takes the answer back. */
  answerQuestion: {
    input: z.object({ incident: incidentId, question: questionId, answer: answerCode.nullable(), over }),
    output: done,
  },
  addNote: { input: z.object({ incident: incidentId, text: longText }), output: z.object({ note: opId }) },
  strikeNote: { input: z.object({ incident: incidentId, note: opId, reason: shortText.min(1) }), output: done },
  verifyIncident: { input: z.object({ incident: incidentId }), output: done },
  postponeIncident: { input: z.object({ incident: incidentId, reason: shortText.min(1) }), output: done },
  cancelIncident: { input: z.object({ incident: incidentId, reason: shortText.min(1) }), output: done },
  closeIncident: { input: z.object({ incident: incidentId, disposition, reason: shortText.nullable() }), output: done },
  reopenIncident: { input: z.object({ incident: incidentId, reason: shortText.min(1) }), output: done },

  /**
   * Finds incidents, open and closed, the newest first; records nothing. `text` is a label, words, a number, a place or a
   * person; `place` a village or district code; `from` and `to` (opened before) UTC ms; `after` the `next` of the page before.
   */
  findIncidents: {
    input: z.object({
      text: z.string().max(200),
      state: z.enum(['all', 'open', 'closed']),
      type: z.string().max(16).nullable(),
      priority: priority.nullable(),
      place: z.string().max(16).nullable(),
      from: z.number().int().nullable(),
      to: z.number().int().nullable(),
      after: z.number().int().nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({ rows: z.array(foundIncident), next: z.number().int().nullable() }),
  },
  ...duplicateCommands,
  ...intakeCommands,
  ...undoCommands,
  ...mapCommands,

  // relay
  makeRelays: {
    input: z.object({
      incident: incidentId,
      targets: z
        .array(z.object({ relay: relayId, agency: agencyCode, channel }))
        .min(1)
        .max(20),
    }),
    output: done,
  },
  cancelRelay: { input: z.object({ relay: relayId, reason: shortText.min(1) }), output: done },
  stepRelay: {
    input: z.object({
      relay: relayId,
      step: recordedStep,
      person: shortText.nullable(),
      reason: shortText.nullable(),
      readBack: z.boolean(),
    }),
    output: done,
  },
  /** Records that an agency was told of a relay by phone or radio although its desk has not received it. */
  tellByVoice: { input: z.object({ relay: relayId, channel, person: shortText.nullable() }), output: done },
  /** Sends the newest card of a relay again at once. */
  repeatRelay: { input: z.object({ relay: relayId }), output: done },
  /** "Tangani": a named person takes the alarm of a relay. */
  handleAlarm: { input: z.object({ relay: relayId }), output: done },

  // drafts: text that is being typed, kept on this desk only
  saveDraft: {
    input: z.object({ on: z.string().max(80), field: z.string().max(32), text: draftText, over }),
    output: done,
  },
  dropDraft: { input: z.object({ on: z.string().max(80), field: z.string().max(32) }), output: done },

  // lead
  exportDailyLog: {
    input: z.object({ day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }),
    output: z.object({ file: z.string(), rows: z.number().int(), sha256: z.string() }),
  },
  /** "Ditangani": a lead or an admin takes an alarm about a log off every screen; the health facts and the record keep it. */
  handleLogAlarm: { input: z.object({ alarm: logAlarmKind, origin: z.string().max(64) }), output: done },
  /** Takes a notice of the health page off the screen; it stays in the log file. */
  dismissNotice: { input: z.object({ notice: z.string().max(64) }), output: done },
} as const

export type CommandName = keyof typeof commands
export type CommandInput<K extends CommandName> = z.output<(typeof commands)[K]['input']>
export type CommandOutput<K extends CommandName> = z.output<(typeof commands)[K]['output']>
