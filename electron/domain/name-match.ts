// Says how well something typed fits one name, and in which way. Keeps no index.
import { distance, isShorthand, unlikeLetters, vowelShare, type Sound } from './name-sound.ts'

/**
 * same: the whole name; part: whole words of it; start: its beginning, still being typed; slip: the name with errors;
 * rough: the beginning with errors, a piece from inside, or a shorthand.
 */
export type MatchKind = 'same' | 'part' | 'start' | 'slip' | 'rough'
/** `quality` runs from 0 (nothing in common) to 1 (the same). */
export type Match = { readonly quality: number; readonly kind: MatchKind }

/** Matches below this are none. */
const leastQuality = 0.63
const slipWeight = 0.85

/** How well `typed` fits `name`; null when it does not. `isExact`: no errors are forgiven. */
export function matchName(typed: Sound, name: Sound, isExact = false): Match | null {
  const length = typed.text.length
  if (length === 0 || length < name.least) return null
  if (typed.text === name.text) return { quality: 1, kind: 'same' }
  const exact = exactPiece(typed, name)
  if (exact !== null && exact.kind !== 'rough') return exact
  if (isExact || length < 3) return null
  return better(exact, better(slip(typed, name), shorthand(typed, name)))
}

function better(a: Match | null, b: Match | null): Match | null {
  if (a === null || b === null) return a ?? b
  return b.quality > a.quality ? b : a
}

/** What stands in the name letter by letter. */
function exactPiece(typed: Sound, name: Sound): Match | null {
  const length = typed.text.length
  const share = length / name.text.length
  if (name.text.startsWith(typed.text)) {
    if (name.later.includes(length)) return { quality: 0.91, kind: 'part' }
    return { quality: 0.86 + 0.1 * share, kind: 'start' }
  }
  for (const at of name.later) {
    if (!name.text.startsWith(typed.text, at)) continue
    const isWhole = at + length === name.text.length || name.later.includes(at + length)
    return isWhole ? { quality: 0.84, kind: 'part' } : { quality: 0.76 + 0.05 * share, kind: 'start' }
  }
  if (length < 4) return null
  if (name.text.endsWith(typed.text)) return { quality: 0.66 + 0.12 * share, kind: 'rough' }
  return name.text.includes(typed.text) ? { quality: 0.6 + 0.1 * share, kind: 'rough' } : null
}

/** The name, or its beginning, with typing errors or written by ear. */
function slip(typed: Sound, name: Sound): Match | null {
  const length = typed.text.length
  const longer = Math.max(length, name.text.length)
  const limit = ((1 - leastQuality) / slipWeight) * longer
  if (length * 0.6 > name.text.length + 1) return null
  const isHalf = length >= 4 && length < name.text.length
  if (unlikeLetters(typed, name) * 0.75 > limit && !(isHalf && extraLetters(typed, name) * 0.7 <= 0.24 * length))
    return null
  const { whole, prefix } = distance(typed, name, limit)
  const asWhole = 1 - (slipWeight * whole) / longer
  const asStart = isHalf ? 0.83 * (1 - (1.1 * prefix) / length) + 0.06 * (length / name.text.length) : 0
  const quality = Math.max(asWhole, asStart)
  if (quality < leastQuality) return null
  return { quality, kind: asWhole >= asStart ? 'slip' : 'rough' }
}

function extraLetters(typed: Sound, name: Sound): number {
  let extra = 0
  for (let code = 0; code < typed.counts.length; code += 1) {
    extra += Math.max(0, (typed.counts[code] ?? 0) - (name.counts[code] ?? 0))
  }
  return extra
}

/** Hasty writing that leaves letters out. */
function shorthand(typed: Sound, name: Sound): Match | null {
  const share = typed.text.length / name.text.length
  if (share < 0.35 || !isShorthand(typed.text, name.text)) return null
  const isSkeleton = vowelShare(typed.text) <= 0.34
  const ending = typed.text.at(-1) === name.text.at(-1) ? 0.04 : 0
  return { quality: (isSkeleton ? 0.64 : 0.54) + 0.24 * share + ending, kind: 'rough' }
}
