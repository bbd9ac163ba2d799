// `ask places`: which villages and districts a typed place means, best first, as the place field lists them.
import { z } from 'zod'
import { createVillageIndex, searchVillages } from '#domain/place.ts'
import { questionId, type Answerer } from './answer.ts'
import type { Packs } from './packs.ts'

const question = z.object({ id: questionId, query: z.string() })

/** `{ id, query }` -> `{ id, codes, weak }`; `weak`: none is sure enough for Enter to take it. */
export function places({ reference, gazetteer }: Packs): Answerer {
  const index = createVillageIndex(gazetteer.villages, reference.abbreviations)
  return (line) => {
    const { id, query } = question.parse(line)
    const codes = searchVillages(index, query, 15).map(({ code }) => code)
    return { id, codes, weak: codes.length === 0 }
  }
}
