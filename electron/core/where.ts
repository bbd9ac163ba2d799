// Where a recorded place lies, as far as this desk knows: a point with its precision, or nothing but the words.
import type { Point, Precision } from '#domain/place.ts'
import { recordedPlace } from '#domain/place-value.ts'
import type { Desk } from './desk.ts'

export type Whereabouts = {
  readonly precision: Precision
  /** The village or district it lies in, as far as it is known. */
  readonly code: string | null
  readonly point: Point | null
}

/** A recorded place on the map. The centre of a village or district is known only once borders are imported. */
export function whereIs({ borders }: Pick<Desk, 'borders'>, place: string | null): Whereabouts {
  if (place === null) return { precision: 'unknown', code: null, point: null }
  const { precision, code, point } = recordedPlace(place)
  if (point !== null) return { precision, code, point }
  // A landmark or Km without a point of its own is known as well as its village is.
  return { precision, code, point: code === null ? null : borders.centreOf(code) }
}
