// What a person enters by hand, and the texts kept while it is being entered.
import { z } from 'zod'
import { callClass, source } from '#domain/call.ts'
import { callId, incidentId, relayId, reportId } from '#domain/id.ts'
import { priority } from '#domain/incident.ts'
import { paperSteps } from '#domain/intake.ts'
import { at } from './rows.ts'

const done = z.object({})
const line = z.string().max(200)
const text = z.string().max(4000)
const paperStep = z.enum(paperSteps)

export const intakeCommands = {
  /** A contact that no exchange told of and that needs no incident; `call` is made by the page. `happenedAt` = from paper. */
  noteContact: {
    input: z.object({
      call: callId,
      source,
      class: callClass,
      number: line,
      name: line,
      happenedAt: at.nullable(),
    }),
    output: done,
  },
  /**
   * An incident that was written on paper first, with everything of it, in one act. Times are UTC ms as the paper says;
   * `readBack`: the agency read the message back.
   */
  enterPaper: {
    input: z.object({
      incident: incidentId,
      report: reportId,
      happenedAt: at,
      source,
      number: line,
      name: line,
      type: z.string().max(16),
      priority: priority.nullable(),
      /** A recorded place, or words. */
      village: text,
      landmark: line,
      words: text,
      told: z
        .array(z.object({ relay: relayId, agency: z.string().max(12), at, person: line, readBack: z.boolean() }))
        .max(20),
      notes: z.array(z.object({ at, text })).max(50),
    }),
    output: z.object({ label: z.string() }),
  },
  /**
   * What stood on paper about an incident that exists: notes, and what agencies were told or did. Times are UTC ms as the paper
   * says. An agency that holds no relay of it gets one by phone; `relay` is its id then.
   */
  addPaper: {
    input: z
      .object({
        incident: incidentId,
        steps: z
          .array(
            z.object({ relay: relayId, agency: z.string().max(12), step: paperStep, at, person: line, reason: line }),
          )
          .max(20),
        notes: z.array(z.object({ at, text })).max(50),
      })
      .refine(({ steps, notes }) => steps.length + notes.length > 0),
    output: done,
  },
}

export const intakeQueries = {
  /** What the person signed in has typed into a paper form and not recorded yet, by field; `incident`: of the one that is added to. */
  paperDraft: { input: z.object({ incident: incidentId.optional() }), output: z.record(z.string(), z.string()) },
}
