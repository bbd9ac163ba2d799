// What stood on paper about an incident that exists already: notes, and what agencies were told or did, with the times of the paper.
import type { CommandInput } from '#contract/commands.ts'
import { fault, type Fault } from '#domain/fault.ts'
import type { RelayId } from '#domain/id.ts'
import { paperDraft, paperFault, type PaperStep } from '#domain/intake.ts'
import type { NewOp } from '#domain/op.ts'
import { typedLine, typedText } from '#domain/typed-text.ts'
import { dropDraftsOn } from '#db/local/draft.ts'
import { incidentFacts, type IncidentFacts } from '#db/queries/incident-facts.ts'
import { relaysOf, type RelayFacts } from '#db/queries/relay-facts.ts'
import { relayOp } from '../card.ts'
import type { Actor, Desk } from '../desk.ts'
import { takers, type Decision, type Rules } from '../rule.ts'
import { trueNow } from '../silent.ts'

type Added = CommandInput<'addPaper'>
type Step = Added['steps'][number]

/** The first time that cannot be: in the future, too old without a lead, or before the incident. Paper knows no seconds. */
function timeFault(desk: Desk, { steps, notes }: Added, { openedAt }: IncidentFacts, isLead: boolean): Fault | null {
  const now = trueNow(desk)
  const rows = [
    ...steps.map(({ at }, place) => ({ at, field: `steps.${place}` })),
    ...notes.map(({ at }, place) => ({ at, field: `notes.${place}` })),
  ]
  for (const { at, field } of rows) {
    const own = paperFault(at, now, isLead)
    if (own !== null) return fault(own, { field })
    if (at < openedAt - 60_000) return fault('time_before', { field })
  }
  return null
}

/** The relay that a step is about: the newest of its agency that was neither called off nor refused. */
function relayOf(relays: readonly RelayFacts[], agency: string): RelayFacts | undefined {
  return relays.findLast((relay) => relay.agency === agency && relay.step !== 'cancelled' && relay.step !== 'refused')
}

/** When a relay took a step, or null; being told is no step, and may have happened twice. */
function stepTime(relay: RelayFacts | undefined, step: PaperStep): number | null {
  switch (step) {
    case 'acknowledged':
      return relay?.acknowledgedAt ?? null
    case 'underWay':
      return relay?.underWayAt ?? null
    case 'onScene':
      return relay?.onSceneAt ?? null
    case 'done':
      return relay?.doneAt ?? null
    case 'refused':
    case 'told':
      return null
  }
}

/** What is missing, wrong or there already beside the times. */
function stepFault(desk: Desk, steps: readonly Step[], relays: readonly RelayFacts[]): Fault | null {
  for (const [place, { agency, step, person, reason }] of steps.entries()) {
    const field = `steps.${place}`
    if (!desk.agencies.some(({ code }) => code === agency)) return fault('not_found', { field, detail: agency })
    if (step === 'acknowledged' && typedLine(person) === '') return fault('field_needed', { field: `${field}.person` })
    if (step === 'refused' && typedLine(reason) === '') return fault('field_needed', { field: `${field}.reason` })
    const isTwice = steps.findIndex((one) => one.agency === agency && one.step === step) !== place
    if (isTwice || stepTime(relayOf(relays, agency), step) !== null) return fault('already_exists', { field })
    if (step === 'refused' && relayOf(relays, agency)?.acknowledgedAt != null) return fault('wrong_state', { field })
  }
  return null
}

/** The steps in the order of their times; an agency without a relay gets one by phone, told when its first line says. */
function stepOps(desk: Desk, { incident, steps }: Added, relays: readonly RelayFacts[]): NewOp[] {
  const own = new Map<string, RelayId>()
  return steps
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ relay, agency, step, at, person, reason }): NewOp[] => {
      const known = own.get(agency) ?? relayOf(relays, agency)?.relay
      const id = known ?? relay
      own.set(agency, id)
      const card = { relay: id, agency, channel: 'phone', over: [] } as const
      const made = known === undefined ? relayOp(desk, incident, 'made', card, undefined, at) : null
      const by = typedLine(person)
      const why = typedLine(reason)
      const personal = { ...(by === '' ? {} : { person: by }), ...(step !== 'refused' ? {} : { reason: why }) }
      const shared = { on: `relay:${id}`, about: [`incident:${incident}`], personal }
      const readBack = step === 'acknowledged' ? { readBack: true } : {}
      const said: NewOp =
        step === 'told'
          ? { kind: 'RelayTold', ...shared, body: { channel: 'phone', happenedAt: at } }
          : { kind: 'RelayStepped', ...shared, body: { step, ...readBack, happenedAt: at } }
      return made === null ? [said] : [made, said]
    })
}

function addPaper(desk: Desk, input: Added, actor: Actor): Decision<Record<string, never>> | Fault {
  const { incident, notes, steps } = input
  const facts = incidentFacts(desk.db, incident)
  if (facts === null) return fault('not_found', { field: 'incident' })
  if (facts.root !== null) return fault('wrong_state', { field: 'incident', detail: facts.status })
  if (steps.length > 0 && facts.type === null) return fault('field_needed', { field: 'type' })
  const relays = relaysOf(desk.db, incident)
  const wrong = timeFault(desk, input, facts, actor.role === 'lead') ?? stepFault(desk, steps, relays)
  if (wrong !== null) return wrong
  const empty = notes.findIndex(({ text }) => typedText(text) === '')
  if (empty !== -1) return fault('field_needed', { field: `notes.${empty}.text` })
  const on = `incident:${incident}`
  const written = notes
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, text }): NewOp => {
      return { kind: 'NoteAdded', on, body: { happenedAt: at }, personal: { text: typedText(text) } }
    })
  dropDraftsOn(desk.db, actor.operator, paperDraft(incident))
  return { ops: [...written, ...stepOps(desk, input, relays)], reply: {} }
}

export const paperRules: Pick<Rules, 'addPaper'> = {
  addPaper: { roles: takers, decide: addPaper },
}
