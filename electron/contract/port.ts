// Typed request, reply and subscription over any message port. The only place where a message is trusted to have a shape.
import { z } from 'zod'
import { fault, isFault, type Fault } from '#domain/fault.ts'

/** The little that every kind of port can do: web MessagePort, Electron's MessagePortMain, a worker's port. */
export type Port = {
  readonly post: (message: unknown) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  readonly onClose: (listener: () => void) => void
  readonly close: () => void
}

export type Entry = { readonly input: z.ZodType; readonly output: z.ZodType }
export type Table = Readonly<Record<string, Entry>>
export type InputOf<E extends Entry> = z.input<E['input']>
export type ParsedOf<E extends Entry> = z.output<E['input']>
export type OutputOf<E extends Entry> = z.output<E['output']>

/** What travels with a command besides its input: made by the page, checked by core. */
export const envelope = z.object({ command: z.uuid(), session: z.uuid().nullable() })
export type Envelope = z.infer<typeof envelope>

export type Handlers<T extends Table> = {
  readonly [K in keyof T]: (
    input: ParsedOf<T[K]>,
    envelope: Envelope,
  ) => OutputOf<T[K]> | Fault | Promise<OutputOf<T[K]> | Fault>
}
/** A source of a query's value: `watch` calls `push` with every new value and returns how to stop. */
export type Watchers<T extends Table> = {
  readonly [K in keyof T]: (input: ParsedOf<T[K]>, push: (value: OutputOf<T[K]>) => void) => () => void
}

const request = z.discriminatedUnion('t', [
  z.object({ t: z.literal('call'), id: z.number().int(), name: z.string(), input: z.unknown(), envelope }),
  z.object({ t: z.literal('watch'), id: z.number().int(), name: z.string(), input: z.unknown() }),
  z.object({ t: z.literal('stop'), id: z.number().int() }),
  z.object({ t: z.literal('ping'), id: z.number().int() }),
])
type Answer =
  | { t: 'reply'; id: number; value: unknown }
  | { t: 'push'; id: number; inc: string; version: number; value: unknown }
  | { t: 'pong'; id: number }

export type ServeOptions = {
  /** Names this life of the serving process; a new one tells the page to forget what it waited for. */
  readonly incarnation: string
  /** A message that fits no table: a bug or an attack. Never carries personal data. */
  readonly onInvalid?: (what: string) => void
  /** A throw inside a handler; the owner decides whether the process goes on. */
  readonly onError: (error: unknown) => void
  /** Also parses every output; for tests, it costs time. */
  readonly checkOutput?: boolean
}
type Served<C extends Table, Q extends Table> = {
  readonly commands: C
  readonly handlers: Handlers<C>
  readonly queries: Q
  readonly watchers: Watchers<Q>
}

/** Serves commands (one reply each) and queries (many values each) over a port. Returns how to stop. */
export function serve<C extends Table, Q extends Table>(
  port: Port,
  served: Served<C, Q>,
  options: ServeOptions,
): () => void {
  const stops = new Map<number, () => void>()
  let answers: Answer[] = []
  // Whatever one turn has to say travels together, so that the page is drawn once for it.
  const send = (answer: Answer): void => {
    answers.push(answer)
    if (answers.length > 1) return
    queueMicrotask(() => {
      const all = answers
      answers = []
      port.post(all)
    })
  }

  port.onMessage((message) => {
    const parsed = request.safeParse(message)
    if (!parsed.success) return options.onInvalid?.('message')
    const m = parsed.data
    switch (m.t) {
      case 'call':
        return void answerCall(served, options, m).then((value) => send({ t: 'reply', id: m.id, value }))
      case 'watch':
        return startWatch(served, options, m, stops, send)
      case 'stop':
        stops.get(m.id)?.()
        stops.delete(m.id)
        return
      case 'ping':
        return send({ t: 'pong', id: m.id })
    }
  })
  const stopAll = (): void => {
    for (const stop of stops.values()) stop()
    stops.clear()
  }
  port.onClose(stopAll)
  return stopAll
}

type CallMessage = { name: string; input?: unknown; envelope: Envelope }

async function answerCall<C extends Table, Q extends Table>(
  served: Served<C, Q>,
  options: ServeOptions,
  m: CallMessage,
): Promise<unknown> {
  const entry = Object.hasOwn(served.commands, m.name) ? served.commands[m.name] : undefined
  const parsed = entry?.input.safeParse(m.input)
  if (entry === undefined || parsed === undefined || !parsed.success) {
    options.onInvalid?.(`command ${m.name.slice(0, 64)}`)
    const issue = parsed?.error?.issues[0]
    return fault('invalid', issue === undefined ? {} : { field: issue.path.join('.'), detail: issue.code })
  }
  try {
    const handler = served.handlers[m.name] as (input: unknown, with_: Envelope) => unknown
    return checked(entry, await handler(parsed.data, m.envelope), options)
  } catch (error) {
    options.onError(error)
    return fault('database_failed')
  }
}

