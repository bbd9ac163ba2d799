// Keeps the open incidents ready for comparing, so that a suggestion costs a few milliseconds per key. It must not change anything.
import type { IncidentId } from '#domain/id.ts'
import { keptNumber } from '#domain/number.ts'
import { createSuggest, type DuplicateCandidate, type DuplicateSuggestion, type Suggest } from '#domain/duplicate.ts'
import { createFaceMaker, type DuplicateReport, type ReportFace } from '#domain/duplicate-face.ts'
import { recordedPlace, whereabouts } from '#domain/place-value.ts'
import {
  duplicateCandidates,
  duplicateReports,
  type CandidateRow,
  type ReportFacts,
} from '#db/queries/duplicate-facts.ts'
import type { Desk } from './desk.ts'
import { searchableTypes } from './reference.ts'

export type FoundDuplicate = { readonly row: CandidateRow; readonly why: DuplicateSuggestion['why'] }

/** Incidents that ended are looked at for this long after they were opened (ms). */
const lookBackMs = 6 * 3_600_000
/** Getting many incidents ready must not hold up a ring. */
const sliceMs = 8

type Kept = { readonly version: string; readonly faces: readonly ReportFace[] }
type Finder = {
  readonly desk: Pick<Desk, 'reference' | 'gazetteer'>
  /** Gets rows ready for at most `sliceMs`; what is left comes soon, with a push. */
  readonly prepare: (desk: Desk, rows: readonly CandidateRow[]) => void
  readonly find: (desk: Desk, report: DuplicateReport, asked: Asked) => FoundDuplicate[]
}
/** The incident in hand, which is not its own duplicate; only incidents opened before `openedBefore` count (UTC ms). */
type Asked = { readonly incident: IncidentId; readonly openedBefore: number }

const finders = new WeakMap<Desk, Finder>()

/** The incidents that a report may be about, best first. */
export function findDuplicates(desk: Desk, report: DuplicateReport, asked: Asked): FoundDuplicate[] {
  return finderOf(desk).find(desk, report, asked)
}

/** Gets incidents ready before anybody types. */
export function prepareDuplicates(desk: Desk): void {
  finderOf(desk).prepare(desk, duplicateCandidates(desk.db, wholeMinute(desk.clock.now()) - lookBackMs))
}

/** A clock that runs on would ask again with every change. */
export function wholeMinute(now: number): number {
  return Math.floor(now / 60_000) * 60_000
}

function finderOf(desk: Desk): Finder {
  let finder = finders.get(desk)
  if (finder === undefined || finder.desk.reference !== desk.reference || finder.desk.gazetteer !== desk.gazetteer) {
    finder = createFinder(desk)
    finders.set(desk, finder)
  }
  return finder
}

function createFinder({ reference, gazetteer }: Desk): Finder {
  const sources = {
    types: searchableTypes(reference),
    villages: gazetteer.villages,
    abbreviations: reference.abbreviations,
    synonyms: reference.synonyms,
  }
  const makeFace = createFaceMaker(sources)
  const kept = new Map<IncidentId, Kept>()
  let prepared: { readonly key: string; readonly suggest: Suggest<IncidentId> } | null = null
  let last: { readonly key: string; readonly found: FoundDuplicate[] } | null = null

  let isWaiting = false
  const goOn = (desk: Desk): void => {
    isWaiting = false
    desk.changed()
  }
  const prepare = (desk: Desk, rows: readonly CandidateRow[]): void => {
    const until = performance.now() + sliceMs
    for (const row of rows) {
      if (kept.get(row.incident)?.version === row.version) continue
      const faces = duplicateReports(desk.db, row.incident).map((facts) => makeFace(reportOf(facts)))
      kept.set(row.incident, { version: row.version, faces })
      if (performance.now() < until) continue
      if (!isWaiting) setImmediate(goOn, desk)
      isWaiting = true
      return
    }
  }
  /** An incident that changed a moment ago is compared as it was until its turn comes. */
  const candidateOf = ({ incident, openedAt }: CandidateRow): DuplicateCandidate<IncidentId>[] => {
    const known = kept.get(incident)
    return known === undefined ? [] : [{ incident, openedAt, faces: known.faces }]
  }
  const forget = (rows: readonly CandidateRow[]): void => {
    if (kept.size <= 2 * rows.length + 50) return
    const open = new Set(rows.map((row) => row.incident))
    for (const incident of kept.keys()) if (!open.has(incident)) kept.delete(incident)
  }
  return {
    desk: { reference, gazetteer },
    prepare,
    find: (desk, report, asked) => {
      const all = duplicateCandidates(desk.db, report.at - lookBackMs)
      const rows = all.filter((row) => row.incident !== asked.incident && row.openedAt < asked.openedBefore)
      prepare(desk, rows)
      const among = `${asked.incident} ${rows.map((row) => row.incident + (kept.get(row.incident)?.version ?? '')).join()}`
      const key = `${JSON.stringify(report)} ${among}`
      if (last?.key === key) return last.found
      forget(all)
      if (prepared?.key !== among) {
        const candidates = rows.flatMap(candidateOf)
        prepared = { key: among, suggest: createSuggest(reference.duplicates, candidates) }
      }
      const byId = new Map(rows.map((row) => [row.incident, row]))
      const found = prepared.suggest(makeFace(report)).flatMap(({ incident, why }) => {
        const row = byId.get(incident)
        return row === undefined ? [] : [{ row, why }]
      })
      last = { key, found }
      return found
    },
  }
}

const degrees = (value: number | null): number | null => (value === null ? null : value / 1e7)

/** A stored report as it is compared. A place that is no code is words about the place. */
export function reportOf(facts: ReportFacts): DuplicateReport {
  const found = facts.village === null ? null : recordedPlace(facts.village)
  const rtRw = facts.rtRw === null ? null : `RT ${facts.rtRw.replace('/', ' RW ')}`
  const place = [facts.place, found?.name ?? null, found?.said ?? null, rtRw].filter(
    (part) => part !== null && part !== '',
  )
  return {
    at: facts.at,
    number: keptNumber(facts.number),
    typeCode: facts.type,
    placeText: place.length === 0 ? null : place.join(', '),
    villageCode: whereabouts(facts.village).villageCode,
    // A point that was read out says more than where the telephone was.
    lat: degrees(found?.point?.lat ?? facts.lat),
    lon: degrees(found?.point?.lon ?? facts.lon),
    narrative: facts.words,
  }
}
