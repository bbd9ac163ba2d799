// What the protocols say about one incident of this desk: the protocol in force, and the priority nobody had to choose.
import type { IncidentId } from '#domain/id.ts'
import type { Priority } from '#domain/incident.ts'
import { mostUrgent, protocolFor, suggestedPriority, toldWords, type Answers } from '#domain/protocol.ts'
import type { Protocol } from '#domain/protocol-pack.ts'
import type { NewOp } from '#domain/op.ts'
import { answerRows, answersOf, isPriorityDecided } from '#db/queries/answers.ts'
import { headsOf, valueOf } from '#db/queries/heads.ts'
import type { Desk } from './desk.ts'

/** The protocol for a type by this desk's pack; null only with a pack that has none, which is refused at the start. */
export function protocolOf(desk: Pick<Desk, 'reference'>, type: string | null): Protocol | null {
  return protocolFor(desk.reference.protocols.protocols, type)
}

/** Short words of the answers for the agencies. */
export function toldAnswers(desk: Pick<Desk, 'reference'>, type: string | null, answers: Answers): string[] {
  const protocol = protocolOf(desk, type)
  return protocol === null ? [] : toldWords(protocol, answers)
}

/** The more urgent of what the type says and what the answers say; null when neither says anything. */
export function automaticPriority(desk: Desk, type: string | null, answers: Answers): Priority | null {
  const protocol = protocolOf(desk, type)
  const byType = desk.reference.types.find(({ code }) => code === type)?.priority ?? null
  const byAnswers = protocol === null ? null : suggestedPriority(protocol, answers, desk.reference.protocols.thresholds)
  return mostUrgent(byType, byAnswers?.priority ?? null)
}

type Cause = {
  readonly incident: IncidentId
  readonly type: string | null
  readonly why: 'type' | 'answers'
  /** An answer that is about to be recorded. */
  readonly answer?: { readonly question: string; readonly value: string | null }
}

/**
 * The set that makes the priority follow type and answers, or none: it is right already, or a person has decided one,
 * which stays until a person changes it.
 */
export function priorityOps(desk: Desk, { incident, type, why, answer }: Cause): NewOp[] {
  if (isPriorityDecided(desk.db, incident)) return []
  const kept = answersOf(answerRows(desk.db, incident))
  const answers = answer === undefined ? kept : { ...kept, [answer.question]: answer.value }
  const value = automaticPriority(desk, type, answers)
  const on = `incident:${incident}`
  if (value === null || value === valueOf(desk.db, on, 'priority')) return []
  const over = headsOf(desk.db, on, 'priority')
  return [{ kind: 'IncidentFieldSet', on, body: { field: 'priority', value, over, why } }]
}
