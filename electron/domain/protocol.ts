// What follows from the answers of a protocol: which questions are asked, the priority they suggest, what was missed. Pure rules.
import { priorities, type Priority } from './incident.ts'
import type { Answer, Protocol, Question, Thresholds } from './protocol-pack.ts'

/** Question to the code of its answer; a question without an answer is missing or null. */
export type Answers = Readonly<Record<string, string | null | undefined>>

/** A question with the answer that was given to it. */
export type Answered = { readonly question: Question; readonly answer: Answer }

/** The protocol of a type: its own, else the one for everything. */
export function protocolFor(protocols: readonly Protocol[], type: string | null): Protocol | null {
  const own = type === null ? undefined : protocols.find((one) => one.types.includes(type))
  return own ?? protocols.find((one) => one.types.length === 0) ?? null
}

/** The questions to be asked, given what was answered so far, in the order of the protocol. */
export function askedQuestions({ questions }: Pick<Protocol, 'questions'>, answers: Answers): Question[] {
  const asked = new Set<string>()
  return questions.filter((question) => {
    const holds = question.if.every(({ question: name, is }) => asked.has(name) && is.includes(answers[name] ?? ''))
    if (holds) asked.add(question.id)
    return holds
  })
}

/** What was answered of the questions that are asked. An answer that the protocol does not know counts as none. */
export function answered(protocol: Pick<Protocol, 'questions'>, answers: Answers): Answered[] {
  return askedQuestions(protocol, answers).flatMap((question) => {
    const answer = question.answers.find(({ code }) => code === answers[question.id])
    return answer === undefined ? [] : [{ question, answer }]
  })
}

/** The priority that answers suggest and the answers it rests on, the weightiest first. Null: they say nothing. */
export type Suggestion = {
  readonly priority: Priority
  readonly points: number
  readonly because: readonly Answered[]
}

/** Adds the weights of the answers and looks which threshold they reach. */
export function suggestedPriority(
  protocol: Pick<Protocol, 'questions'>,
  answers: Answers,
  { P1, P2, P3 }: Thresholds,
): Suggestion | null {
  const weighty = answered(protocol, answers)
    .filter(({ answer }) => answer.points > 0)
    .toSorted((a, b) => b.answer.points - a.answer.points)
  const points = weighty.reduce((sum, { answer }) => sum + answer.points, 0)
  const priority = points >= P1 ? 'P1' : points >= P2 ? 'P2' : points >= P3 ? 'P3' : null
  return priority === null ? null : { priority, points, because: weighty }
}

/** True when `a` is more urgent than `b`; any priority is more urgent than none. */
export function isMoreUrgent(a: Priority | null, b: Priority | null): boolean {
  const rank = (one: Priority | null): number => (one === null ? priorities.length : priorities.indexOf(one))
  return rank(a) < rank(b)
}

/** The more urgent of the two. */
export function mostUrgent(a: Priority | null, b: Priority | null): Priority | null {
  return isMoreUrgent(a, b) ? a : b
}

export type Compliance = {
  /** How many questions should have been asked by the branches that were taken, and how many were. */
  readonly due: number
  readonly asked: number
  readonly missed: readonly Question[]
  /** Missed questions that have a critical answer. */
  readonly missedCritical: readonly Question[]
}

/** What was asked of what should have been asked. */
export function compliance(protocol: Pick<Protocol, 'questions'>, answers: Answers): Compliance {
  const due = askedQuestions(protocol, answers)
  const missed = due.filter((question) => !question.answers.some(({ code }) => code === answers[question.id]))
  return {
    due: due.length,
    asked: due.length - missed.length,
    missed,
    missedCritical: missed.filter((question) => question.answers.some(({ critical }) => critical)),
  }
}

/** Short words for the agencies, in the order of the protocol: "2 korban", "tidak sadar". */
export function toldWords(protocol: Pick<Protocol, 'questions'>, answers: Answers): string[] {
  return answered(protocol, answers).flatMap(({ answer }) => (answer.tell === undefined ? [] : [answer.tell]))
}

/** What to read aloud now: of critical answers first, the latest question first among equals; then what always holds. */
export function spokenTexts(
  protocol: Pick<Protocol, 'questions' | 'say'>,
  answers: Answers,
): { readonly id: string; readonly en: string }[] {
  const given = answered(protocol, answers).toReversed()
  const inOrder = [...given.filter(({ answer }) => answer.critical), ...given.filter(({ answer }) => !answer.critical)]
  const texts = inOrder.flatMap(({ answer }) => (answer.say === undefined ? [] : [answer.say]))
  const all = protocol.say === undefined ? texts : [...texts, protocol.say]
  return all.filter((text, place) => all.findIndex(({ id }) => id === text.id) === place)
}
