// What an operator records about an incident: its opening, its fields, its reports and notes.
import { fault, type Fault } from '#domain/fault.ts'
import type { CallId, IncidentId, OpId, ReportId } from '#domain/id.ts'
import {
  isOpen,
  isPersonalField,
  priorities,
  type EditableField,
  type Priority,
  type ReportField,
} from '#domain/incident.ts'
import type { NewOp } from '#domain/op.ts'
import { labelDay } from '#domain/time.ts'
import { dropDraft } from '#db/local/draft.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import { isPriorityDecided } from '#db/queries/answers.ts'
import { headsOf, valueOf } from '#db/queries/heads.ts'
import { incidentFacts, noteFacts, reportFacts } from '#db/queries/incident-facts.ts'
import { nextLabelNumber } from '#db/queries/label.ts'
import { changedCards } from '../card.ts'
import { priorityOps } from '../protocol-rule.ts'
import type { Actor, Desk } from '../desk.ts'
import { takers, type Decision, type Rules } from '../rule.ts'
import { callFieldSet, ensureCall } from './call.ts'

const on = (incident: IncidentId): string => `incident:${incident}`

/** One set of a field; personal values stay out of the body. */
export function fieldSet(
  incident: IncidentId,
  field: EditableField,
  value: string | null,
  over: readonly OpId[],
): NewOp {
  const shared = { kind: 'IncidentFieldSet', on: on(incident) } as const
  if (isPersonalField(field)) return { ...shared, body: { field, over: [...over] }, personal: { value } }
  return { ...shared, body: { field, over: [...over], value } }
}

/** One set of a field of a report; personal values stay out of the body. */
export function reportFieldSet(
  report: ReportId,
  incident: IncidentId,
  field: ReportField,
  value: string | null,
  over: readonly OpId[],
): NewOp {
  const shared = { kind: 'ReportFieldSet', on: `report:${report}`, about: [on(incident)] } as const
  if (isPersonalField(field)) return { ...shared, body: { field, over: [...over] }, personal: { value } }
  return { ...shared, body: { field, over: [...over], value } }
}

/** The label of the next incident of this desk on the day of an instant: DDMMYY-Lnnn, L the desk's letters. */
export function nextLabel(desk: Desk, at: number): string {
  const day = labelDay(at, desk.site.zone)
  const series = `${day}-${desk.site.member}`
  return `${series}${String(nextLabelNumber(desk.db, series)).padStart(3, '0')}`
}

type OpenInput = {
  incident: IncidentId
  report: ReportId
  call: CallId | null
  source: Extract<NewOp, { kind: 'IncidentOpened' }>['body']['source']
  type: string | null
  priority: Priority | null
}

/** Opens an incident with its first report; the caller's number is the callback number until somebody changes it. */
function openIncident(desk: Desk, input: OpenInput): Decision<{ label: string }> | Fault {
  if (incidentFacts(desk.db, input.incident) !== null) return fault('already_exists', { field: 'incident' })
  const type = input.type === null ? null : typeOf(desk, input.type)
  if (type === undefined) return fault('invalid', { field: 'type' })
  const known = input.call === null ? [] : ensureCall(desk, input.call)
  if ('fault' in known) return known
  const label = nextLabel(desk, desk.clock.now())
  // A priority that came with the type alone may still be changed by another type or by answers.
  const why = input.priority === null && type !== null ? { why: 'type' } : {}
  const opened: NewOp = {
    kind: 'IncidentOpened',
    on: on(input.incident),
    ...(input.call === null ? {} : { about: [`call:${input.call}`] }),
    body: {
      label,
      type: type?.code ?? null,
      priority: input.priority ?? type?.priority ?? null,
      source: input.source,
      ...why,
    },
  }
  const ops = [...known, opened, ...reportOps(desk, input)]
  return { ops: [...ops, ...linkOps(desk, input)], reply: { label } }
}

type ReportInput = Pick<OpenInput, 'incident' | 'report' | 'call' | 'source'>

function reportOps(desk: Desk, input: ReportInput): NewOp[] {
  const call = input.call === null ? null : (callFacts(desk.db, input.call) ?? desk.calls.find(input.call))
  const about = [on(input.incident), ...(input.call === null ? [] : [`call:${input.call}`])]
  const added: NewOp = {
    kind: 'ReportAdded',
    on: `report:${input.report}`,
    about,
    body: { incident: input.incident, call: input.call, source: input.source },
  }
  const number = call?.number ?? null
  return number === null ? [added] : [added, reportFieldSet(input.report, input.incident, 'callback', number, [])]
}

/** The call belongs to this incident now; a call that was not classed yet is an emergency report by that. */
function linkOps(desk: Desk, input: ReportInput, callClass: 'DARURAT' | 'LANJUT' = 'DARURAT'): NewOp[] {
  if (input.call === null) return []
  const linked = callFieldSet(desk, input.call, 'incident', input.incident)
  if ((callFacts(desk.db, input.call)?.class ?? null) !== null) return [linked]
  return [linked, callFieldSet(desk, input.call, 'class', callClass)]
}

/** The ops that add a caller to a known incident; his call is a further report by that. */
export function addedReport(desk: Desk, input: ReportInput): NewOp[] | Fault {
  const known = input.call === null ? [] : ensureCall(desk, input.call)
  if ('fault' in known) return known
  return [...known, ...reportOps(desk, input), ...linkOps(desk, input, 'LANJUT')]
}

