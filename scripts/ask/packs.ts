// What the verbs stand on: the reference packs and the villages of one regency, read as core reads them.
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import type { Gazetteer } from '#domain/place.ts'
import { loadGazetteer } from '../../electron/core/gazetteer.ts'
import { loadReference, type Reference } from '../../electron/core/reference.ts'

export type Packs = { readonly reference: Reference; readonly gazetteer: Gazetteer }

/**
 * Reads the packs of a folder (default: the ones of this repository) and the villages of a regency (default: Demak).
 * Throws an Error that lists file, line and reason when a pack is wrong.
 */
export async function loadPacks(from: { reference?: string; regency?: string }): Promise<Packs> {
  const folder =
    from.reference === undefined ? resolve(import.meta.dirname, '../../resources/reference') : resolve(from.reference)
  const loaded = await loadReference(folder)
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'))
  const areas = dirname(createRequire(import.meta.url).resolve('idn-area-data/data/villages.csv'))
  return { reference: loaded.reference, gazetteer: await loadGazetteer(areas, from.regency ?? '33.21') }
}
