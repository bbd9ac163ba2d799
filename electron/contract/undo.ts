// What crosses the border about undo: the action that Ctrl+Z would take back, and the order to do so.
import { z } from 'zod'
import { actionNames, leftBehind, undoFaults } from '#domain/undo.ts'
import { at } from './rows.ts'

export const undoQueries = {
  /** The newest own action of the last ten minutes that was not taken back; null when there is none. */
  lastAction: {
    input: z.object({}),
    output: z
      .object({
        action: z.string(),
        name: z.enum([...actionNames, 'other']),
        /** Number of the incident; null for a call without one. */
        label: z.string().nullable(),
        /** A field of the incident or report, the word of a call class, or names of agencies. */
        detail: z.string().nullable(),
        at,
        /** Why it cannot be taken back; null when it can. */
        why: z.enum(undoFaults).nullable(),
        /** What taking it back leaves as it is: an agency has accepted what would be called off, or was spoken to. */
        leaves: z.enum(leftBehind).nullable(),
      })
      .nullable(),
  },
} as const

export const undoCommands = {
  /** Takes back the action that the screen showed; `changed_meanwhile` when another is the last one by now. */
  undoLast: { input: z.object({ action: z.string().max(64) }), output: z.object({}) },
} as const
