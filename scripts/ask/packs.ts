// What the verbs stand on: the reference packs and the villages of one regency, read as core reads them.
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { createPlaceIndex, type PlaceIndex } from '#domain/place-index.ts'
import type { Gazetteer, Landmarks } from '#domain/place.ts'
import { loadGazetteer } from '../../electron/core/gazetteer.ts'
import { loadLandmarks } from '../../electron/core/landmarks.ts'
import { loadReference, type Reference } from '../../electron/core/reference.ts'

export type Packs = { readonly reference: Reference; readonly gazetteer: Gazetteer; readonly landmarks: Landmarks }

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
  const regency = from.regency ?? '33.21'
  const gazetteer = await loadGazetteer(areas, regency)
  const { landmarks, refused } = await loadLandmarks(folder, null, gazetteer)
  // Only what the asker named himself must fit: the landmarks of this repository are those of one regency.
  if (refused.length > 0 && (from.reference !== undefined || from.regency === undefined))
    throw new Error(refused.join('\n'))
  return { reference: loaded.reference, gazetteer, landmarks }
}

/** The index of the place search over these packs. */
export function placeIndexOf({ reference, gazetteer, landmarks }: Packs): PlaceIndex {
  return createPlaceIndex(gazetteer, landmarks, reference.abbreviations)
}
