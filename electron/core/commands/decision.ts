// Decisions about a whole incident: verify, postpone, cancel, close with a result, reopen with a reason.
import { fault, type Fault } from '#domain/fault.ts'
import type { IncidentId } from '#domain/id.ts'
import type { Decision as IncidentDecision, Disposition, IncidentStatus } from '#domain/incident.ts'
import type { NewOp } from '#domain/op.ts'
import { headsOf } from '#db/queries/heads.ts'
import { incidentFacts } from '#db/queries/incident-facts.ts'
import type { Desk } from '../desk.ts'
import { record, takers, type Decision, type Rules } from '../rule.ts'

type Choice = {
  readonly decision: IncidentDecision
  readonly reason: string | null
  readonly disposition?: Disposition
  /** States from which this decision makes sense. */
  readonly from: (status: IncidentStatus) => boolean
}

/** Closing carries what was seen of the incident, so that whatever comes later puts it back on the board. */
function decide(desk: Desk, incident: IncidentId, choice: Choice): Decision<Record<string, never>> | Fault {
  const facts = incidentFacts(desk.db, incident)
  if (facts === null) return fault('not_found', { field: 'incident' })
  if (!choice.from(facts.status)) return fault('wrong_state', { field: 'incident', detail: facts.status })
  const isEnd = choice.decision === 'closed' || choice.decision === 'cancelled'
  const op: NewOp = {
    kind: 'IncidentFieldSet',
    on: `incident:${incident}`,
    body: {
      field: 'decision',
      value: choice.decision,
      over: headsOf(desk.db, `incident:${incident}`, 'decision'),
      ...(isEnd ? { saw: facts.activity } : {}),
      ...(choice.disposition === undefined ? {} : { disposition: choice.disposition }),
    },
    ...(choice.reason === null ? {} : { personal: { reason: choice.reason } }),
  }
  return record(op)
}

const ended: readonly IncidentStatus[] = ['ditutup', 'dibatalkan', 'duplikat']
const isGoing = (status: IncidentStatus): boolean => !ended.includes(status)

type Name = 'verifyIncident' | 'postponeIncident' | 'cancelIncident' | 'closeIncident' | 'reopenIncident'

export const decisionRules: Pick<Rules, Name> = {
  verifyIncident: {
    roles: takers,
    decide: (desk, { incident }) =>
      decide(desk, incident, {
        decision: 'verified',
        reason: null,
        from: (status) => status === 'baru' || status === 'ditunda',
      }),
  },
  postponeIncident: {
    roles: takers,
    decide: (desk, { incident, reason }) =>
      decide(desk, incident, {
        decision: 'postponed',
        reason,
        from: (status) => isGoing(status) && status !== 'ditunda',
      }),
  },
  cancelIncident: {
    roles: takers,
    decide: (desk, { incident, reason }) => decide(desk, incident, { decision: 'cancelled', reason, from: isGoing }),
  },
  closeIncident: {
    roles: takers,
    decide: (desk, { incident, disposition, reason }) =>
      decide(desk, incident, { decision: 'closed', reason, disposition, from: (status) => status !== 'duplikat' }),
  },
  reopenIncident: {
    roles: takers,
    decide: (desk, { incident, reason }) =>
      decide(desk, incident, {
        decision: 'reopened',
        reason,
        from: (status) => !isGoing(status) || status === 'ditunda',
      }),
  },
}
