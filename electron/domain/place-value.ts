// How a place is recorded on an incident: what was found, how precise it is, and the caller's own words, in one value.
import { z } from 'zod'
import { pointText } from './coordinates.ts'
import { districtCodeOf, isVillageCode, point, precisions, type Place, type Point, type Precision } from './place.ts'
import { plainText } from './search-text.ts'

/** A place as it was recorded. */
export type RecordedPlace = {
  readonly precision: Precision
  /** Village or district; null when unknown. */
  readonly code: string | null
  /** What was taken from the list, as it was called then; null for a village, a district or mere words. */
  readonly name: string | null
  readonly point: Point | null
  /** What the operator typed of the caller's words; null when nothing but the name was typed. */
  readonly said: string | null
}

const areaCode = /^\d{2}\.\d{2}\.\d{2}(?:\.\d{4})?$/
const recorded = z.object({
  precision: z.enum(precisions),
  code: z.string().regex(areaCode).nullable(),
  name: z.string().max(200).nullable(),
  point: point.nullable(),
  said: z.string().max(4000).nullable(),
})

/** Reads a recorded value: a code, a place with its words, or words alone. Never throws: what it cannot read are words. */
export function recordedPlace(value: string): RecordedPlace {
  if (areaCode.test(value))
    return { ...nothingKnown, precision: isVillageCode(value) ? 'village' : 'district', code: value }
  if (value.startsWith('{"precision"')) {
    const read = recorded.safeParse(parsed(value))
    if (read.success) return read.data
  }
  return { ...nothingKnown, said: value }
}

const nothingKnown: RecordedPlace = { precision: 'unknown', code: null, name: null, point: null, said: null }

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The value of a place that was found and taken; `typed` is what stood in the field and is kept beside it. */
export function foundValue(place: Place, typed: string): string {
  const isArea = place.precision === 'village' || place.precision === 'district'
  const said = ownWords(typed, place.label)
  if (isArea && said === null && place.code !== null) return place.code
  return written({
    precision: place.precision,
    code: place.code,
    name: isArea ? null : place.label,
    point: place.point,
    said,
  })
}

/** The value of coordinates that were read out of `typed`. */
export function pointValue(at: Point, typed: string): string {
  return written({
    precision: 'point',
    code: null,
    name: null,
    point: at,
    said: typed.trim() === '' ? null : typed.trim(),
  })
}

/** The keys always stand in this order, so that the same place is the same value. */
function written({ precision, code, name, point: at, said }: RecordedPlace): string {
  return JSON.stringify({ precision, code, name, point: at === null ? null : { lat: at.lat, lon: at.lon }, said })
}

/** The words that say more than the beginning of the name that was then taken. */
function ownWords(typed: string, label: string): string | null {
  const words = typed.trim()
  return words === '' || plainText(label).startsWith(plainText(words)) ? null : words
}

/** Where a recorded place lies, as far as it is known. */
export function whereabouts(value: string | null): { villageCode: string | null; districtCode: string | null } {
  const code = value === null ? null : recordedPlace(value).code
  if (code === null) return { villageCode: null, districtCode: null }
  return { villageCode: isVillageCode(code) ? code : null, districtCode: districtCodeOf(code) }
}

/** A recorded value as people read it in a field or a list; `labelOf` names codes ("Sriwulan, Sayung"). */
export function placeLabel(value: string, labelOf: (code: string) => string | null): string {
  const { precision, code, name, point: at, said } = recordedPlace(value)
  if (name !== null) return name
  if (precision === 'point' && at !== null) return pointText(at)
  if (code === null) return said ?? value
  return labelOf(code) ?? code
}

/** The same for an agency: how precise it is stands before it, the caller's words behind it. */
export function placeMessage(value: string, labelOf: (code: string) => string | null): string {
  const { precision, said } = recordedPlace(value)
  const label = placeLabel(value, labelOf)
  const words = said === null || precision === 'unknown' ? '' : `, kata pelapor: ${said}`
  return `${before[precision]}${label}${words}`
}

const before: Readonly<Record<Precision, string>> = {
  point: 'titik ',
  landmark: 'patokan ',
  km: '',
  village: '',
  district: 'hanya ',
  unknown: '',
}
