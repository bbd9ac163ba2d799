// Reads what duplicates are looked for among: open and lately opened incidents, and the reports of one. It must not compare.
import type { IncidentId } from '#domain/id.ts'
import type { IncidentStatus, Priority } from '#domain/incident.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { rebuildCount } from '../apply/rebuild.ts'
import { fieldsOf } from './heads.ts'
import { withMerged } from './merged.ts'

/** An incident that stands for itself. `version` is another text whenever anything of it may have changed. */
export type CandidateRow = {
  readonly incident: IncidentId
  readonly label: string
  readonly type: string | null
  readonly priority: Priority | null
  readonly village: string | null
  readonly landmark: string | null
  readonly status: IncidentStatus
  readonly openedAt: number
  readonly reports: number
  readonly isUmbrella: boolean
  readonly version: string
}

type Row = Omit<CandidateRow, 'isUmbrella' | 'version'> & { readonly isUmbrella: number; readonly activity: string }

const columns = `incident, label, type, priority, village, landmark, status, opened_at AS openedAt, report_count AS reports,
  is_umbrella AS isUmbrella, activity`
const most = 600

/** Every incident on the board, and those opened since `since` (UTC ms) that have ended; the most urgent 600 of each. */
export function duplicateCandidates(db: Db, since: number): CandidateRow[] {
  const onBoard = prepared<Row>(
    db,
    `SELECT ${columns} FROM incident WHERE is_on_board = 1 ORDER BY rank, opened_at, incident LIMIT ?`,
  ).all(most)
  const ended = prepared<Row>(
    db,
    `SELECT ${columns} FROM incident WHERE opened_at >= ? AND is_on_board = 0 AND root IS NULL
     ORDER BY opened_at DESC LIMIT ?`,
  ).all(since, most)
  const rebuilt = rebuildCount(db)
  return [...onBoard, ...ended].map(({ activity, isUmbrella, ...row }) => ({
    ...row,
    isUmbrella: isUmbrella === 1,
    version: `${rebuilt} ${activity}`,
  }))
}

/** The umbrella incidents, the newest first. */
export function umbrellas(db: Db): Pick<CandidateRow, 'incident' | 'label' | 'type' | 'village' | 'reports'>[] {
  return prepared<Pick<CandidateRow, 'incident' | 'label' | 'type' | 'village' | 'reports'>>(
    db,
    `SELECT incident, label, type, village, report_count AS reports FROM incident
     WHERE is_umbrella = 1 ORDER BY opened_at DESC LIMIT 20`,
  ).all()
}

/** What one report says, with what its incident says where the report says nothing; location in 1e-7 degree. */
export type ReportFacts = {
  readonly at: number
  readonly number: string | null
  readonly type: string | null
  readonly village: string | null
  readonly place: string | null
  readonly rtRw: string | null
  readonly words: string | null
  readonly lat: number | null
  readonly lon: number | null
}

const mostReports = 40

/** The newest reports of an incident and of what was merged into it, the oldest of each first. */
export function duplicateReports(db: Db, incident: IncidentId): ReportFacts[] {
  return withMerged(db, incident).flatMap((one) => reportsOn(db, one))
}

type Added = {
  readonly report: string
  readonly time: number
  readonly number: string | null
  readonly lat: number | null
  readonly lon: number | null
}

function reportsOn(db: Db, incident: IncidentId): ReportFacts[] {
  const field = fieldsOf(db, `incident:${incident}`)
  const own = { type: field('type').value, village: field('village').value, rtRw: field('rtRw').value }
  const [landmark, text] = [field('landmark').value, field('text').value]
  const rows = prepared<Added>(
    db,
    `SELECT report, time, call.number, call.lat, call.lon FROM report_counted AS added LEFT JOIN call ON call.call = added.call
     WHERE added.incident = ? ORDER BY at DESC, report DESC LIMIT ?`,
  ).all(incident, mostReports)
  return rows.toReversed().map(({ report, time, number, lat, lon }) => {
    const said = fieldsOf(db, `report:${report}`)
    const words = [said('words').value, text].filter((part) => part !== null).join(' ')
    return {
      ...own,
      at: time,
      number: number ?? said('callback').value,
      place: said('place').value ?? landmark,
      words: words === '' ? null : words,
      lat,
      lon,
    }
  })
}
