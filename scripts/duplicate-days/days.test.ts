import { expect, test } from 'vitest'
import { createDuplicateBook } from '#domain/duplicate-book.ts'
import { searchableTypes } from '../../electron/core/reference.ts'
import { loadPacks } from '../ask/packs.ts'
import { inventDay } from './day.ts'
import { playDay } from './measure.ts'
import { heldOutDays } from './plans.ts'

const { reference, gazetteer } = await loadPacks({})
const { abbreviations, synonyms } = reference
const sources = { types: searchableTypes(reference), villages: gazetteer.villages, abbreviations, synonyms }

test('a day can be made again by its seed, and another seed makes another', () => {
  const [plan] = heldOutDays
  const day = inventDay(plan!, gazetteer.villages)
  expect(inventDay(plan!, gazetteer.villages)).toEqual(day)
  expect(inventDay({ ...plan!, seed: 5 }, gazetteer.villages)).not.toEqual(day)
  expect(day.map((report) => report.at)).toEqual(day.map((report) => report.at).toSorted((a, b) => a - b))
})

// The bench measures against the targets; here a rule that breaks the score must show.
test.each(heldOutDays.map((plan) => plan.name))('on the day "%s" most further reports are known again', (name) => {
  const day = inventDay(
    heldOutDays.find((plan) => plan.name === name)!,
    gazetteer.villages,
  )
  const score = playDay(day, createDuplicateBook(sources, reference.duplicates))
  expect(score.found / score.again).toBeGreaterThan(0.9)
  expect((20 * score.falseAtNew) / score.incidents).toBeLessThan(2)
})
