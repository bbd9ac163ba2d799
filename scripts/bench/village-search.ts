// village_search_p95_ms: one search of the gazetteer per keystroke, typed as people type. No window, no database.
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { createVillageIndex, searchVillages, type Village } from '#domain/place.ts'
import { loadGazetteer } from '../../electron/core/gazetteer.ts'
import { loadReference } from '../../electron/core/reference.ts'
import { p95, spread, type Figure, type Measured } from './figure.ts'

/** Every village is typed in one of these ways, in turn. */
const manners: readonly ((village: Village) => string)[] = [
  ({ name }) => name.toLowerCase(),
  ({ name, district }) => `${district} ${name}`.toLowerCase(),
  ({ name, district }) => `ds. ${name} kec. ${district}`.toLowerCase(),
  ({ name }) => withTypingError(name.toLowerCase()),
  ({ name, district }) => `${name} ${withTypingError(district)} rt 3 rw 2`.toLowerCase(),
]

/** Two letters in the middle change places, the commonest error of fast typing. */
function withTypingError(word: string): string {
  const at = Math.floor(word.length / 2)
  return word.slice(0, at - 1) + (word[at] ?? '') + (word[at - 1] ?? '') + word.slice(at + 1)
}

async function measure(): Promise<Measured> {
  const areas = dirname(createRequire(import.meta.url).resolve('idn-area-data/data/villages.csv'))
  const gazetteer = await loadGazetteer(areas, '33.21')
  const loaded = await loadReference(resolve('resources/reference'))
  if (!loaded.ok) throw new Error(loaded.problems.join('; '))
  const index = createVillageIndex(gazetteer.villages, loaded.reference.abbreviations)
  const texts = gazetteer.villages.map((village, n) => (manners[n % manners.length] ?? manners[0])?.(village) ?? '')
  const samples: number[] = []
  for (const text of texts) {
    for (let typed = 1; typed <= text.length; typed += 1) {
      const startedAt = performance.now()
      searchVillages(index, text.slice(0, typed))
      samples.push(performance.now() - startedAt)
    }
  }
  return { value: p95(samples), note: `ms per keystroke, ${texts.length} villages typed: ${spread(samples)}` }
}

export const villageSearch: Figure = { name: 'village_search_p95_ms', unit: 'ms', target: 8, isMost: true, measure }
