// Entry of the trial process: starts the trial site and serves the page's trial controls. No logic here.
import { randomUUID } from 'node:crypto'
import { emitterPort, serve } from '#contract/port.ts'
import { parentPort, trialStart } from '#contract/shell.ts'
import { trialCommands, trialQueries } from '#contract/trial.ts'
import { writeLog } from '../core/log-line.ts'
import { startTrialSite, type TrialSite } from './trial-site.ts'

const parent = parentPort()

/** Crash-only, like core: main starts the trial again. */
function end(error: unknown): never {
  writeLog('error', 'trial ends', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  process.exit(1)
}

async function begin(start: unknown): Promise<TrialSite> {
  const site = await startTrialSite(trialStart.parse(start), {
    onFatal: end,
    onSite: (file) => parent?.postMessage({ kind: 'site', file }),
  })
  parent?.postMessage({ kind: 'ready' })
  return site
}

let site: Promise<TrialSite> | undefined
parent?.on('message', ({ data, ports }) => {
  if (data.kind === 'start') site ??= begin(data.start)
  else if (data.kind === 'page') {
    const [port] = ports
    if (port === undefined) return
    void site?.then(({ handlers, watchers }) => {
      const served = { commands: trialCommands, handlers, queries: trialQueries, watchers }
      serve(emitterPort(port), served, { incarnation: randomUUID(), onError: end })
    })
  }
})
process.on('uncaughtException', end)
process.on('unhandledRejection', end)
