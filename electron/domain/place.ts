// Places of the regency: villages, districts, landmarks, roads with their Km markers; how each is named and how precise it is.
import { z } from 'zod'

/** How precisely a place is known, the most precise first. `unknown`: only words. */
export const precisions = ['point', 'landmark', 'km', 'village', 'district', 'unknown'] as const
export type Precision = (typeof precisions)[number]

export type VillageKind = 'desa' | 'kelurahan'

/** Codes are those of the Ministry of Home Affairs: village "33.21.04.2005", district (kecamatan) "33.21.04". */
export type Village = {
  readonly code: string
  readonly name: string
  readonly district: string
  readonly districtCode: string
  readonly kind: VillageKind
}
export type District = { readonly code: string; readonly name: string }

export type Gazetteer = {
  readonly regency: { readonly code: string; readonly name: string }
  readonly districts: readonly District[]
  readonly villages: readonly Village[]
  readonly elsewhere: Elsewhere
}
/** Names of other regencies, and of districts and villages outside, as `soundText` writes them: who says one means no place here. */
export type Elsewhere = { readonly regencies: readonly string[]; readonly others: readonly string[] }

/** How people shorten places. All words are compared by `plainText`. */
export type PlaceAbbreviations = {
  /** Short form to full form: "krg" to "karang". */
  readonly words: Readonly<Record<string, string>>
  /** Words that say what kind of place follows ("desa", "kec", "rt") and name nothing themselves. */
  readonly marks: readonly string[]
  /** The same as `words` for the search alone; several full forms are parted by "/". */
  readonly placeForms: Readonly<Record<string, string>>
  /** Further words that name nothing by themselves: "depan", "masjid", "rumah". A name may hold them all the same. */
  readonly placeFillers: readonly string[]
  /** Words before the name of a district, a village, a hamlet. */
  readonly districtMarks: readonly string[]
  readonly villageMarks: readonly string[]
  readonly hamletMarks: readonly string[]
  /** The marks of a regency: the word behind them says nothing either. */
  readonly regencyMarks: readonly string[]
}

/** 1e-7 degree. */
const latitude = z.number().int().min(-900_000_000).max(900_000_000)
const longitude = z.number().int().min(-1_800_000_000).max(1_800_000_000)
/** A point on the earth in 1e-7 degree: 6.8941 S, 110.6382 E is -68941000, 1106382000. */
export const point = z.object({ lat: latitude, lon: longitude })
export type Point = z.infer<typeof point>

/** A landmark or hamlet (dukuh) as its pack gives it. */
export type Landmark = {
  readonly id: string
  readonly name: string
  /** "pasar", "masjid", "dukuh" ...: shown beside the name. */
  readonly kind: string
  /** Village or district; null while nobody has confirmed where it is. */
  readonly code: string | null
  readonly aliases: readonly string[]
  readonly point: Point | null
}
export type KmMarker = {
  readonly km: number
  readonly code: string
  readonly name: string | null
  readonly point: Point | null
}
export type Road = {
  readonly id: string
  readonly name: string
  readonly aliases: readonly string[]
  /** In the order of their distance. */
  readonly markers: readonly KmMarker[]
}
/** The bounds of a regency in 1e-7 degree. */
export type Bounds = { readonly south: number; readonly west: number; readonly north: number; readonly east: number }
export type Landmarks = {
  readonly landmarks: readonly Landmark[]
  readonly roads: readonly Road[]
  /** Null while they are not known. */
  readonly bounds: Bounds | null
}

export const noLandmarks: Landmarks = { landmarks: [], roads: [], bounds: null }

/** Something a search found. */
export type Place = {
  /** Tells places of one list apart. */
  readonly id: string
  readonly precision: Exclude<Precision, 'point'>
  /** Code of the village or district it lies in, null when unknown. */
  readonly code: string | null
  /** "Sriwulan, Sayung", "Kecamatan Sayung", "Pasar Sayung, Sayung": always with what tells namesakes apart. */
  readonly label: string
  /** desa, kelurahan, kecamatan, or the kind of a landmark. */
  readonly kind: string
  readonly point: Point | null
}

/** "Desa, Kecamatan": always both, because names repeat within a regency. */
export function villageLabel(village: Pick<Village, 'name' | 'district'>): string {
  return `${village.name}, ${village.district}`
}

/** In village codes the first digit of the last group is 1 for a kelurahan and 2 for a desa. */
export function villageKind(code: string): VillageKind {
  return code.split('.')[3]?.startsWith('1') === true ? 'kelurahan' : 'desa'
}

/** True for the code of a village, not of a district. */
export function isVillageCode(code: string): boolean {
  return code.split('.').length === 4
}

/** The district of a village code; a district's code stays what it is. */
export function districtCodeOf(code: string): string {
  return code.split('.').slice(0, 3).join('.')
}
