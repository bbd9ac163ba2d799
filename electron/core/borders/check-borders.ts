// Checks a file of borders from its text to the areas that are kept. Reads no file and writes none.
import { largestBordersFile, villageCodeOf, type Area, type BorderProblem, type BorderReport } from '#domain/borders.ts'
import { checkGeometry, problemAt, type Polygon } from './check-geometry.ts'
import { drawAreas, type CheckedArea } from './draw-areas.ts'
import { codeProperties, codeValue, usualProperty } from './match-codes.ts'
import { isRecord, readFeatures, shown, type RawFeature } from './read-features.ts'

export type BorderCheck = {
  readonly text: string
  /** Property that holds the codes; null = the one that names most villages. */
  readonly property: string | null
  readonly regency: string
  /** Codes of all villages of the regency. */
  readonly villages: readonly string[]
}
/** `areas` is empty when the file is refused. */
export type CheckedBorders = { readonly report: BorderReport; readonly areas: readonly Area[] }

type Link = { readonly progress: (done: number) => void; readonly isCancelled: () => boolean }

/** As many problems as anybody reads. */
const mostListed = 50

/** Checks a text against the villages of a regency. Never throws; ends early with an empty report when it is cancelled. */
export function checkBorders(check: BorderCheck, link: Link): CheckedBorders {
  const { text } = check
  const size = Buffer.byteLength(text)
  if (size > largestBordersFile)
    return refused(check, [{ kind: 'tooLarge', line: null, feature: null, read: String(size) }])
  const read = readFeatures(text)
  if (!read.ok) return refused(check, read.problems)
  link.progress(0.3)
  const known = new Set(check.villages)
  const properties = codeProperties(read.features, known)
  const property = check.property ?? properties[0]?.name ?? usualProperty(read.features)
  const sorted = sortFeatures(read.features, { property, known, regency: check.regency }, link)
  const report = { ...reportOf(check, sorted), features: read.features.length, property, properties }
  if (sorted.problems.length > 0 || link.isCancelled()) return { report, areas: [] }
  link.progress(0.7)
  const areas = drawAreas(sorted.areas)
  const pointsKept = areas.reduce((sum, { rings }) => sum + rings.reduce((n, ring) => n + ring.length / 2, 0), 0)
  return { report: { ...report, pointsKept }, areas }
}

type Sorted = {
  readonly areas: CheckedArea[]
  readonly problems: BorderProblem[]
  readonly unknown: { code: string; line: number }[]
  readonly withoutCode: number[]
  others: number
  turned: number
  points: number
}
type Codes = { readonly property: string | null; readonly known: ReadonlySet<string>; readonly regency: string }

function sortFeatures(features: readonly RawFeature[], codes: Codes, link: Link): Sorted {
  const sorted: Sorted = { areas: [], problems: [], unknown: [], withoutCode: [], others: 0, turned: 0, points: 0 }
  const lineOf = new Map<string, number>()
  for (const [index, feature] of features.entries()) {
    if (index % 50 === 0) {
      if (link.isCancelled()) return sorted
      link.progress(0.3 + (0.4 * index) / features.length)
    }
    sortOne(sorted, { feature, index, lineOf }, codes)
  }
  if (sorted.areas.length === 0 && sorted.problems.length === 0)
    sorted.problems.push(noneProblem(features, sorted, codes))
  return sorted
}

type At = { readonly feature: RawFeature; readonly index: number; readonly lineOf: Map<string, number> }

function sortOne(sorted: Sorted, { feature, index, lineOf }: At, { property, known, regency }: Codes): void {
  const { value, line } = feature
  if (!isRecord(value) || value['type'] !== 'Feature') {
    sorted.problems.push(
      problemAt(feature, index, { kind: 'notFeature', read: shown(isRecord(value) ? value['type'] : value) }),
    )
    return
  }
  const code = property === null ? null : villageCodeOf(codeValue(feature, property))
  if (code === null) sorted.withoutCode.push(line)
  else if (!code.startsWith(`${regency}.`)) sorted.others += 1
  else if (!known.has(code)) sorted.unknown.push({ code, line })
  else if (lineOf.has(code)) {
    const read = `${code} (${lineOf.get(code) ?? 1})`
    sorted.problems.push(problemAt(feature, index, { kind: 'doubleCode', read }))
  } else {
    lineOf.set(code, line)
    const polygons = geometryOf(sorted, feature, index)
    if (polygons !== null) sorted.areas.push({ code, polygons })
  }
}

function geometryOf(sorted: Sorted, feature: RawFeature, index: number): readonly Polygon[] | null {
  const checked = checkGeometry(isRecord(feature.value) ? feature.value['geometry'] : null)
  if (!checked.ok) {
    sorted.problems.push(problemAt(feature, index, checked))
    return null
  }
  sorted.turned += checked.turned
  sorted.points += checked.points
  return checked.polygons
}

/** A good file that says nothing of this regency. */
function noneProblem(features: readonly RawFeature[], { others }: Sorted, { property }: Codes): BorderProblem {
  const first = features[0]
  const value = first === undefined || property === null ? '' : shown(codeValue(first, property))
  const read = property === null ? '' : `${property}: ${value}`
  return { kind: others > 0 ? 'otherRegency' : 'noneKnown', line: first?.line ?? 1, feature: 1, read }
}

function reportOf(
  { villages }: BorderCheck,
  sorted: Sorted,
): Omit<BorderReport, 'features' | 'property' | 'properties'> {
  const found = new Set(sorted.areas.map(({ code }) => code))
  return {
    problems: sorted.problems.slice(0, mostListed),
    problemCount: sorted.problems.length,
    villages: villages.length,
    matched: found.size,
    missing: villages.filter((code) => !found.has(code)),
    unknown: sorted.unknown,
    withoutCode: sorted.withoutCode,
    otherRegencies: sorted.others,
    turnedRings: sorted.turned,
    pointsRead: sorted.points,
    pointsKept: 0,
  }
}

function refused(check: BorderCheck, problems: readonly BorderProblem[]): CheckedBorders {
  const nothing: Sorted = {
    areas: [],
    problems: [...problems],
    unknown: [],
    withoutCode: [],
    others: 0,
    turned: 0,
    points: 0,
  }
  return { report: { ...reportOf(check, nothing), features: 0, property: null, properties: [] }, areas: [] }
}
