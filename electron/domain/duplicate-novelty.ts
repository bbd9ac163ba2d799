// What an incident with many reports has never had, it will hardly have next: a village, a district, a far point nobody named yet.
import type { ReportFace } from './duplicate-face.ts'
import { distance, type Spread } from './duplicate-likeness.ts'

/**
 * A factor of at most 1 for a report that says a place which none of the incident's reports says. One report alone knows little
 * of how far its incident reaches (factor 1); of many reports the share of places that only one of them names tells
 * how often a new place comes.
 */
export function noveltyFactor(face: ReportFace, faces: readonly ReportFace[], spread: Spread): number {
  const districts = sortedOut(
    face.districts,
    faces.map((one) => one.districts),
  )
  if (districts.isNew) return Math.min(1, districts.share / spread.far)
  const villages = sortedOut(
    face.villages,
    faces.map((one) => one.villages.slice(0, 1)),
  )
  const byVillage = villages.isNew ? Math.min(1, villages.share / (spread.near + spread.far)) : 1
  return Math.min(byVillage, farPointFactor(face, faces, spread))
}

/** Whether none of the keys was seen, and the share of the next reports that may be expected to bring a new one. */
function sortedOut(keys: readonly string[], seen: readonly (readonly string[])[]) {
  const counts = new Map<string, number>()
  let reports = 0
  for (const one of seen) {
    if (one.length > 0) reports += 1
    for (const key of one) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const once = [...counts.values()].filter((count) => count === 1).length
  const isNew = keys.length > 0 && reports > 0 && !keys.some((key) => counts.has(key))
  return { isNew, share: (once + 0.5) / (reports + 1) }
}

/** Callers' points go wild now and then, so a far one is unlikely, not impossible. */
function farPointFactor({ point }: ReportFace, faces: readonly ReportFace[], { km }: Spread): number {
  if (point === null) return 1
  const known = faces.flatMap((face) => (face.point === null ? [] : [distance(point, face.point)]))
  if (known.length < 2 || Math.min(...known) <= 2 * km + 0.6) return 1
  return 3 / (known.length + 2)
}
