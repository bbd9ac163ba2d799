// Which open incidents a report may be about: each report lets expect further ones like it, and a new incident is always possible.
import type { ReportFace } from './duplicate-face.ts'
import { createBackground } from './duplicate-background.ts'
import { createTypeRules, likeness, type Background, type Likeness, type TypeRules } from './duplicate-likeness.ts'
import { noveltyFactor } from './duplicate-novelty.ts'
import type { DuplicateRules, Reach } from './duplicate-pack.ts'

/** An incident that is open or ended a short while ago, with the faces of its reports in any order. */
export type DuplicateCandidate<Id extends string = string> = {
  readonly incident: Id
  readonly openedAt: number
  readonly faces: readonly ReportFace[]
}

/** Why, of the report that fits best: `minutes` since it, `distanceKm` null where a point is missing. */
export type DuplicateWhy = {
  readonly minutes: number
  readonly distanceKm: number | null
  readonly place: 'village' | 'district' | 'words' | null
  readonly type: 'same' | 'related' | null
  readonly isSameNumber: boolean
  readonly words: readonly string[]
}
export type DuplicateSuggestion<Id extends string = string> = {
  readonly incident: Id
  /** How likely it is that incident, 0 to 1; all of them and "a new one" add up to 1. */
  readonly likelihood: number
  readonly why: DuplicateWhy
}

/** Prepared once for a set of candidates, then asked with every key. */
export type Suggest<Id extends string> = (face: ReportFace) => DuplicateSuggestion<Id>[]

/** More than these are not offered: nobody reads on. */
const mostSuggestions = 3
/** Of an incident with very many reports so many are compared. */
const mostFaces = 40

/** Prepares suggesting among these incidents by the rules of a centre. */
export function createSuggest<Id extends string>(
  rules: DuplicateRules,
  candidates: readonly DuplicateCandidate<Id>[],
): Suggest<Id> {
  const types = createTypeRules(rules)
  const common = createBackground(candidates, types)
  return (face) => {
    const rated = candidates.map((candidate) => rate(face, candidate, types, common))
    const all = rated.reduce((sum, one) => sum + one.perHour, rules.weights.fresh * newPerHour(face, candidates))
    return rated
      .map(({ candidate, perHour, best }) => ({ candidate, likelihood: perHour / all, best }))
      .filter(({ likelihood }) => likelihood >= rules.least)
      .toSorted((a, b) => b.likelihood - a.likelihood || (a.candidate.incident < b.candidate.incident ? -1 : 1))
      .slice(0, mostSuggestions)
      .flatMap(({ candidate, likelihood, best }) =>
        best === null
          ? []
          : [{ incident: candidate.incident, likelihood, why: whyOf(face, best.face, best.like, types, common) }],
      )
  }
}

type Best = { readonly face: ReportFace; readonly like: Likeness; readonly perHour: number }

/** How many reports like this one the reports of an incident let expect per hour, now. */
function rate<Id extends string>(
  face: ReportFace,
  candidate: DuplicateCandidate<Id>,
  types: TypeRules,
  common: Background,
) {
  let perHour = 0
  let best: Best | null = null
  for (const other of candidate.faces.slice(-mostFaces)) {
    const reach = widerReach(types.reachOf(face), types.reachOf(other))
    const isSameNumber = face.number !== null && face.number === other.number
    const hours = Math.abs(face.at - other.at) / 3_600_000
    const now = expectedPerHour(hours, reach, isSameNumber)
    if (now < 1e-6) continue
    const like = likeness(face, other, reach, types, common)
    const expected = now * Math.exp(Math.min(mostLikeness, like.place + like.type + like.number + like.words))
    perHour += expected
    if (best === null || expected > best.perHour) best = { face: other, like, perHour: expected }
  }
  const most = best?.perHour ?? 0
  const summed = most + types.weights.crowd * (perHour - most)
  const spread = best === null ? null : common.spread(widerReach(types.reachOf(face), types.reachOf(best.face)))
  const novelty = spread === null ? 1 : noveltyFactor(face, candidate.faces, spread)
  return { candidate, perHour: summed * novelty, best }
}

const mostLikeness = 7.5

function widerReach(a: Reach, b: Reach): Reach {
  return a.km * a.minutes >= b.km * b.minutes ? a : b
}

/** Who called already calls again much later. */
const patience = 4

/** Reports come densely at first, then thin out slowly; in all `callers` of them. */
function expectedPerHour(hours: number, reach: Reach, isSameNumber: boolean): number {
  const lasts = (reach.minutes / 60) * (isSameNumber ? patience : 1)
  return (reach.callers / lasts) * (1 + hours / lasts) ** -3
}

/** Reports of new incidents per hour: counted over the last hours, with some doubt while little is known. */
function newPerHour(face: ReportFace, candidates: readonly DuplicateCandidate[]): number {
  const windowMs = 3 * 3_600_000
  const recent = candidates.filter(({ openedAt }) => openedAt > face.at - windowMs && openedAt <= face.at).length
  return (recent + 4) / 4
}

function whyOf(
  face: ReportFace,
  other: ReportFace,
  like: Likeness,
  types: TypeRules,
  common: Background,
): DuplicateWhy {
  const [a, b] = [face.types[0]?.code, other.types[0]?.code]
  const isRelated = a !== undefined && b !== undefined && types.lift(a, b) !== null
  const hasVillage = face.villages.some((code) => other.villages.includes(code))
  const hasDistrict = face.districts.some((code) => other.districts.includes(code))
  const placeWords = [...face.placeWords].some((word) => other.placeWords.has(word))
  return {
    minutes: Math.round(Math.abs(face.at - other.at) / 60_000),
    distanceKm: like.distanceKm,
    place: hasVillage ? 'village' : placeWords ? 'words' : hasDistrict ? 'district' : null,
    type: a !== undefined && a === b ? 'same' : isRelated ? 'related' : null,
    isSameNumber: face.number !== null && face.number === other.number,
    words: [...face.words]
      .filter(([word]) => other.words.has(word))
      .toSorted(([x], [y]) => common.word(x) - common.word(y))
      .slice(0, 3)
      .map(([, said]) => said),
  }
}
