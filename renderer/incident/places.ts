// Places ready to be searched and shown: the gazetteer, coordinates in what is typed, and what is recorded. Prepared once for the window.
import { useMemo } from 'react'
import type { QueryOutput } from '#contract/queries.ts'
import { coordinateContext } from '#domain/coordinate-context.ts'
import { pointText, readCoordinates, type CoordinateContext, type ReadCoordinates } from '#domain/coordinates.ts'
import { createPlaceIndex, type PlaceIndex } from '#domain/place-index.ts'
import { searchPlaces, type PlaceSearch } from '#domain/place-search.ts'
import { foundValue, placeLabel, pointValue } from '#domain/place-value.ts'
import { useLive } from '../link/use-live.ts'
import { useText, type Translate } from '../text/text.ts'
import type { Option } from '../ui/combo.tsx'

type Gazetteer = QueryOutput<'gazetteer'>
type Prepared = {
  readonly index: PlaceIndex
  readonly context: CoordinateContext
  readonly labels: ReadonlyMap<string, string>
}

const prepared = new WeakMap<Gazetteer, Prepared>()

function prepare(value: Gazetteer): Prepared {
  const known = prepared.get(value)
  if (known !== undefined) return known
  const { gazetteer, landmarks, abbreviations } = value
  const index = createPlaceIndex(gazetteer, landmarks, abbreviations)
  const districts = gazetteer.districts.map(({ code, name }) => [code, `Kecamatan ${name}`] as const)
  const made: Prepared = {
    index,
    context: coordinateContext(index, landmarks.bounds),
    labels: new Map([...index.placeOf, ...districts]),
  }
  prepared.set(value, made)
  return made
}

/** What the place field needs. */
export type Places = {
  /** A recorded value as people read it; words stand as they were typed. */
  readonly labelOf: (value: string) => string
  /** What may be meant by a text, best first; the id of an option is the value to record. */
  readonly search: (text: string) => readonly Option[]
  /** What a text means by itself when nothing was picked: coordinates, a label in full; undefined = mere words. */
  readonly meant: (text: string) => string | undefined
  /** Coordinates in a text, or why there are none to be had; null while nothing is loaded. */
  readonly coordinates: (text: string) => ReadCoordinates | null
}

/** Coordinates are looked for only where digits or a link could be some. */
const mayBeCoordinates =
  /\d[.,]\d{2}|\d\s*[°º]|geo:|https?:|\/\/|www\.|[a-z]\.(?:gl|com|co|org|id|ly)\/|[0-9A-Z]{2,8}\+|lintang|bujur/i

function coordinatesIn({ context }: Prepared, text: string): ReadCoordinates | null {
  return mayBeCoordinates.test(text) ? readCoordinates(text, context) : null
}

function pointOption(read: ReadCoordinates, text: string, t: Translate): Option[] {
  if (read.point === null) return []
  const kind = read.outcome === 'outside' ? t('place.outside') : t('place.precision.point')
  return [{ id: pointValue(read.point, text), name: pointText(read.point), kind }]
}

function foundOptions({ places, weak }: PlaceSearch, text: string, t: Translate): Option[] {
  return places.map((place) => ({
    id: foundValue(place, text),
    key: place.id,
    name: place.label,
    kind:
      place.precision === 'village' ? t(`form.kind.${place.kind === 'kelurahan' ? 'kelurahan' : 'desa'}`) : place.kind,
    isWeak: weak,
  }))
}

/** Villages, districts, landmarks, Km and coordinates. */
export function usePlaces(): Places {
  const t = useText()
  const { value } = useLive('gazetteer', {})
  const ready = value === undefined ? null : prepare(value)
  return useMemo(
    () => ({
      labelOf: (recorded) => placeLabel(recorded, (code) => ready?.labels.get(code) ?? null),
      search: (text) => (ready === null ? [] : optionsFor(ready, text, t)),
      meant: (text) => (ready === null ? undefined : meantBy(ready, text)),
      coordinates: (text) => (ready === null ? null : coordinatesIn(ready, text)),
    }),
    [ready, t],
  )
}

function optionsFor(ready: Prepared, text: string, t: Translate): Option[] {
  const read = coordinatesIn(ready, text)
  if (read !== null && read.reasons[0] !== 'none') return pointOption(read, text, t)
  return foundOptions(searchPlaces(ready.index, text), text, t)
}

function meantBy(ready: Prepared, text: string): string | undefined {
  const read = coordinatesIn(ready, text)
  if (read?.point) return pointValue(read.point, text)
  const typed = text.trim().toLowerCase()
  const same = searchPlaces(ready.index, text, 3).places.find(({ label }) => label.toLowerCase() === typed)
  return same === undefined ? undefined : foundValue(same, text)
}
