// Plus codes (Open Location Code): full ones stand for themselves, short ones need a place they are near to.
import library from 'open-location-code'
import type { Degrees } from './coordinate-numbers.ts'

const codes = new library.OpenLocationCode()
const digits = '23456789CFGHJMPQRVWX'
const written = new RegExp(`(?:^|[^0-9A-Z])([${digits}0]{2,8}\\+(?:[${digits}]{2,7})?)(?![0-9A-Z+])`, 'i')

export type PlusCode = {
  readonly code: string
  readonly isFull: boolean
  /** What stands around the code: the place a short one is near to. */
  readonly words: string
}

/** The first plus code in a text; null when it holds none that is valid. */
export function findPlusCode(text: string): PlusCode | null {
  const found = written.exec(text)
  const code = found?.[1]?.toUpperCase()
  if (found === null || code === undefined) return null
  const isFull = codes.isFull(code)
  if (!isFull && !codes.isShort(code)) return null
  const start = found.index + found[0].length - code.length
  const words = `${text.slice(0, start)} ${text.slice(start + code.length)}`.replace(/[\s,;]+/g, ' ').trim()
  return { code, isFull, words }
}

/** True for an area of more than a kilometre or so ("6P580000+"): no point. */
export function isCoarse(code: string): boolean {
  return code.includes('0') || code.endsWith('+')
}

/** The middle of the area of a full code. */
export function fromFullCode(code: string): Degrees {
  const { latitudeCenter, longitudeCenter } = codes.decode(code)
  return { lat: latitudeCenter, lon: longitudeCenter }
}

/** The point of a short code nearest to a reference. */
export function fromShortCode(code: string, reference: Degrees): Degrees {
  return fromFullCode(codes.recoverNearest(code, reference.lat, reference.lon))
}

/**
 * True when a short code means the same point for every reference within `spread` degrees of one another and points
 * at most `reach` degrees from it: four left-out digits repeat every degree, six every twentieth of one.
 */
export function isSafeWithin(code: string, spread: number): boolean {
  const leftOut = 8 - code.indexOf('+')
  const period = leftOut <= 2 ? 20 : leftOut <= 4 ? 1 : 0.05
  return spread < period / 2
}

/** True when a text looks like a plus code but holds letters or digits that none has. */
export function isBadPlusCode(text: string): boolean {
  return /(?:^|\s)(?=\S*\d)[0-9A-Z]{4,8}\+[0-9A-Z]{2,3}(?!\S*@)(?=[\s,.]|$)/.test(text)
}
