// The check of a file of borders as a job in a thread of its own: large files take seconds. It writes nothing.
import type { Job } from '../worker-job.ts'
import { checkBorders, type BorderCheck, type CheckedBorders } from './check-borders.ts'

/** Checks a text. It needs no row of the database. */
export const checkBordersJob: Job<BorderCheck, CheckedBorders> = (_db, input, link) => checkBorders(input, link)