function startWatch<C extends Table, Q extends Table>(
  served: Served<C, Q>,
  options: ServeOptions,
  m: { id: number; name: string; input?: unknown },
  stops: Map<number, () => void>,
  send: (answer: Answer) => void,
): void {
  const entry = Object.hasOwn(served.queries, m.name) ? served.queries[m.name] : undefined
  const parsed = entry?.input.safeParse(m.input)
  if (entry === undefined || parsed === undefined || !parsed.success || stops.has(m.id)) {
    return options.onInvalid?.(`query ${m.name.slice(0, 64)}`)
  }
  let version = 0
  const watcher = served.watchers[m.name] as (input: unknown, push: (value: unknown) => void) => () => void
  const stop = watcher(parsed.data, (value) => {
    version += 1
    send({ t: 'push', id: m.id, inc: options.incarnation, version, value: checked(entry, value, options) })
  })
  stops.set(m.id, stop)
}

function checked(entry: Entry, value: unknown, options: ServeOptions): unknown {
  return options.checkOutput === true && !isFault(value) ? entry.output.parse(value) : value
}

export type Client<C extends Table, Q extends Table> = {
  /** Sends a command; resolves with its output or a Fault, `core_restarted` when the other side is gone. */
  readonly call: <K extends keyof C & string>(
    name: K,
    input: InputOf<C[K]>,
    envelope: Envelope,
  ) => Promise<OutputOf<C[K]> | Fault>
  /** Watches a query; `push` gets every new value. Returns how to stop. */
  readonly watch: <K extends keyof Q & string>(
    name: K,
    input: InputOf<Q[K]>,
    push: (value: OutputOf<Q[K]>) => void,
  ) => () => void
  /** Resolves when the other side answers; used to notice a silent one. */
  readonly ping: () => Promise<void>
  readonly close: () => void
}

/** The typed caller for the tables that `serve` offers on the other end of the port. */
export function connect<C extends Table, Q extends Table>(port: Port, _commands: C, _queries: Q): Client<C, Q> {
  let last = 0
  const next = (): number => (last += 1)
  const waiting = new Map<number, (value: unknown) => void>()
  const watching = new Map<number, (value: unknown) => void>()
  const gone = (): void => {
    for (const resolve of waiting.values()) resolve(fault('core_restarted'))
    waiting.clear()
    watching.clear()
  }
  const take = (m: Answer): void => {
    if (m.t === 'push') return watching.get(m.id)?.(m.value)
    waiting.get(m.id)?.(m.t === 'reply' ? m.value : undefined)
    waiting.delete(m.id)
  }
  port.onMessage((message) => (message as Answer[]).forEach(take))
  port.onClose(gone)
  const ask = (message: (id: number) => unknown): Promise<unknown> =>
    new Promise((resolve) => {
      const id = next()
      waiting.set(id, resolve)
      port.post(message(id))
    })
  return {
    call: (name, input, with_) =>
      ask((id) => ({ t: 'call', id, name, input, envelope: with_ })) as Promise<OutputOf<C[typeof name]> | Fault>,
    watch: (name, input, push) => {
      const id = next()
      watching.set(id, push as (value: unknown) => void)
      port.post({ t: 'watch', id, name, input })
      return () => {
        watching.delete(id)
        port.post({ t: 'stop', id })
      }
    },
    ping: () => ask((id) => ({ t: 'ping', id })).then(() => undefined),
    close: () => {
      gone()
      port.close()
    },
  }
}

type WebPort = {
  postMessage: (message: unknown) => void
  addEventListener: (type: 'message' | 'close', listener: (event: { data?: unknown }) => void) => void
  start: () => void
  close: () => void
}

/** A port of the page or of Node's MessageChannel. */
export function webPort(port: WebPort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.addEventListener('message', (event) => listener(event.data))
      port.start()
    },
    onClose: (listener) => port.addEventListener('close', () => listener()),
    close: () => port.close(),
  }
}

export type EmitterPort = {
  postMessage: (message: unknown) => void
  on: ((type: 'close', listener: () => void) => unknown) &
    ((type: 'message', listener: (event: { data: unknown }) => void) => unknown)
  start: () => void
  close: () => void
}

/** A port of a utilityProcess (Electron's MessagePortMain: an emitter whose message events carry `data`). */
export function emitterPort(port: EmitterPort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data))
      port.start()
    },
    onClose: (listener) => void port.on('close', () => listener()),
    close: () => port.close(),
  }
}
