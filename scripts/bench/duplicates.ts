// duplicate_recall and duplicate_false_per_20: invented days that the weights were not tuned on, played as `ask duplicates` plays them.
import { createDuplicateBook } from '#domain/duplicate-book.ts'
import { searchableTypes } from '../../electron/core/reference.ts'
import { loadPacks } from '../ask/packs.ts'
import { inventDay } from '../duplicate-days/day.ts'
import { playDay, type DayScore } from '../duplicate-days/measure.ts'
import { heldOutDays } from '../duplicate-days/plans.ts'
import { rounded, type Figure, type Measured } from './figure.ts'

/** Each day is played with so many seeds. */
const seeds = 3

type Played = { readonly name: string; readonly score: DayScore }

async function play(): Promise<Played[]> {
  const { reference, gazetteer } = await loadPacks({})
  const { abbreviations, synonyms } = reference
  const sources = { types: searchableTypes(reference), villages: gazetteer.villages, abbreviations, synonyms }
  return heldOutDays.flatMap((plan) =>
    Array.from({ length: seeds }, (_, n) => {
      const day = inventDay({ ...plan, seed: plan.seed + 1000 * n }, gazetteer.villages)
      return { name: plan.name, score: playDay(day, createDuplicateBook(sources, reference.duplicates)) }
    }),
  )
}

const sum = (days: readonly Played[], of: (score: DayScore) => number): number =>
  days.reduce((total, { score }) => total + of(score), 0)

const eachDay = (days: readonly Played[], of: (score: DayScore) => number): string =>
  days.map(({ name, score }) => `${name} ${rounded(of(score))}`).join(', ')

async function recall(): Promise<Measured> {
  const days = await play()
  return {
    value: sum(days, (score) => score.found) / sum(days, (score) => score.again),
    note: `share of further reports told their incident; ${eachDay(days, (score) => score.found / score.again)}`,
  }
}

async function falsePer20(): Promise<Measured> {
  const days = await play()
  const per20 = (score: DayScore): number => (20 * score.falseAtNew) / score.incidents
  const incidents = sum(days, (score) => score.incidents)
  const all = (20 * sum(days, (score) => score.falseAll)) / sum(days, (score) => score.again + score.incidents)
  return {
    value: (20 * sum(days, (score) => score.falseAtNew)) / incidents,
    note: `wrong suggestions for the first report of ${incidents} incidents; on any report ${rounded(all)} per 20 reports; ${eachDay(days, per20)}`,
  }
}

export const duplicateRecall: Figure = {
  name: 'duplicate_recall',
  unit: 'share',
  target: 0.95,
  isMost: false,
  measure: recall,
}
export const duplicateFalse: Figure = {
  name: 'duplicate_false_per_20',
  unit: 'suggestions',
  target: 1,
  isMost: true,
  measure: falsePer20,
}
