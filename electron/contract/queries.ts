// The one table of everything a screen may watch. Every value is pushed by core after a commit that changed it.
import { z } from 'zod'
import { logAlarmKind } from '#domain/log-alarm.ts'
import { callClass, endReasons, followUp, numberTrusts, source } from '#domain/call.ts'
import { callId, incidentId, relayId, sessionId } from '#domain/id.ts'
import { decision, disposition, incidentStatuses } from '#domain/incident.ts'
import { protocolSchema, thresholds } from '#domain/protocol-pack.ts'
import { channel, relaySteps } from '#domain/relay.ts'
import { promptKinds } from '#domain/silent-call.ts'
import { directoryQueries } from './directory.ts'
import { duplicateQueries } from './duplicates.ts'
import { intakeQueries } from './intake.ts'
import { gazetteer, landmarks, placeAbbreviations } from './places.ts'
import { mapQueries } from './map.ts'
import {
  agencyRow,
  answerRow,
  at,
  blockRow,
  boardRow,
  callRow,
  codeLabel,
  count,
  field,
  incidentType,
  labelInBoth,
  note,
  operator,
  operatorState,
  paper,
  recordState,
  report,
  silentRow,
  station,
} from './rows.ts'
import { undoQueries } from './undo.ts'

export const queries = {
  /** The centre's procedures and the versions of the reference packs; never changes while core runs. */
  help: {
    input: z.object({}),
    output: z.object({
      sop: z.array(z.object({ code: z.string(), title: z.string(), steps: z.array(z.string()) })),
      packs: z.array(z.object({ pack: z.string(), version: count, isProposal: z.boolean() })),
    }),
  },
  station: { input: z.object({}), output: station },
  /** Who is signed in on this desk. `known` lists the trial operators; empty on a live site. */
  session: {
    input: z.object({}),
    output: z.object({
      session: sessionId.nullable(),
      operator: operator.nullable(),
      known: z.array(operator),
      /** True on a live site that has no operator yet. */
      needsFirstAdmin: z.boolean(),
    }),
  },
  /** Everyone who was made on this desk, also who may not sign in any more. Empty for every role but admin. */
  operators: {
    input: z.object({}),
    output: z.array(
      operator.extend({
        isActive: z.boolean(),
        /** Until when wrong PINs locked this person last; may be over. Null = not locked. */
        lockedUntil: at.nullable(),
      }),
    ),
  },
  reference: {
    input: z.object({}),
    output: z.object({
      types: z.array(incidentType),
      /** Words that say nothing about an incident type. */
      fillers: z.array(z.string()),
      /** Each row: words and phrases that mean the same to the search of types. */
      synonyms: z.array(z.array(z.string())),
      protocols: z.object({
        version: count,
        isProposal: z.boolean(),
        thresholds,
        list: z.array(protocolSchema),
      }),
      classes: z.array(z.object({ code: callClass, key: z.string().length(1), label: labelInBoth })),
      dispositions: z.array(z.object({ code: disposition, label: labelInBoth })),
      relations: z.array(z.object({ code: z.string(), label: labelInBoth })),
      sources: z.array(z.object({ code: z.string(), label: labelInBoth })),
      /** Names, which are the same in every language. */
      agencies: z.array(codeLabel),
      /** What is said to a caller who says nothing, in order; `seconds` to listen after each. */
      silentPrompts: z.array(
        z.object({ code: z.string(), kind: z.enum(promptKinds), say: z.string(), seconds: count }),
      ),
      isProposal: z.boolean(),
    }),
  },
  /** All places of the regency and what is needed to find one by typing; the search itself runs on the page. */
  gazetteer: {
    input: z.object({}),
    output: z.object({ gazetteer, landmarks, abbreviations: placeAbbreviations }),
  },
  /** The strip: the call in hand, what rings for this desk, what waits in the queue. */
  calls: {
    input: z.object({}),
    output: z.object({
      /** Connected, held or just ended and not yet classed; the newest first. */
      active: callRow.nullable(),
      /** The incoming call whose class is wanted; also while this desk calls somebody in between. */
      toClass: callRow.nullable(),
      /** The prompts of `toClass`, if it should be a silent call: what must be done before it may be a ghost. */
      silent: silentRow.nullable(),
      ringing: z.array(callRow),
      queue: z.object({ waiting: count, longestSince: at.nullable() }),
      today: z.object({
        calls: count,
        answered: count,
        answeredInTime: count,
        missed: count,
        /** Everybody who came to the centre today, by the way that was taken; the most first. */
        sources: z.array(z.object({ source, count })),
      }),
      exchange: z.object({
        isOnline: z.boolean(),
        capabilities: z.array(z.enum(['answer', 'hangup', 'mute', 'hold', 'transfer', 'dial', 'queue'])),
        unknownCalls: count,
      }),
    }),
  },
  /**
   * Who should be called back, at most 50 rows: numbers that were silent again, then calls nobody answered, one row for
   * each number, the newest first. A row that is being called back stays for half an hour.
   */
  missedCalls: {
    input: z.object({}),
    output: z.object({
      total: count,
      silent: count,
      rows: z.array(
        z.object({
          kind: z.enum(['missed', 'silent']),
          isBlocked: z.boolean(),
          call: callId,
          number: z.string().nullable(),
          numberTrust: z.enum(numberTrusts),
          line: z.string(),
          dialled: z.string(),
          offeredAt: at,
          waitedMs: count,
          endReason: z.enum(endReasons).nullable(),
          count,
          followUp,
          by: z.string().nullable(),
          followUpAt: at.nullable(),
          /** Who did the same without knowing of it. */
          others: z.array(z.string()),
          reachedAt: at.nullable(),
        }),
      ),
    }),
  },
  /** What this desk's operator said last; `wrapUpMs` = when writing up ends by itself. */
  operatorState: { input: z.object({}), output: operatorState },
  /** Numbers that somebody asks to block, the oldest first, then those that are blocked, the next to end first. */
  blocks: {
    input: z.object({}),
    output: z.array(blockRow),
  },
  incident: {
    input: z.object({ incident: incidentId }),
    output: z
      .object({
        incident: incidentId,
        label: z.string(),
        status: z.enum(incidentStatuses),
        decision: decision.nullable(),
        disposition: disposition.nullable(),
        openedAt: at,
        by: z.string(),
        paper,
        source,
        recordState,
        type: field,
        priority: field,
        village: field,
        rtRw: field,
        landmark: field,
        text: field,
        reports: z.array(report),
        notes: z.array(note),
        noteDraft: z.string().nullable(),
        agencies: z.array(agencyRow),
        /** Names of recommended agencies that this site does not have for this place; "A / B" where either would do. */
        missingAgencies: z.array(z.string()),
        /** Question of a protocol to its answer. */
        answers: z.record(z.string(), answerRow),
        /** The protocol that was asked last, and its version then. */
        protocol: z.object({ protocol: z.string(), version: count }).nullable(),
        /** False while the priority follows the type and the answers. */
        isPriorityDecided: z.boolean(),
        /** What would be sent to the agencies now. */
        message: z.string(),
        hasNews: z.boolean(),
        isUmbrella: z.boolean(),
        /** The incident this one was merged into. */
        root: z.object({ incident: incidentId, label: z.string() }).nullable(),
        /** What was merged into this one. */
        merged: z.array(z.object({ incident: incidentId, label: z.string(), openedAt: at, hasNews: z.boolean() })),
      })
      .nullable(),
  },
  ...duplicateQueries,
  ...undoQueries,
  ...mapQueries,
  ...intakeQueries,
  ...directoryQueries,
  /** Open incidents by priority, then age (oldest first). */
  board: {
    input: z.object({ limit: z.number().int().min(1).max(200) }),
    output: z.object({ total: count, p1: count, overdue: count, rows: z.array(boardRow) }),
  },
  /** Unacknowledged P1 relays over their limit, the longest waiting first. */
  alarms: {
    input: z.object({}),
    output: z.array(
      z.object({
        relay: relayId,
        incident: incidentId,
        label: z.string(),
        agency: z.string(),
        name: z.string(),
        phone: z.string().nullable(),
        type: z.string().nullable(),
        village: z.string().nullable(),
        channel,
        step: z.enum(relaySteps),
        toldAt: at,
        /** When it rang first and when it rings next. */
        dueAt: at,
        limitMs: count,
        /** How often it has rung by now; a higher one means that it rings again. */
        round: count,
        /** True when it is heard at this desk; it is seen at every desk. */
        sounds: z.boolean(),
      }),
    ),
  },
  sync: {
    input: z.object({}),
    output: z.object({
      link: z.enum(['off', 'connecting', 'up', 'refused']),
      /** Own ops that the centre has not confirmed, and the age of the oldest. */
      waiting: count,
      /** Own ops in all. */
      own: count,
      oldestAt: at.nullable(),
      sentAt: at.nullable(),
      confirmedAt: at.nullable(),
      /** Sent for 15 s without a confirmation. */
      isUnconfirmed: z.boolean(),
      connected: z.array(z.string()),
      parked: count,
      missing: count,
      /** Batches of unknown members that were refused because too much of such is held already. */
      heldRefused: count,
      /** Proofs that something is wrong with a log of `member`; `handled` says who dealt with it. */
      alarms: z.array(
        z.object({
          kind: logAlarmKind,
          origin: z.string(),
          member: z.string(),
          noticedAt: at,
          handled: z.object({ by: z.string(), at }).nullable(),
        }),
      ),
    }),
  },
  health: {
    input: z.object({}),
    output: z.object({
      disk: z.enum(['ok', 'full', 'read-only', 'failed']),
      /** Desk clock minus centre clock, ms; null = never measured. */
      clockOffsetMs: z.number().int().nullable(),
      clockJumpMs: z.number().int().nullable(),
      secondCopy: z.enum(['ok', 'behind', 'off']),
      /** After an update old records are made again in the background: how far, 0 to 99; null when nothing is under way. */
      renewalPercent: count.nullable(),
      /** When all of the database was last read, and what came of it; `failed`: it could not be read to the end. */
      fullCheck: z.object({ at, result: z.enum(['ok', 'damaged', 'failed']) }).nullable(),
      counters: z.record(z.string(), count),
      notices: z.array(
        z.object({ notice: z.string(), kind: z.string(), at, values: z.record(z.string(), z.string()) }),
      ),
    }),
  },
} as const

export type QueryName = keyof typeof queries
export type QueryInput<K extends QueryName> = z.output<(typeof queries)[K]['input']>
export type QueryOutput<K extends QueryName> = z.output<(typeof queries)[K]['output']>
