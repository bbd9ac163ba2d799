// Answers to the questions of a protocol. An answer may raise the priority and is told to the agencies in short words.
import { fault, type Fault } from '#domain/fault.ts'
import type { IncidentId, OpId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import { answerRows, answersOf } from '#db/queries/answers.ts'
import { incidentFacts } from '#db/queries/incident-facts.ts'
import { changedCards } from '../card.ts'
import type { Desk } from '../desk.ts'
import { priorityOps, protocolOf, toldAnswers } from '../protocol-rule.ts'
import { takers, type Decision, type Rules } from '../rule.ts'

type Input = { incident: IncidentId; question: string; answer: string | null; over: OpId[] }

function answerQuestion(desk: Desk, input: Input): Decision<Record<string, never>> | Fault {
  const { incident, question, answer, over } = input
  const facts = incidentFacts(desk.db, incident)
  if (facts === null) return fault('not_found', { field: 'incident' })
  const protocol = protocolOf(desk, facts.type)
  const asked = protocol?.questions.find(({ id }) => id === question)
  if (protocol === null || asked === undefined) return fault('invalid', { field: 'question' })
  if (answer !== null && !asked.answers.some(({ code }) => code === answer))
    return fault('invalid', { field: 'answer' })
  const rows = answerRows(desk.db, incident)
  const row = rows[question]
  if ((row?.value ?? null) === answer && (row?.conflicts.length ?? 0) === 0) return { ops: [], reply: {} }
  const { version } = desk.reference.protocols
  const given: NewOp = {
    kind: 'QuestionAnswered',
    on: `incident:${incident}`,
    body: { protocol: protocol.code, version, question, answer, over },
  }
  const raised = priorityOps(desk, { incident, type: facts.type, why: 'answers', answer: { question, value: answer } })
  const before = answersOf(rows)
  const told = (answers: typeof before): string => toldAnswers(desk, facts.type, answers).join()
  const isTold = raised.length > 0 || told(before) !== told({ ...before, [question]: answer })
  const after = isTold ? { after: () => changedCards(desk, incident) } : {}
  return { ops: [given, ...raised], reply: {}, ...after }
}

export const questionRules: Pick<Rules, 'answerQuestion'> = {
  answerQuestion: { roles: takers, decide: answerQuestion },
}
