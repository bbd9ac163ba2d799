// `ask duplicates`: which incidents seen so far a report may be about, as the form suggests them while it is typed.
import { z } from 'zod'
import { createDuplicateBook } from '#domain/duplicate-book.ts'
import { keptNumber } from '#domain/number.ts'
import { searchableTypes } from '../../electron/core/reference.ts'
import { questionId, type Answerer } from './answer.ts'
import type { Packs } from './packs.ts'

const text = z.string().nullish()
const degrees = z.number().nullish()

/** `at`: UTC ms, or ISO 8601 with its offset. */
const instant = z.union([z.number(), z.iso.datetime({ offset: true }).transform((written) => Date.parse(written))])

const question = z.object({
  id: questionId,
  at: instant,
  number: text,
  typeCode: text,
  placeText: text,
  villageCode: text,
  lat: degrees,
  lon: degrees,
  narrative: text,
  incident: z.union([z.string(), z.number()]).nullish(),
})

/**
 * `{ id, at, number, typeCode, placeText, villageCode, lat, lon, narrative, incident }` -> `{ id, suggested }`. The answer is made
 * before `incident` is looked at; then the report is filed to it. A line without `incident` is answered and not filed.
 */
export function duplicates({ reference, gazetteer }: Packs): Answerer {
  const { abbreviations, synonyms } = reference
  const sources = { types: searchableTypes(reference), villages: gazetteer.villages, abbreviations, synonyms }
  const book = createDuplicateBook(sources, reference.duplicates)
  const labels = new Map<string, string | number>()
  return (line) => {
    const { id, incident, ...said } = question.parse(line)
    const report = {
      at: said.at,
      number: keptNumber(said.number ?? null),
      typeCode: said.typeCode ?? null,
      placeText: said.placeText ?? null,
      villageCode: said.villageCode ?? null,
      lat: said.lat ?? null,
      lon: said.lon ?? null,
      narrative: said.narrative ?? null,
    }
    const suggested = book.suggested(report).map((one) => labels.get(one) ?? one)
    if (incident !== null && incident !== undefined) {
      labels.set(String(incident), incident)
      book.file(report, String(incident))
    }
    return { id, suggested }
  }
}
