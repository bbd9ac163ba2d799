// A desk in a process of its own that ends itself by SIGKILL at one named point of a command. Not part of the program.
import { writeSync } from 'node:fs'
import { z } from 'zod'
import type { CommandName } from '#contract/commands.ts'
import { coreStart } from '#contract/shell.ts'
import { isFault } from '#domain/fault.ts'
import type { CallId, SessionId } from '#domain/id.ts'
import { startCore } from './start.ts'
import type { Step } from './step.ts'
import { openPage } from './test-desk.ts'

/** `told` is the point at which the page has the reply. */
const plan = z.object({
  start: coreStart,
  session: z.string().nullable(),
  point: z.string(),
  name: z.string(),
  input: z.record(z.string(), z.unknown()),
  command: z.string(),
  /** Waits for a call that rings and takes it as the input. */
  needsRing: z.boolean(),
  /** Waits for the exchange to be there. */
  needsExchange: z.boolean().default(false),
  /** Waits for the centre to have everything before the command is sent. */
  needsCentre: z.boolean(),
})
export type KillPlan = z.input<typeof plan>

const { start, session, point, name, input, command, needsRing, needsExchange, needsCentre } = plan.parse(
  JSON.parse(process.argv[2] ?? ''),
)
let isArmed = false
const at = (step: Step | 'told'): void => {
  if (!isArmed || step !== point) return
  process.kill(process.pid, 'SIGKILL')
  // The signal is on its way; nothing may happen after this point.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
const core = await startCore(start, {
  onFatal: (error) => {
    throw error
  },
  step: at,
})
const page = openPage(core, session as SessionId | null)
if (needsCentre)
  await page.until('sync', {}, ({ link, waiting, connected }) => link === 'up' && waiting === 0 && connected.length > 0)
if (needsExchange) await page.until('calls', {}, (calls) => calls.exchange.isOnline)
let call: CallId | undefined
if (needsRing)
  call = (await page.until('calls', {}, ({ ringing }) => ringing.some((one) => one.isRecorded))).ringing[0]?.call
isArmed = true
const reply: unknown = await page.send(
  name as CommandName,
  { ...input, ...(call === undefined ? {} : { call }) } as never,
  command,
)
writeSync(1, JSON.stringify(reply))
if (isFault(reply)) process.exit(4)
at('told')
// What the exchange or the broker says comes after the reply: the point may still be reached.
await new Promise((resolve) => setTimeout(resolve, 30_000))
process.exit(3)
