// Branded ids: a call id can never be passed where an incident id is meant.
import { v5, v7 } from 'uuid'
import { z } from 'zod'

const uuid = z.uuid()
export const callId = uuid.brand<'CallId'>()
export const incidentId = uuid.brand<'IncidentId'>()
export const reportId = uuid.brand<'ReportId'>()
export const relayId = uuid.brand<'RelayId'>()
export const sessionId = uuid.brand<'SessionId'>()
export const commandId = uuid.brand<'CommandId'>()
/** Hash of an op, 64 lower-case hex digits. */
export const opId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'OpId'>()

export type CallId = z.infer<typeof callId>
export type IncidentId = z.infer<typeof incidentId>
export type ReportId = z.infer<typeof reportId>
export type RelayId = z.infer<typeof relayId>
export type SessionId = z.infer<typeof sessionId>
export type CommandId = z.infer<typeof commandId>
export type OpId = z.infer<typeof opId>

/** Namespace of ids that several desks must derive alike; fixed by wire format 1, section 2. */
const namespace = 'e8b2d443-147b-4735-9734-0b8e2298844e'

/** A new time-ordered id (UUID version 7). */
export function newId<T extends string>(): T {
  return v7() as T
}

/** The id that every desk of a site gives to one call of one exchange (wire format 1, section 2). */
export function callIdOf(site: string, bridge: string, linkedId: string): CallId {
  return v5(JSON.stringify(['call', site, bridge, linkedId]), namespace) as CallId
}

/** The id of one shift; `day` is YYYY-MM-DD in site time (wire format 1, section 2). */
export function shiftIdOf(site: string, day: string, slot: string): string {
  return v5(JSON.stringify(['shift', site, day, slot]), namespace)
}
