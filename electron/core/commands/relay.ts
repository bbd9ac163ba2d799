// Handing an incident to agencies, and recording what they answer.
import { fault, type Fault } from '#domain/fault.ts'
import type { IncidentId, RelayId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import { isFinished, isUnacknowledged, relaySteps, type Channel, type RecordedStep } from '#domain/relay.ts'
import { agencyRelay, type AgencyRelay } from '#db/queries/agency-card.ts'
import { incidentFacts } from '#db/queries/incident-facts.ts'
import { relayFacts, relaysOf, type RelayFacts } from '#db/queries/relay-facts.ts'
import { relayOp } from '../card.ts'
import type { Actor, Desk } from '../desk.ts'
import { record, takers, type Decision, type Rules } from '../rule.ts'

type Target = { relay: RelayId; agency: string; channel: Channel }
type Done = Decision<Record<string, never>>

/** Tells each agency once: a second relay to one that is still at it would only confuse its crew. */
function makeRelays(desk: Desk, input: { incident: IncidentId; targets: Target[] }): Done | Fault {
  const incident = incidentFacts(desk.db, input.incident)
  if (incident === null) return fault('not_found', { field: 'incident' })
  if (incident.root !== null) return fault('wrong_state', { field: 'incident', detail: incident.status })
  if (incident.type === null) return fault('field_needed', { field: 'type' })
  const open = relaysOf(desk.db, input.incident).filter((relay) => !isFinished(relay.step))
  const ops: NewOp[] = []
  for (const target of input.targets) {
    const agency = desk.agencies.find(({ code }) => code === target.agency)
    if (agency === undefined) return fault('not_found', { field: 'agency', detail: target.agency })
    if (target.channel === 'mqtt' && !agency.channels.includes('mqtt')) {
      return fault('invalid', { field: 'channel', detail: target.agency })
    }
    if (open.some((relay) => relay.agency === target.agency)) {
      return fault('already_exists', { field: 'agency', detail: target.agency })
    }
    const op = relayOp(desk, input.incident, 'made', { ...target, over: [] })
    if (op !== null) ops.push(op)
  }
  return record(...ops)
}

/** A relay that is still open, or why not. */
function openRelay(desk: Desk, relay: RelayId): RelayFacts | Fault {
  const facts = relayFacts(desk.db, relay)
  if (facts === null) return fault('not_found', { field: 'relay' })
  return isFinished(facts.step) ? fault('wrong_state', { field: 'relay', detail: facts.step }) : facts
}

const rank = (step: RelayFacts['step']): number => relaySteps.indexOf(step)

type StepInput = { relay: RelayId; step: RecordedStep; person: string | null; reason: string | null; readBack: boolean }

/** An agency desk knows a relay by its card, a call taker's desk by its ops. */
function steppedRelay(desk: Desk, relay: RelayId, actor: Actor): AgencyRelay | RelayFacts | Fault {
  if (actor.role !== 'agency') return openRelay(desk, relay)
  const facts = agencyRelay(desk.db, relay)
  if (facts === null) return fault('not_found', { field: 'relay' })
  if (facts.agency !== desk.agencyCode) return fault('forbidden', { field: 'relay' })
  return isFinished(facts.step) ? fault('wrong_state', { field: 'relay', detail: facts.step }) : facts
}

function stepRelay(desk: Desk, input: StepInput, actor: Actor): Done | Fault {
  const relay = steppedRelay(desk, input.relay, actor)
  if ('fault' in relay) return relay
  if (rank(input.step) <= rank(relay.step)) return fault('wrong_state', { field: 'step', detail: relay.step })
  if (input.step === 'refused' && !isUnacknowledged(relay.step)) {
    return fault('wrong_state', { field: 'step', detail: relay.step })
  }
  if (input.step === 'refused' && (input.reason ?? '') === '') return fault('field_needed', { field: 'reason' })
  if (input.readBack && (input.person ?? '') === '') return fault('field_needed', { field: 'person' })
  return record({
    kind: 'RelayStepped',
    on: `relay:${input.relay}`,
    // An agency desk whose card is erased knows the incident no more; the others find it through the relay.
    ...(relay.incident === null ? {} : { about: [`incident:${relay.incident}`] }),
    body: { step: input.step, ...(input.readBack ? { readBack: true } : {}) },
    personal: {
      ...(input.person === null ? {} : { person: input.person }),
      ...(input.reason === null ? {} : { reason: input.reason }),
    },
  })
}

type Name = 'makeRelays' | 'cancelRelay' | 'stepRelay' | 'tellByVoice' | 'repeatRelay' | 'handleAlarm'

export const relayRules: Pick<Rules, Name> = {
  makeRelays: { roles: takers, decide: makeRelays },
  stepRelay: { roles: [...takers, 'agency'], decide: stepRelay },
  cancelRelay: {
    roles: takers,
    decide: (desk, input) => {
      const relay = openRelay(desk, input.relay)
      if ('fault' in relay) return relay
      const op = relayOp(desk, relay.incident, 'cancelled', { ...relay, over: relay.cards }, input.reason)
      return op === null ? fault('not_found', { field: 'incident' }) : record(op)
    },
  },
  tellByVoice: {
    roles: takers,
    decide: (desk, input) => {
      const relay = openRelay(desk, input.relay)
      if ('fault' in relay) return relay
      if (input.channel === 'mqtt') return fault('invalid', { field: 'channel' })
      return record({
        kind: 'RelayTold',
        on: `relay:${input.relay}`,
        about: [`incident:${relay.incident}`],
        body: { channel: input.channel },
        personal: input.person === null ? {} : { person: input.person },
      })
    },
  },
  repeatRelay: {
    roles: takers,
    request: async (desk, input) => {
      const relay = openRelay(desk, input.relay)
      if ('fault' in relay) return await Promise.resolve(relay)
      return desk.repeatCards(relay.agency) ? {} : fault('no_connection', { field: 'relay' })
    },
  },
  handleAlarm: {
    roles: takers,
    decide: (desk, input) => {
      const relay = openRelay(desk, input.relay)
      if ('fault' in relay) return relay
      const dueAt = relay.toldAt + desk.site.targets.p1AckSeconds * 1000
      return record({
        kind: 'RelayAlarmHandled',
        on: `relay:${input.relay}`,
        about: [`incident:${relay.incident}`],
        body: { dueAt },
      })
    },
  },
}
