// Plays a labelled day against the score as `ask duplicates` does, and counts what was found and what was wrong.
import type { DuplicateBook } from '../../electron/domain/duplicate-book.ts'
import type { DayReport } from './day.ts'

/**
 * `again`: reports of an incident that was known; `found` of them were told it. `incidents`: real incidents; `falseAtNew`:
 * wrong suggestions made for the first report of one; `falseAll`: wrong suggestions on any report.
 */
export type DayScore = {
  readonly again: number
  readonly found: number
  readonly first: number
  readonly incidents: number
  readonly falseAtNew: number
  readonly falseAll: number
}

export type Miss = { readonly report: DayReport; readonly suggested: readonly string[]; readonly isNew: boolean }

/** The scores of one day; `onMiss` hears of every report that was told nothing or something wrong. */
export function playDay(reports: readonly DayReport[], book: DuplicateBook, onMiss?: (miss: Miss) => void): DayScore {
  const known = new Set<string>()
  const score = { again: 0, found: 0, first: 0, incidents: 0, falseAtNew: 0, falseAll: 0 }
  for (const report of reports) {
    const suggested = book.suggested(report)
    const isNew = !known.has(report.incident)
    const wrong = suggested.filter((one) => one !== report.incident).length
    score.falseAll += wrong
    if (isNew) {
      score.incidents += 1
      score.falseAtNew += wrong
    } else {
      score.again += 1
      if (suggested.includes(report.incident)) score.found += 1
      if (suggested[0] === report.incident) score.first += 1
    }
    if (wrong > 0 || (!isNew && !suggested.includes(report.incident))) onMiss?.({ report, suggested, isNew })
    known.add(report.incident)
    book.file(report, report.incident)
  }
  return score
}
