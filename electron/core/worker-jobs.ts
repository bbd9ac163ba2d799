// The jobs that run in a thread of their own; a new one is a line here. Only the thread imports this file, core its types.
import { checkBordersJob } from './borders/borders-job.ts'
import { dailyLogJob } from './export/daily-log-job.ts'
import { fullCheck } from './full-check.ts'

export const jobs = { fullCheck, dailyLog: dailyLogJob, checkBorders: checkBordersJob }
export type Jobs = typeof jobs
