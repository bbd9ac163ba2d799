// place_top1_hit, place_top3_hit, village_search_p95_ms: the search over queries with every kind of error. No window, no database.
import { placeIndexOf, loadPacks } from '../ask/packs.ts'
import { searchPlaces } from '#domain/place-search.ts'
import type { Gazetteer } from '#domain/place.ts'
import type { PlaceIndex } from '#domain/place-index.ts'
import { p95, spread, type Figure, type Measured } from './figure.ts'
import { placeQueries } from './place-queries.ts'

/** Seeds that were never looked at while the search was tuned (that used 1 to 20). */
const measuringSeeds = [112_001, 112_002, 112_003]

type Ready = { readonly index: PlaceIndex; readonly gazetteer: Gazetteer }

async function prepare(): Promise<Ready> {
  const packs = await loadPacks({})
  return { index: placeIndexOf(packs), gazetteer: packs.gazetteer }
}

/** The share of queries whose village is among the first `most` codes, and the same by kind. */
async function hits(most: number): Promise<Measured> {
  const { index, gazetteer } = await prepare()
  const kinds = new Map<string, { hit: number; all: number }>()
  for (const { kind, query, code } of measuringSeeds.flatMap((seed) => placeQueries(gazetteer, seed))) {
    const codes = [...new Set(searchPlaces(index, query).places.map((place) => place.code))]
    const counted = kinds.get(kind) ?? { hit: 0, all: 0 }
    kinds.set(kind, { hit: counted.hit + (codes.slice(0, most).includes(code) ? 1 : 0), all: counted.all + 1 })
  }
  const total = [...kinds.values()].reduce((sum, { hit, all }) => ({ hit: sum.hit + hit, all: sum.all + all }), {
    hit: 0,
    all: 0,
  })
  const each = [...kinds].map(([kind, { hit, all }]) => `${kind} ${(hit / all).toFixed(3)}`)
  return {
    value: total.hit / total.all,
    note: `${total.all} queries, village among the first ${most}: ${each.join(', ')}`,
  }
}

/** Each query is typed letter by letter; every letter is one search. */
async function measure(): Promise<Measured> {
  const { index, gazetteer } = await prepare()
  const queries = placeQueries(gazetteer, measuringSeeds[0] ?? 0).filter((_, n) => n % 10 === 0)
  const samples: number[] = []
  for (const { query } of queries) {
    for (let typed = 1; typed <= query.length; typed += 1) {
      const startedAt = performance.now()
      searchPlaces(index, query.slice(0, typed))
      samples.push(performance.now() - startedAt)
    }
  }
  return { value: p95(samples), note: `ms per keystroke, ${queries.length} queries typed: ${spread(samples)}` }
}

export const villageSearch: Figure = { name: 'village_search_p95_ms', unit: 'ms', target: 8, isMost: true, measure }
export const placeTop1: Figure = {
  name: 'place_top1_hit',
  unit: 'share',
  target: 0.95,
  isMost: false,
  measure: () => hits(1),
}
export const placeTop3: Figure = {
  name: 'place_top3_hit',
  unit: 'share',
  target: 0.98,
  isMost: false,
  measure: () => hits(3),
}
