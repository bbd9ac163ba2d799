// What of the open incidents is common, and how far reports of one incident lie apart today: the day itself teaches it.
import type { DuplicateCandidate } from './duplicate.ts'
import type { ReportFace } from './duplicate-face.ts'
import { distance, usualSpread, type Background, type Spread, type TypeRules } from './duplicate-likeness.ts'
import type { Reach } from './duplicate-pack.ts'

/** Counts over incidents, not reports: a big incident does not make its own words common. */
export function createBackground(candidates: readonly DuplicateCandidate[], types: TypeRules): Background {
  const typeCounts = new Map<string, number>()
  const villages = new Map<string, number>()
  const words = new Map<string, number>()
  const placeWords = new Map<string, number>()
  const count = (counts: Map<string, number>, keys: Iterable<string>): void => {
    for (const key of new Set(keys)) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  for (const { faces } of candidates) {
    const [first] = faces
    if (first === undefined) continue
    count(
      typeCounts,
      first.types.slice(0, 1).map(({ code }) => code),
    )
    count(villages, first.villages.slice(0, 1))
    count(words, first.words.keys())
    count(placeWords, first.placeWords)
  }
  const all = candidates.length
  const share = (counts: Map<string, number>, usual: number, doubt: number) => (key: string) =>
    ((counts.get(key) ?? 0) + usual * doubt) / (all + doubt)
  return {
    type: share(typeCounts, 0.08, 20),
    village: share(villages, 0.02, 40),
    word: share(words, 0.06, 20),
    placeWord: share(placeWords, 0.06, 20),
    spread: spreads(candidates, types),
  }
}

/** So many pairs of reports weigh as much as what is expected. */
const doubt = 12

type Seen = { same: number; near: number; far: number; pairs: number; logKm: number; points: number }

/** How far each report of an incident lies from the one before, by the reach of its type. */
function spreads(candidates: readonly DuplicateCandidate[], types: TypeRules): (reach: Reach) => Spread {
  const seen = new Map<number, Seen>()
  for (const { faces } of candidates) {
    for (let n = 1; n < faces.length; n += 1) {
      const [before, face] = [faces[n - 1], faces[n]]
      if (before === undefined || face === undefined) continue
      see(seen, types.reachOf(before).km, before, face)
    }
  }
  const known = new Map<number, Spread>()
  return (reach) => {
    const found = known.get(reach.km) ?? joined(usualSpread(reach), seen.get(reach.km))
    known.set(reach.km, found)
    return found
  }
}

function see(seen: Map<number, Seen>, km: number, a: ReportFace, b: ReportFace): void {
  const sums = seen.get(km) ?? { same: 0, near: 0, far: 0, pairs: 0, logKm: 0, points: 0 }
  seen.set(km, sums)
  if (a.point !== null && b.point !== null) {
    sums.points += 1
    sums.logKm += Math.log(Math.max(0.05, distance(a.point, b.point)))
  }
  if (a.villages.length === 0 || b.villages.length === 0) return
  sums.pairs += 1
  if (a.villages.some((code) => b.villages.includes(code))) sums.same += 1
  else if (a.districts.some((code) => b.districts.includes(code))) sums.near += 1
  else sums.far += 1
}

function joined(usual: Spread, seen: Seen | undefined): Spread {
  if (seen === undefined) return usual
  const share = (expected: number, counted: number): number => (expected * doubt + counted) / (doubt + seen.pairs)
  return {
    same: share(usual.same, seen.same),
    near: share(usual.near, seen.near),
    far: share(usual.far, seen.far),
    km: Math.exp((Math.log(usual.km) * doubt + seen.logKm) / (doubt + seen.points)),
  }
}
