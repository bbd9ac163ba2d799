// What the screens see of one incident: its rows, joined with drafts, agencies and the message they would get.
import type { QueryOutput } from '#contract/queries.ts'
import { chooseChannel, recommendAgencies, type Agency } from '#domain/agency.ts'
import type { IncidentId } from '#domain/id.ts'
import { editableFields, reportFields } from '#domain/incident.ts'
import { whereabouts } from '#domain/place-value.ts'
import { draftsOn, type Draft } from '#db/local/draft.ts'
import { answerRows, isPriorityDecided, recordedProtocol } from '#db/queries/answers.ts'
import type { FieldRow } from '#db/queries/heads.ts'
import { incidentDetail, type IncidentDetail } from '#db/queries/incident-detail.ts'
import { incidentMessage } from '#db/queries/incident-message.ts'
import { incidentMessageText } from '../card.ts'
import type { Desk } from '../desk.ts'
import { personText } from './people.ts'

type View = NonNullable<QueryOutput<'incident'>>
type Field = View['type']
type Drafts = ReadonlyMap<string, Draft>

function withDraft<Name extends string>(
  desk: Desk,
  rows: Readonly<Record<Name, FieldRow>>,
  names: readonly Name[],
  drafts: Drafts,
): Record<Name, Field> {
  const entries = names.map((name) => {
    const row = rows[name]
    const conflicts = row.conflicts.map((other) => ({ ...other, by: personText(desk, other.by) }))
    return [name, { ...row, conflicts, draft: drafts.get(name) ?? null }]
  })
  return Object.fromEntries(entries) as Record<Name, Field>
}

function answersView(desk: Desk, incident: IncidentId): View['answers'] {
  const rows = Object.entries(answerRows(desk.db, incident)).map(([question, row]) => {
    const conflicts = row.conflicts.map((other) => ({ ...other, by: personText(desk, other.by) }))
    return [question, { ...row, conflicts }] as const
  })
  return Object.fromEntries(rows)
}

/** True time, by which waiting is judged: a desk's clock may be wrong. */
export function alarmClock(desk: Desk): { now: number; limitMs: number } {
  return { now: desk.clock.now() - (desk.clockOffsetMs() ?? 0), limitMs: desk.site.targets.p1AckSeconds * 1000 }
}

function recommendation(desk: Desk, detail: IncidentDetail): ReturnType<typeof recommendAgencies> {
  const type = desk.reference.types.find((one) => one.code === detail.type.value)
  const where = whereabouts(detail.village.value)
  return type === undefined ? { recommended: [], missing: [] } : recommendAgencies(type, where, desk.agencies)
}

/** In words: a code that neither pack nor site file explains stays a code. */
function missingNames(desk: Desk, missing: readonly string[]): string[] {
  const nameOf = (code: string): string =>
    [...desk.agencies, ...desk.reference.agencies].find((agency) => agency.code === code)?.name ?? code
  return missing.map((codes) => codes.split('/').map(nameOf).join(' / '))
}

/** Recommended agencies first, then any other that was told. */
function agencyRows(
  desk: Desk,
  detail: IncidentDetail,
  recommended: ReturnType<typeof recommendAgencies>['recommended'],
): View['agencies'] {
  const connected = new Set(desk.sync().connected)
  const row = (agency: Agency, part: 'lead' | 'support' | 'other', unit: string | null): View['agencies'][number] => {
    const isConnected = connected.has(agency.code)
    const link = { isOnline: isConnected, haveAt: isConnected ? desk.clock.now() : null }
    const relays = detail.relays
      .filter((relay) => relay.agency === agency.code)
      .map((relay) => ({ ...relay, typedBy: relay.typedBy === null ? null : personText(desk, relay.typedBy) }))
    return {
      agency: agency.code,
      name: unit === null ? agency.name : `${agency.name}, ${unit}`,
      phone: agency.phone,
      part,
      channel: chooseChannel(agency, link, desk.clock.now()),
      isConnected,
      // The newest one: an older one to the same agency was refused, cancelled or is done.
      relay: relays.at(-1) ?? null,
    }
  }
  const rows = recommended.map(({ agency, part, unit }) => row(agency, part, unit))
  const told = desk.agencies.filter(
    ({ code: told }) =>
      detail.relays.some((relay) => relay.agency === told) && !rows.some((known) => known.agency === told),
  )
  return [...rows, ...told.map((agency) => row(agency, 'other', null))]
}

function paperView(desk: Desk, paper: View['paper']): View['paper'] {
  return paper === null ? null : { ...paper, by: personText(desk, paper.by) }
}

/** One incident for the person signed in, or null while it is not known. */
export function incidentView(desk: Desk, incident: IncidentId, operator: string | null): View | null {
  const detail = incidentDetail(desk.db, incident, alarmClock(desk))
  const message = incidentMessage(desk.db, incident)
  if (detail === null || message === null) return null
  const draftsOf = (on: string): Drafts => (operator === null ? new Map() : draftsOn(desk.db, operator, on))
  const drafts = draftsOf(`incident:${incident}`)
  const { recommended, missing } = recommendation(desk, detail)
  return {
    incident: detail.incident,
    label: detail.label,
    status: detail.status,
    decision: detail.decision,
    disposition: detail.disposition,
    openedAt: detail.openedAt,
    by: personText(desk, detail.by),
    paper: paperView(desk, detail.paper),
    source: detail.source,
    recordState: detail.recordState,
    hasNews: detail.hasNews,
    isUmbrella: detail.isUmbrella,
    root: detail.root,
    merged: detail.merged,
    ...withDraft(desk, detail, editableFields, drafts),
    reports: detail.reports.map((report) => ({
      report: report.report,
      call: report.call,
      source: report.source,
      at: report.at,
      paper: paperView(desk, report.paper),
      ...withDraft(desk, report, reportFields, draftsOf(`report:${report.report}`)),
    })),
    notes: detail.notes.map((note) => ({
      ...note,
      by: personText(desk, note.by),
      paper: paperView(desk, note.paper),
      struck: note.struck === null ? null : { ...note.struck, by: personText(desk, note.struck.by) },
    })),
    noteDraft: drafts.get('note')?.text ?? null,
    agencies: agencyRows(desk, detail, recommended),
    missingAgencies: missingNames(desk, missing),
    answers: answersView(desk, incident),
    protocol: recordedProtocol(desk.db, incident),
    isPriorityDecided: isPriorityDecided(desk.db, incident),
    message: incidentMessageText(desk, message),
  }
}
