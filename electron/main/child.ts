// Runs one program as a utility process: starts it, restarts it when it ends, notices when it is silent, gives it ports.
import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron'
import { createInterface } from 'node:readline'
import { fromChild, type FromChild, type ToChild } from '#contract/shell.ts'
import { connect, emitterPort } from '#contract/port.ts'
import { quickEnds, restartDelayMs } from './restart.ts'

const pingEveryMs = 1_000
const silentAfterMs = 3_000

export type ChildEvents = {
  /** It serves pages now. Comes again after each restart. */
  readonly onReady: () => void
  /** It has ended; a restart follows unless it was stopped or said `fatal`. */
  readonly onGone: () => void
  /** It stopped answering (true) or answers again (false). */
  readonly onSilent: (isSilent: boolean) => void
  readonly onSite?: (file: string) => void
  readonly onFatal: (fatal: Extract<FromChild, { kind: 'fatal' }>) => void
  /** One line of its output. */
  readonly onLine: (line: string) => void
}

export type Child = {
  /** Hands over one end of a new channel, or undefined while the program is not ready. */
  readonly openPort: () => MessagePortMain | undefined
  readonly stop: () => void
  /** Ends it; it is started again like after any other end. */
  readonly restart: () => void
}

type ChildOptions = {
  readonly module: string
  readonly name: string
  readonly start: () => unknown
  readonly events: ChildEvents
}

/** Starts the program and keeps it running until `stop`. */
export function runChild({ module, name, start, events }: ChildOptions): Child {
  let process: UtilityProcess | undefined
  let isReady = false
  let isEnding = false
  let ends = 0
  let stopPings = (): void => undefined
  let next: NodeJS.Timeout | undefined

  const launch = (): void => {
    const startedAt = performance.now()
    const child = utilityProcess.fork(module, [], { serviceName: name, stdio: ['ignore', 'pipe', 'pipe'] })
    process = child
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream as NodeJS.ReadableStream }).on('line', events.onLine)
    }
    child.on('message', (message: unknown) => {
      const parsed = fromChild.safeParse(message)
      if (!parsed.success) return events.onLine('{"level":"error","event":"unknown message to main"}')
      heard(parsed.data)
    })
    child.once('exit', (code) => {
      events.onLine(JSON.stringify({ level: isEnding ? 'info' : 'error', event: 'program ended', code }))
      process = undefined
      isReady = false
      stopPings()
      if (isEnding) return
      events.onGone()
      ends = quickEnds(ends, performance.now() - startedAt)
      next = setTimeout(launch, restartDelayMs(ends))
    })
    post({ kind: 'start', start: start() })
  }
  const post = (message: ToChild, ports: MessagePortMain[] = []): void => process?.postMessage(message, ports)
  const heard = (message: FromChild): void => {
    switch (message.kind) {
      case 'ready':
        isReady = true
        stopPings = startPings(openPort(), events.onSilent)
        return events.onReady()
      case 'site':
        return events.onSite?.(message.file)
      case 'fatal':
        isEnding = true
        return events.onFatal(message)
    }
  }
  const openPort = (): MessagePortMain | undefined => {
    if (!isReady || process === undefined) return undefined
    const { port1, port2 } = new MessageChannelMain()
    post({ kind: 'page' }, [port1])
    return port2
  }
  launch()
  return {
    openPort,
    stop: () => {
      isEnding = true
      clearTimeout(next)
      stopPings()
      process?.kill()
    },
    restart: () => void process?.kill(),
  }
}

/** Asks once a second whether the program answers; tells only changes. Returns how to stop. */
function startPings(port: MessagePortMain | undefined, onSilent: (isSilent: boolean) => void): () => void {
  if (port === undefined) return () => undefined
  const client = connect(emitterPort(port), {}, {})
  let answeredAt = performance.now()
  let isSilent = false
  const timer = setInterval(() => {
    void client.ping().then(() => {
      answeredAt = performance.now()
      if (isSilent) onSilent((isSilent = false))
    })
    if (!isSilent && performance.now() - answeredAt > silentAfterMs) onSilent((isSilent = true))
  }, pingEveryMs)
  return () => {
    clearInterval(timer)
    port.close()
  }
}