function typeOf(desk: Desk, code: string) {
  return desk.reference.types.find((type) => type.code === code)
}

/** What is wrong with a value for a field, or null. Free text is kept where a field takes it. */
function refused(desk: Desk, field: EditableField, value: string | null): Fault | null {
  if (value === null) return null
  if (field === 'type' && typeOf(desk, value) === undefined) return fault('invalid', { field })
  if (field === 'priority' && !(priorities as readonly string[]).includes(value)) return fault('invalid', { field })
  return null
}

type FieldInput = { incident: IncidentId; field: EditableField; value: string | null; over: OpId[] }

function setIncidentField(desk: Desk, input: FieldInput, actor: Actor): Decision<Record<string, never>> | Fault {
  const { incident, field, over } = input
  const value = input.value === null || input.value.trim() === '' ? null : input.value
  const facts = incidentFacts(desk.db, incident)
  if (facts === null) return fault('not_found', { field: 'incident' })
  // What agencies read is the root's: a change of an absorbed incident would reach nobody.
  if (facts.root !== null) return fault('wrong_state', { field: 'incident', detail: facts.status })
  const wrong = refused(desk, field, value)
  if (wrong !== null) return wrong
  dropDraft(desk.db, { operator: actor.operator, on: on(incident), field })
  const heads = headsOf(desk.db, on(incident), field)
  const isSame = heads.length <= 1 && valueOf(desk.db, on(incident), field) === value
  // Choosing the priority that type and answers had given is a decision all the same: it stays from now on.
  const isUndecided = field === 'priority' && !isPriorityDecided(desk.db, incident)
  if (isSame && !(isUndecided && value !== null)) return { ops: [], reply: {} }
  // What no person chose is overruled whether it was on the screen yet or not; it is nobody's word to be kept beside.
  const cited = isUndecided ? [...new Set([...over, ...heads])] : over
  const ops = [fieldSet(incident, field, value, cited)]
  // A type brings its priority, unless a person has already decided one.
  if (field === 'type' && value !== null) ops.push(...priorityOps(desk, { incident, type: value, why: 'type' }))
  return isSame ? { ops, reply: {} } : { ops, reply: {}, after: () => changedCards(desk, incident) }
}

type ReportFieldInput = { report: ReportId; field: ReportField; value: string | null; over: OpId[] }

function setReportField(desk: Desk, input: ReportFieldInput, actor: Actor): Decision<Record<string, never>> | Fault {
  const { report, field, over } = input
  const value = input.value === null || input.value.trim() === '' ? null : input.value
  const facts = reportFacts(desk.db, report)
  if (facts === null) return fault('not_found', { field: 'report' })
  dropDraft(desk.db, { operator: actor.operator, on: `report:${report}`, field })
  const heads = headsOf(desk.db, `report:${report}`, field)
  if (heads.length <= 1 && valueOf(desk.db, `report:${report}`, field) === value) return { ops: [], reply: {} }
  const ops = [reportFieldSet(report, facts.incident, field, value, over)]
  return { ops, reply: {}, after: () => changedCards(desk, facts.incident) }
}

type IncidentCommandName =
  | 'openIncident'
  | 'setIncidentField'
  | 'addReport'
  | 'setReportField'
  | 'addNote'
  | 'strikeNote'

export const incidentRules: Pick<Rules, IncidentCommandName> = {
  openIncident: { roles: takers, decide: openIncident },
  setIncidentField: { roles: takers, decide: setIncidentField },
  setReportField: { roles: takers, decide: setReportField },
  addReport: {
    roles: takers,
    decide: (desk, input) => {
      const facts = incidentFacts(desk.db, input.incident)
      if (facts === null) return fault('not_found', { field: 'incident' })
      if (!isOpen(facts.status)) return fault('wrong_state', { field: 'incident', detail: facts.status })
      if (reportFacts(desk.db, input.report) !== null) return fault('already_exists', { field: 'report' })
      const ops = addedReport(desk, input)
      return 'fault' in ops ? ops : { ops, reply: {} }
    },
  },
  addNote: {
    roles: takers,
    decide: (desk, input, actor) => {
      if (incidentFacts(desk.db, input.incident) === null) return fault('not_found', { field: 'incident' })
      const text = input.text.trim()
      if (text === '') return fault('field_needed', { field: 'text' })
      dropDraft(desk.db, { operator: actor.operator, on: on(input.incident), field: 'note' })
      const op: NewOp = { kind: 'NoteAdded', on: on(input.incident), body: {}, personal: { text } }
      return { ops: [op], reply: ([note]) => ({ note: note as OpId }) }
    },
  },
  strikeNote: {
    roles: takers,
    decide: (desk, input) => {
      const note = noteFacts(desk.db, input.incident, input.note)
      if (note === null) return fault('not_found', { field: 'note' })
      if (note.isStruck) return fault('wrong_state', { field: 'note', detail: 'struck' })
      const body = { note: input.note }
      const op: NewOp = { kind: 'NoteStruck', on: on(note.incident), body, personal: { reason: input.reason } }
      return { ops: [op], reply: {} }
    },
  },
}
