// What a shift lead does with the record of a day.
import { fault } from '#domain/fault.ts'
import { exportDailyLog } from '../export/export-daily-log.ts'
import { readNotice } from '../opening-notice.ts'
import { anyRole, type Rules } from '../rule.ts'

export const leadRules: Pick<Rules, 'exportDailyLog' | 'dismissNotice'> = {
  exportDailyLog: {
    roles: ['lead', 'admin'],
    request: (desk, input, actor) =>
      actor === null ? Promise.resolve(fault('not_signed_in')) : exportDailyLog(desk, input.day, actor),
  },
  dismissNotice: {
    roles: anyRole,
    request: (desk, input) => {
      readNotice(desk, desk.health.dismiss(input.notice))
      return Promise.resolve({})
    },
  },
}
