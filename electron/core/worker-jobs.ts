// The jobs that run in a thread of their own; a new one is a line here. Only the thread imports this file, core its types.
import { fullCheck } from './full-check.ts'

export const jobs = { fullCheck }
export type Jobs = typeof jobs
