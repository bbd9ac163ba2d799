// Joining what turned out to be one incident: merge and take back, add the caller in hand to a known one, umbrella for a surge.
import { fault, type Fault } from '#domain/fault.ts'
import type { CallId, IncidentId, ReportId } from '#domain/id.ts'
import { isOpen, priorities, type Priority } from '#domain/incident.ts'
import { placeText } from '#domain/message.ts'
import type { NewOp } from '#domain/op.ts'
import { draftsOn, dropDraft } from '#db/local/draft.ts'
import { headsOf } from '#db/queries/heads.ts'
import { incidentFacts, reportFacts, type IncidentFacts } from '#db/queries/incident-facts.ts'
import { changedCards, villageText } from '../card.ts'
import type { Actor, Desk } from '../desk.ts'
import { takers, type Decision, type Rules } from '../rule.ts'
import { addedReport, fieldSet, reportFieldSet } from './incident.ts'

const on = (incident: IncidentId): string => `incident:${incident}`

type Seen = Record<string, number>

/** What a person has seen who looks at two incidents. */
function sawBoth(a: Seen, b: Seen): Seen {
  const both = { ...a }
  for (const [origin, seq] of Object.entries(b)) both[origin] = Math.max(seq, both[origin] ?? 0)
  return both
}

function linkOp(desk: Desk, incident: IncidentId, value: IncidentId | null, saw: Seen): NewOp {
  const over = headsOf(desk.db, on(incident), 'mergedInto')
  return { kind: 'IncidentFieldSet', on: on(incident), body: { field: 'mergedInto', over, value, saw } }
}

const rank = (priority: Priority | null): number =>
  priority === null ? priorities.length : priorities.indexOf(priority)

/** The incident that stands for another: itself, or what it was merged into. */
function standing(desk: Desk, incident: IncidentId): IncidentFacts | null {
  const facts = incidentFacts(desk.db, incident)
  return facts === null || facts.root === null ? facts : incidentFacts(desk.db, facts.root.incident)
}

/**
 * Merges one incident, with all that were merged into it, into another. The other takes over the more urgent priority. When
 * they are one already, the merging says again what was seen, so that its news are read.
 */
function merge(desk: Desk, incident: IncidentId, into: IncidentId): Decision<Record<string, never>> | Fault {
  const own = incidentFacts(desk.db, incident)
  const root = standing(desk, into)
  if (own === null || root === null) return fault('not_found', { field: 'incident' })
  const isAgain = own.root?.incident === root.incident
  const absorbed = isAgain ? own : standing(desk, incident)
  if (absorbed === null || absorbed.incident === root.incident || (isAgain && !own.hasNews)) {
    return fault('wrong_state', { field: 'incident', detail: 'duplikat' })
  }
  const ops = [linkOp(desk, absorbed.incident, root.incident, sawBoth(absorbed.activity, root.activity))]
  if (rank(absorbed.priority) < rank(root.priority)) {
    ops.push(fieldSet(root.incident, 'priority', absorbed.priority, headsOf(desk.db, on(root.incident), 'priority')))
  }
  return { ops, reply: {}, after: () => changedCards(desk, root.incident) }
}

function separate(desk: Desk, incident: IncidentId): Decision<Record<string, never>> | Fault {
  const facts = incidentFacts(desk.db, incident)
  if (facts === null) return fault('not_found', { field: 'incident' })
  const { root } = facts
  if (root === null) return fault('wrong_state', { field: 'incident', detail: facts.status })
  return {
    ops: [linkOp(desk, incident, null, facts.activity)],
    reply: {},
    after: () => [...changedCards(desk, root.incident), ...changedCards(desk, incident)],
  }
}

type JoinInput = {
  incident: IncidentId
  into: IncidentId
  report: ReportId
  call: CallId | null
  source: Extract<NewOp, { kind: 'ReportAdded' }>['body']['source']
}
type Joined = { incident: IncidentId; report: ReportId | null }

/** An incident that nobody opened yet has only its caller: he becomes a reporter of the other. Else the two are merged. */
function join(desk: Desk, input: JoinInput, actor: Actor): Decision<Joined> | Fault {
  const root = standing(desk, input.into)
  if (root === null) return fault('not_found', { field: 'incident' })
  const reply = { incident: root.incident }
  if (incidentFacts(desk.db, input.incident) !== null) {
    const merged = merge(desk, input.incident, input.into)
    return 'fault' in merged ? merged : { ...merged, reply: { ...reply, report: null } }
  }
  if (!isOpen(root.status)) return fault('wrong_state', { field: 'incident', detail: root.status })
  if (reportFacts(desk.db, input.report) !== null) return fault('already_exists', { field: 'report' })
  const added = addedReport(desk, { ...input, incident: root.incident })
  if ('fault' in added) return added
  return {
    ops: [...added, ...typedOps(desk, input, root.incident, actor)],
    reply: { ...reply, report: input.report },
    after: () => changedCards(desk, root.incident),
  }
}

/** What was typed for an incident that will not be: words and place go to the report, a note to the incident. */
function typedOps(desk: Desk, { incident, report }: JoinInput, root: IncidentId, actor: Actor): NewOp[] {
  const { operator } = actor
  const own = draftsOn(desk.db, operator, on(incident))
  const ofReport = draftsOn(desk.db, operator, `report:${report}`)
  const typed = (field: string): string | null => own.get(field)?.text.trim() ?? null
  const place = placeText({
    village: villageText(desk, typed('village')),
    rtRw: typed('rtRw'),
    landmark: typed('landmark'),
  })
  const said = { place, ...Object.fromEntries([...ofReport].map(([field, draft]) => [field, draft.text.trim()])) }
  const ops: NewOp[] = []
  for (const field of ['name', 'relation', 'words', 'place'] as const) {
    const text = (said as Record<string, string | undefined>)[field] ?? ''
    if (text !== '') ops.push(reportFieldSet(report, root, field, text, []))
  }
  for (const text of [typed('text'), typed('note')]) {
    if (text !== null && text !== '') ops.push({ kind: 'NoteAdded', on: on(root), body: {}, personal: { text } })
  }
  for (const field of own.keys()) dropDraft(desk.db, { operator, on: on(incident), field })
  for (const field of ofReport.keys()) dropDraft(desk.db, { operator, on: `report:${report}`, field })
  return ops
}

function setUmbrella(desk: Desk, incident: IncidentId, isOn: boolean): Decision<Record<string, never>> | Fault {
  const facts = incidentFacts(desk.db, incident)
  if (facts === null) return fault('not_found', { field: 'incident' })
  if (!isOpen(facts.status)) return fault('wrong_state', { field: 'incident', detail: facts.status })
  if (facts.isUmbrella === isOn) return { ops: [], reply: {} }
  const over = headsOf(desk.db, on(incident), 'umbrella')
  const value = isOn ? 'on' : null
  return {
    ops: [{ kind: 'IncidentFieldSet', on: on(incident), body: { field: 'umbrella', over, value } }],
    reply: {},
  }
}

type Name = 'joinIncident' | 'mergeIncident' | 'separateIncident' | 'setUmbrella'

export const mergeRules: Pick<Rules, Name> = {
  joinIncident: { roles: takers, decide: join },
  mergeIncident: { roles: takers, decide: (desk, input) => merge(desk, input.incident, input.into) },
  separateIncident: { roles: takers, decide: (desk, input) => separate(desk, input.incident) },
  setUmbrella: { roles: takers, decide: (desk, input) => setUmbrella(desk, input.incident, input.on) },
}
