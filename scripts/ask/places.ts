// `ask places`: which villages and districts a typed place means, best first, as the place field lists them.
import { z } from 'zod'
import { searchPlaces } from '#domain/place-search.ts'
import { questionId, type Answerer } from './answer.ts'
import { placeIndexOf, type Packs } from './packs.ts'

const question = z.object({ id: questionId, query: z.string() })

/**
 * `{ id, query }` -> `{ id, codes, weak }`; a landmark, hamlet or Km stands for the village or district it lies in.
 * `weak`: none is sure enough for Enter to take it.
 */
export function places(packs: Packs): Answerer {
  const index = placeIndexOf(packs)
  return (line) => {
    const { id, query } = question.parse(line)
    const found = searchPlaces(index, query, 30)
    const codes = [...new Set(found.places.map(({ code }) => code).filter((code) => code !== null))].slice(0, 15)
    return { id, codes, weak: found.weak || codes.length === 0 }
  }
}
