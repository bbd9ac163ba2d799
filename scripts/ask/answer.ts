// Turns a stream of lines into a stream of answers, one for each, in order. A line that is broken is told and the rest goes on.
import { z } from 'zod'

/** Answers one line that was read as JSON; throws a ZodError where it has not the keys of a question. */
export type Answerer = (question: unknown) => Readonly<Record<string, unknown>>

export type Answered = {
  /** The line to write, without its end. */
  readonly text: string
  /** What is wrong with the question and in which line; null when it was answered. */
  readonly problem: string | null
}

/** What a question is known by in the answers; every verb has it. */
export const questionId = z.union([z.string(), z.number()])

/**
 * Answers `lines` in order as they come. Lines without any text are passed over; a broken line is answered by
 * `{ id, error }`, its `id` null where it has none, so that answers can be laid beside their questions.
 */
export async function* answersTo(lines: AsyncIterable<string>, answer: Answerer): AsyncGenerator<Answered> {
  let line = 0
  for await (const raw of lines) {
    line += 1
    const text = raw.replace(/^\uFEFF/, '').trim()
    if (text !== '') yield answered(text, line, answer)
  }
}

function answered(text: string, line: number, answer: Answerer): Answered {
  let question: unknown = null
  try {
    question = JSON.parse(text)
    return { text: JSON.stringify(answer(question)), problem: null }
  } catch (error) {
    const reason = reasonOf(error)
    return { text: JSON.stringify({ id: idOf(question), error: reason }), problem: `line ${line}: ${reason}` }
  }
}

/** Only what is wrong with a line is an answer; anything else is a fault of the program and ends it. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return `no JSON: ${error.message}`
  if (!(error instanceof z.ZodError)) throw error
  return error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ')
}

function idOf(question: unknown): string | number | null {
  const id: unknown = typeof question === 'object' && question !== null && 'id' in question ? question.id : null
  const known = questionId.safeParse(id)
  return known.success ? known.data : null
}
