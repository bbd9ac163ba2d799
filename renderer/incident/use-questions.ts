// The protocol of the incident in hand with its answers, worked out by the same rules as in core.
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Priority } from '#domain/incident.ts'
import {
  answered,
  askedQuestions,
  compliance,
  isMoreUrgent,
  mostUrgent,
  protocolFor,
  spokenTexts,
  suggestedPriority,
  type Answered,
  type Answers,
  type Compliance,
} from '#domain/protocol.ts'
import type { Protocol, Question } from '#domain/protocol-pack.ts'
import type { QueryOutput } from '#contract/queries.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useTell } from '../ui/messages.tsx'
import { useInHand, type IncidentRow } from './in-hand.tsx'

type Reference = QueryOutput<'reference'>

/** Why the incident has its priority, and what type and answers suggest where a person decided otherwise. */
export type PriorityReason = {
  readonly priority: Priority | null
  readonly isDecided: boolean
  /** More urgent than what a person decided; null = none. */
  readonly suggested: Priority | null
  /** The answers behind it, the weightiest first; none = the type alone. */
  readonly because: readonly Answered[]
}

export type Questions = {
  readonly protocol: Protocol
  readonly version: number
  /** The version of the answers, when they were asked by another one. */
  readonly otherVersion: number | null
  readonly isProposal: boolean
  readonly asked: readonly Question[]
  readonly answers: Answers
  readonly given: ReadonlyMap<string, Answered>
  readonly conflicts: ReadonlySet<string>
  readonly compliance: Compliance
  readonly reason: PriorityReason
  readonly spoken: readonly { readonly id: string; readonly en: string }[]
}

function reasonOf(row: IncidentRow | null, reference: Reference, protocol: Protocol, answers: Answers): PriorityReason {
  const typePriority = reference.types.find(({ code }) => code === row?.type.value)?.priority ?? null
  const suggestion = suggestedPriority(protocol, answers, reference.protocols.thresholds)
  const priority = (row?.priority.value ?? null) as Priority | null
  const automatic = mostUrgent(suggestion?.priority ?? null, typePriority)
  const isDecided = row !== null && priority !== null && row.isPriorityDecided
  // Answers that weigh as much as the type are the better reason: they say what happened.
  const byAnswers = suggestion !== null && !isMoreUrgent(typePriority, suggestion.priority)
  return {
    priority,
    isDecided,
    suggested: isDecided && isMoreUrgent(automatic, priority) ? automatic : null,
    because: byAnswers ? suggestion.because : [],
  }
}

function questionsOf(row: IncidentRow | null, reference: Reference): Questions | null {
  const { list, version, isProposal } = reference.protocols
  const protocol = protocolFor(list, row?.type.value ?? null)
  if (protocol === null) return null
  const rows = Object.entries(row?.answers ?? {})
  const answers = Object.fromEntries(rows.map(([question, { value }]) => [question, value]))
  const recorded = row?.protocol?.version ?? version
  return {
    protocol,
    version,
    otherVersion: recorded === version ? null : recorded,
    isProposal,
    asked: askedQuestions(protocol, answers),
    answers,
    given: new Map(answered(protocol, answers).map((one) => [one.question.id, one])),
    conflicts: new Set(rows.flatMap(([question, { conflicts }]) => (conflicts.length > 0 ? [question] : []))),
    compliance: compliance(protocol, answers),
    reason: reasonOf(row, reference, protocol, answers),
    spoken: spokenTexts(protocol, answers),
  }
}

/** Null until the reference data is here. */
export function useQuestions(): Questions | null {
  const { row } = useInHand()
  const { value: reference } = useLive('reference', {})
  return useMemo(() => (reference === undefined ? null : questionsOf(row, reference)), [row, reference])
}

/** Records an answer, or takes one back; the first one opens a new incident. */
export function useAnswer(): (question: string, answer: string | null) => void {
  const tell = useTell()
  const { core } = useDesk()
  const { incident, row, ensure } = useInHand()
  // Read when it is needed, so that a push of the incident does not draw every row again.
  const answers = useRef(row?.answers)
  useEffect(() => {
    answers.current = row?.answers
  })
  return useCallback(
    (question, answer) => {
      const over = answers.current?.[question]?.over ?? []
      const send = async (): Promise<unknown> =>
        (await ensure()) ? await core.call('answerQuestion', { incident, question, answer, over }) : undefined
      void tell(send())
    },
    [tell, core, incident, ensure],
  )
}
