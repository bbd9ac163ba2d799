// Entry of the core process: takes the hand-over from main and serves the pages main has checked. No logic here.
import { coreStart, parentPort, type FromChild } from '#contract/shell.ts'
import { emitterPort } from '#contract/port.ts'
import { databaseFailure } from '#db/open.ts'
import { markDamaged } from './open-store.ts'
import { startCore, type Core } from './start.ts'
import { StartRefused } from './start-refused.ts'
import { writeLog } from './log-line.ts'
import { endProcess } from './worker.ts'

const parent = parentPort()
const tell = (message: FromChild): void => parent?.postMessage(message)

/** Crash-only: after an error nobody foresaw the state in memory is worth nothing, the database is. */
function end(error: unknown): never {
  if (dataDir !== undefined && databaseFailure(error) === 'corrupted') markDamaged(dataDir)
  writeLog('error', 'core ends', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  endProcess(1)
}

async function begin(start: unknown): Promise<Core> {
  try {
    const facts = coreStart.parse(start)
    dataDir = facts.dataDir
    const core = await startCore(facts, { onFatal: end, isFileChecked: true })
    tell({ kind: 'ready' })
    return core
  } catch (error) {
    if (!(error instanceof StartRefused)) end(error)
    tell({ kind: 'fatal', reason: error.reason, detail: error.message })
    endProcess(2)
  }
}

let dataDir: string | undefined
let core: Promise<Core> | undefined
parent?.on('message', ({ data, ports }) => {
  const message = data
  if (message.kind === 'start') core ??= begin(message.start)
  else if (message.kind === 'page')
    void core?.then((running) => ports.forEach((port) => running.servePage(emitterPort(port))))
})
process.on('uncaughtException', end)
process.on('unhandledRejection', end)
