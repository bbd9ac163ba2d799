// What a shift lead does with the record of a day.
import { fault } from '#domain/fault.ts'
import { anyRole, type Rules } from '../rule.ts'

export const leadRules: Pick<Rules, 'exportDailyLog' | 'dismissNotice'> = {
  exportDailyLog: { roles: ['lead', 'admin'], request: () => Promise.resolve(fault('not_found')) },
  dismissNotice: {
    roles: anyRole,
    request: (desk, input) => {
      desk.health.dismiss(input.notice)
      return Promise.resolve({})
    },
  },
}
