// What a shift lead does with the record of a day.
import { fault } from '#domain/fault.ts'
import { logAlarms } from '#db/queries/log-alarms.ts'
import { exportDailyLog } from '../export/export-daily-log.ts'
import { readNotice } from '../opening-notice.ts'
import { anyRole, nothing, record, type Rules } from '../rule.ts'

export const leadRules: Pick<Rules, 'exportDailyLog' | 'dismissNotice' | 'handleLogAlarm'> = {
  exportDailyLog: {
    roles: ['lead', 'admin'],
    request: (desk, input, actor) =>
      actor === null ? Promise.resolve(fault('not_signed_in')) : exportDailyLog(desk, input.day, actor),
  },
  handleLogAlarm: {
    roles: ['lead', 'admin'],
    decide: (desk, { alarm, origin }) => {
      const found = logAlarms(desk.db).find((entry) => entry.kind === alarm && entry.origin === origin)
      if (found === undefined) return fault('not_found', { field: 'alarm' })
      // Somebody was faster, here or at another desk.
      if (found.handled !== null) return nothing
      return record({ kind: 'LogAlarmHandled', on: `log:${origin}`, body: { alarm } })
    },
  },
  dismissNotice: {
    roles: anyRole,
    request: (desk, input) => {
      readNotice(desk, desk.health.dismiss(input.notice))
      return Promise.resolve({})
    },
  },
}
