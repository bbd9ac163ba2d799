// How precise a place is, as the map shows it: a circle of metres around its point, or the border of its village.
import type { QueryOutput } from '#contract/queries.ts'

export type MapRow = QueryOutput<'map'>
export type Pin = MapRow['pins'][number]
export type Borders = NonNullable<QueryOutput<'borders'>>

/** Within how many metres it is, where that can be said; a landmark may be meant from across the street, a Km to the next stone. */
const metres: Readonly<Record<Pin['precision'], number | null>> = {
  point: null,
  landmark: 200,
  km: 500,
  village: null,
  district: null,
  unknown: null,
}

/** The radius of the circle around a place (metres); null where none is drawn. */
export function radiusOf({ precision, point }: Pin): number | null {
  return point === null ? null : metres[precision]
}

/** The areas whose border says how precise a place is: its village, or all villages of its district. */
export function areasOf({ precision, code }: Pin, borders: Borders | null): Borders['areas'] {
  if (code === null || borders === null || (precision !== 'village' && precision !== 'district')) return []
  return borders.areas.filter((area) => area.code === code || area.code.startsWith(`${code}.`))
}
