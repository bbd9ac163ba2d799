// Proofs that something is wrong with a log, and what a person said about one. Pure words.
import { z } from 'zod'

/** fork: two histories under one name; rewound: a database older than its record; members: a member list that breaks the row. */
export const logAlarmKind = z.enum(['fork', 'rewound', 'members'])
export type LogAlarmKind = z.infer<typeof logAlarmKind>
