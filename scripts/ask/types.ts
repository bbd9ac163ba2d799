// `types`: which incident types a phrase means, as the field of the form finds them.
import { z } from 'zod'
import { createTypeIndex, searchTypes } from '#domain/type-search.ts'
import { searchableTypes } from '../../electron/core/reference.ts'
import { questionId, type Answerer } from './answer.ts'
import type { Packs } from './packs.ts'

const question = z.object({ id: questionId, phrase: z.string() })

/** `{ id, phrase }` -> `{ id, codes }`, the best first; nothing typed means nothing. */
export function types({ reference }: Packs): Answerer {
  const index = createTypeIndex(searchableTypes(reference), {
    fillers: reference.abbreviations.fillers,
    synonyms: reference.synonyms,
  })
  return (asked) => {
    const { id, phrase } = question.parse(asked)
    return { id, codes: phrase.trim() === '' ? [] : searchTypes(index, phrase).map(({ code }) => code) }
  }
}
