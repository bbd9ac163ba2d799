// `ask numbers`: what a telephone number is, as the call strip and the form read it.
import { z } from 'zod'
import { readNumber } from '#domain/number.ts'
import { questionId, type Answerer } from './answer.ts'

const question = z.object({ id: questionId, input: z.string().nullable() })

/** `{ id, input }` -> `{ id, kind, e164, display }`; a null `input` is what an exchange sends without a number. */
export function numbers(): Answerer {
  return (line) => {
    const { id, input } = question.parse(line)
    return { id, ...readNumber(input) }
  }
}
