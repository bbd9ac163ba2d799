// What crosses the border about incidents that may be one: suggestions, what was merged, umbrellas of a surge.
import { z } from 'zod'
import { callId, incidentId, reportId } from '#domain/id.ts'
import { incidentStatuses, priority } from '#domain/incident.ts'
import { source } from '#domain/call.ts'
import { at, count } from './rows.ts'

const done = z.object({})

/** An incident that may be the one in hand, and why: words for a screen, not numbers for a machine. */
const suggestion = z.object({
  incident: incidentId,
  label: z.string(),
  type: z.string().nullable(),
  priority: priority.nullable(),
  village: z.string().nullable(),
  landmark: z.string().nullable(),
  status: z.enum(incidentStatuses),
  openedAt: at,
  reports: count,
  isUmbrella: z.boolean(),
  why: z.object({
    minutes: count,
    /** Null where one end has no coordinates. */
    distanceKm: z.number().nullable(),
    place: z.enum(['village', 'district', 'words']).nullable(),
    type: z.enum(['same', 'related']).nullable(),
    isSameNumber: z.boolean(),
    words: z.array(z.string()),
  }),
})

export const duplicateQueries = {
  /** Open or just ended incidents that the one in hand may be, opened before it; best first. Looked up while typing. */
  duplicates: {
    input: z.object({ incident: incidentId, report: reportId.nullable(), call: callId.nullable() }),
    output: z.array(suggestion),
  },
  /** Umbrella incidents, the newest first: a caller in hand is added to the first with one key. */
  umbrellas: {
    input: z.object({}),
    output: z.array(
      z.object({
        incident: incidentId,
        label: z.string(),
        type: z.string().nullable(),
        village: z.string().nullable(),
        reports: count,
      }),
    ),
  },
} as const

export const duplicateCommands = {
  /**
   * The incident in hand is another one. Not opened yet: its caller becomes a reporter of the other, what was typed goes
   * along. Opened: it is merged. `report` of the reply is the report that was added, null when nothing was added.
   */
  joinIncident: {
    input: z.object({ incident: incidentId, into: incidentId, report: reportId, call: callId.nullable(), source }),
    output: z.object({ incident: incidentId, report: reportId.nullable() }),
  },
  /** Merges one incident into another, or says of a merged one that its news were read. */
  mergeIncident: { input: z.object({ incident: incidentId, into: incidentId }), output: done },
  /** Takes a merging back; both are as they were. */
  separateIncident: { input: z.object({ incident: incidentId }), output: done },
  /** Marks an incident as the one to which callers of a surge are added, or no longer. */
  setUmbrella: { input: z.object({ incident: incidentId, on: z.boolean() }), output: done },
} as const
