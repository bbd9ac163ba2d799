// `ask coordinates`: what a pasted text says of a point on the earth, as the place field reads it.
import { z } from 'zod'
import { coordinateContext } from '#domain/coordinate-context.ts'
import { readCoordinates } from '#domain/coordinates.ts'
import texts from '../../renderer/text/id.json' with { type: 'json' }
import { questionId, type Answerer } from './answer.ts'
import { placeIndexOf, type Packs } from './packs.ts'

const question = z.object({ id: questionId, text: z.string() })

/** `{ id, text }` -> `{ id, outcome, lat, lon, notice }`: degrees, and the sentences of the screen or null. */
export function coordinates(packs: Packs): Answerer {
  const context = coordinateContext(placeIndexOf(packs), packs.landmarks.bounds)
  return (line) => {
    const { id, text } = question.parse(line)
    const { outcome, point, reasons } = readCoordinates(text, context)
    const notice = reasons.map((reason) => texts.coordinates[reason]).join(' ')
    return {
      id,
      outcome,
      lat: point === null ? null : point.lat / 1e7,
      lon: point === null ? null : point.lon / 1e7,
      notice: notice === '' ? null : notice,
    }
  }
}
