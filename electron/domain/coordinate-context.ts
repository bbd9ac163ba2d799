// What the coordinate reader may know of a regency: its bounds, and where the words beside a short plus code are.
import type { CoordinateContext, Reference } from './coordinates.ts'
import type { PlaceIndex } from './place-index.ts'
import { searchPlaces } from './place-search.ts'
import type { Bounds } from './place.ts'
import { plainText } from './search-text.ts'

/** The context of one regency. */
export function coordinateContext(index: PlaceIndex, bounds: Bounds | null): CoordinateContext {
  return { bounds, referenceOf: (words) => referenceOf(index, words) }
}

function referenceOf(index: PlaceIndex, words: string): Reference {
  const { places, weak } = searchPlaces(index, words, 1)
  const [place] = places
  if (place !== undefined && !weak) return place.point ?? 'regency'
  const plain = plainText(words).split(' ')
  // "Kabupaten Demak, Jawa Tengah" names no place of the gazetteer, yet the regency.
  return plain.includes(index.regency) ? 'regency' : null
}
