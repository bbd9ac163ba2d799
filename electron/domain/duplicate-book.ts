// Keeps the reports of the incidents of a day in memory and suggests for the next one: what `ask duplicates` runs. Keeps no database.
import type { DuplicateReport, FaceMaker, ReportFace } from './duplicate-face.ts'
import { createFaceMaker, type FaceSources } from './duplicate-face.ts'
import type { DuplicateRules } from './duplicate-pack.ts'
import { createSuggest } from './duplicate.ts'

export type DuplicateBook = {
  /** The incidents filed so far that a report may be about, best first. */
  readonly suggested: (report: DuplicateReport) => string[]
  /** Files a report to an incident, which is new or known. */
  readonly file: (report: DuplicateReport, incident: string) => void
}

type Entry = { readonly incident: string; readonly openedAt: number; readonly faces: ReportFace[] }

/** An empty book. */
export function createDuplicateBook(sources: FaceSources, rules: DuplicateRules): DuplicateBook {
  const makeFace: FaceMaker = createFaceMaker(sources)
  const entries = new Map<string, Entry>()
  return {
    suggested: (report) =>
      createSuggest(rules, [...entries.values()])(makeFace(report)).map(({ incident }) => incident),
    file: (report, incident) => {
      const face = makeFace(report)
      const known = entries.get(incident)
      if (known === undefined) entries.set(incident, { incident, openedAt: report.at, faces: [face] })
      else known.faces.push(face)
    },
  }
}
