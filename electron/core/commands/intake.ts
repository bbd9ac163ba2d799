// What an operator enters by hand: contacts that no exchange told of, and incidents that were written on paper first.
import type { CommandInput } from '#contract/commands.ts'
import { fault, type Fault } from '#domain/fault.ts'
import type { ReportField } from '#domain/incident.ts'
import { contactClasses, paperDraft, paperFault } from '#domain/intake.ts'
import { typedLine, typedText } from '#domain/typed-text.ts'
import { typedNumber } from '#domain/number.ts'
import type { NewOp } from '#domain/op.ts'
import { dropDraftsOn } from '#db/local/draft.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import { incidentFacts } from '#db/queries/incident-facts.ts'
import { relayOp } from '../card.ts'
import type { Actor, Desk } from '../desk.ts'
import { takers, type Decision, type Rules } from '../rule.ts'
import { trueNow } from '../silent.ts'
import { callFieldSet } from './call.ts'
import { fieldSet, nextLabel, reportFieldSet } from './incident.ts'

function noteContact(
  desk: Desk,
  input: CommandInput<'noteContact'>,
  actor: Actor,
): Decision<Record<string, never>> | Fault {
  const { call, source, happenedAt } = input
  if (callFacts(desk.db, call) !== null || desk.calls.find(call) !== null) {
    return fault('already_exists', { field: 'call' })
  }
  if (!contactClasses.includes(input.class)) return fault('invalid', { field: 'class' })
  const number = typedNumber(typedLine(input.number))
  if (number === undefined) return fault('bad_number', { field: 'number' })
  const late = happenedAt === null ? null : paperFault(happenedAt, trueNow(desk), actor.role === 'lead')
  if (late !== null) return fault(late, { field: 'happenedAt' })
  const name = typedLine(input.name)
  const taken: NewOp = {
    kind: 'ContactTaken',
    on: `call:${call}`,
    body: { source, ...(happenedAt === null ? {} : { happenedAt }) },
    personal: { number, numberTrust: number === null ? 'withheld' : 'from', ...(name === '' ? {} : { name }) },
  }
  return { ops: [taken, callFieldSet(desk, call, 'class', input.class)], reply: {} }
}

type Paper = CommandInput<'enterPaper'>

/** The first time that cannot be: in the future, too old without a lead, or before the incident itself. */
function timeFault(desk: Desk, input: Paper, actor: Actor): Fault | null {
  const now = trueNow(desk)
  const own = paperFault(input.happenedAt, now, actor.role === 'lead')
  if (own !== null) return fault(own, { field: 'happenedAt' })
  const later = [
    ...input.told.map(({ at }, place) => ({ at, field: `told.${place}` })),
    ...input.notes.map(({ at }, place) => ({ at, field: `notes.${place}` })),
  ]
  for (const { at, field } of later) {
    if (paperFault(at, now, true) !== null) return fault('time_in_future', { field })
    if (at < input.happenedAt - 60_000) return fault('time_before', { field })
  }
  return null
}

/** What is missing or wrong beside the times. */
function contentFault(desk: Desk, { incident, type, told, notes }: Paper): Fault | null {
  if (incidentFacts(desk.db, incident) !== null) return fault('already_exists', { field: 'incident' })
  if (type === '') return fault('field_needed', { field: 'type' })
  if (!desk.reference.types.some(({ code }) => code === type)) return fault('invalid', { field: 'type' })
  for (const [place, { agency, person, readBack }] of told.entries()) {
    const field = `told.${place}`
    if (!desk.agencies.some(({ code }) => code === agency)) return fault('not_found', { field, detail: agency })
    if (told.findIndex((one) => one.agency === agency) !== place) return fault('already_exists', { field })
    if (readBack && typedLine(person) === '') return fault('field_needed', { field })
  }
  const empty = notes.findIndex(({ text }) => typedText(text) === '')
  return empty === -1 ? null : fault('field_needed', { field: `notes.${empty}` })
}

/** The opening with its report, before the cards: they read what these say. */
function openingOps(desk: Desk, input: Paper, label: string, number: string | null): NewOp[] {
  const { incident, report, source, happenedAt, type } = input
  const on = `incident:${incident}`
  const byType = desk.reference.types.find(({ code }) => code === type)?.priority ?? null
  const field = (name: ReportField, value: string | null): NewOp[] =>
    value === null || value === '' ? [] : [reportFieldSet(report, incident, name, value, [])]
  const place = (name: 'village' | 'landmark'): NewOp[] => {
    const value = typedLine(input[name])
    return value === '' ? [] : [fieldSet(incident, name, value, [])]
  }
  const body = { label, type, priority: input.priority ?? byType, source, happenedAt }
  return [
    { kind: 'IncidentOpened', on, body: { ...body, ...(input.priority === null ? { why: 'type' } : {}) } },
    { kind: 'ReportAdded', on: `report:${report}`, about: [on], body: { incident, call: null, source, happenedAt } },
    ...place('village'),
    ...place('landmark'),
    ...field('callback', number),
    ...field('name', typedLine(input.name)),
    ...field('words', typedText(input.words)),
    ...input.notes
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, text }): NewOp => ({
        kind: 'NoteAdded',
        on,
        body: { happenedAt: at },
        personal: { text: typedText(text) },
      })),
  ]
}

/** Agencies that were told by phone then, and what they read back. */
function toldOps(desk: Desk, { incident, told }: Paper): NewOp[] {
  return told
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ relay, agency, at, person, readBack }): NewOp[] => {
      const card = { relay, agency, channel: 'phone', over: [] } as const
      const made = relayOp(desk, incident, 'made', card, undefined, at)
      const by = typedLine(person)
      const personal = by === '' ? {} : { person: by }
      const shared = { on: `relay:${relay}`, about: [`incident:${incident}`], personal }
      const said: NewOp = readBack
        ? { kind: 'RelayStepped', ...shared, body: { step: 'acknowledged', readBack: true, happenedAt: at } }
        : { kind: 'RelayTold', ...shared, body: { channel: 'phone', happenedAt: at } }
      return made === null ? [] : [made, said]
    })
}

function enterPaper(desk: Desk, input: Paper, actor: Actor): Decision<{ label: string }> | Fault {
  const wrong = timeFault(desk, input, actor) ?? contentFault(desk, input)
  if (wrong !== null) return wrong
  const number = typedNumber(typedLine(input.number))
  if (number === undefined) return fault('bad_number', { field: 'number' })
  const label = nextLabel(desk, input.happenedAt)
  dropDraftsOn(desk.db, actor.operator, paperDraft())
  return { ops: openingOps(desk, input, label, number), reply: { label }, after: () => toldOps(desk, input) }
}

export const intakeRules: Pick<Rules, 'noteContact' | 'enterPaper'> = {
  noteContact: { roles: takers, decide: noteContact },
  enterPaper: { roles: takers, decide: enterPaper },
}
