// An operator says: ready, or not ready with a reason. Recorded for the statistics of the shift.
import { fault } from '#domain/fault.ts'
import { record, takers, type Rules } from '../rule.ts'

export const operatorStateRules: Pick<Rules, 'setOperatorState'> = {
  setOperatorState: {
    roles: takers,
    decide: (_desk, { state, reason, text }, actor) => {
      if (state === 'not-ready' && reason === null) return fault('field_needed', { field: 'reason' })
      if (reason === 'lainnya' && (text ?? '') === '') return fault('field_needed', { field: 'text' })
      const why = state === 'not-ready' && reason !== null ? { reason } : {}
      return record({
        kind: 'OperatorStateSet',
        on: `session:${actor.session}`,
        body: { state, ...why },
        ...(text === null || text === '' ? {} : { personal: { text } }),
      })
    },
  },
}
