// The page's side of a port: finds its way to a new port, re-subscribes, repeats a command with the same id. Keeps no truth.
import { newId, type CommandId } from '#domain/id.ts'
import { fault, isFault, type Fault } from '#domain/fault.ts'
import { connect, type Client, type InputOf, type OutputOf, type Port, type Table } from '#contract/port.ts'
import { share } from './share.ts'
import { createStore, type Store, type WritableStore } from './store.ts'

/** waiting: no port yet; silent: no answer for 3 s, nothing can be saved; gone: the other side ended and is started again. */
export type LinkState = 'waiting' | 'up' | 'silent' | 'gone'
/** What a query last said; stale = from before the port was lost, or nothing said yet. */
export type Live<T> = { readonly value: T | undefined; readonly isStale: boolean }

type Options = {
  /** The session every command is sent under. */
  readonly session: () => string | null
  /** How long a command waits for a new port before it is given up (ms). */
  readonly patienceMs?: number
  readonly pingMs?: number
}
type Source = {
  readonly view: Store<Live<never>>
  readonly store: WritableStore<Live<never>>
  readonly start: () => void
  stop: (() => void) | null
  uses: number
}

const silentAfterMs = 3000
const mostTries = 4
const nothing: Live<never> = { value: undefined, isStale: true }

/** The link for two tables. It starts without a port. */
export class Link<C extends Table, Q extends Table> {
  readonly #tables: { readonly commands: C; readonly queries: Q }
  readonly #options: Options
  readonly #state = createStore<LinkState>('waiting')
  readonly #sources = new Map<string, Source>()
  /** Commands that wait for a port. */
  readonly #waiting = new Set<() => void>()
  readonly #timer: ReturnType<typeof setInterval>
  #client: Client<C, Q> | null = null
  #heardAt = Date.now()

  constructor(commands: C, queries: Q, options: Options) {
    this.#tables = { commands, queries }
    this.#options = options
    this.#timer = setInterval(() => this.#ping(), options.pingMs ?? 1000)
  }

  get state(): Store<LinkState> {
    return this.#state
  }

  /** Goes on over a new port. */
  attach(port: Port): void {
    this.#drop('gone')
    const client = connect(port, this.#tables.commands, this.#tables.queries)
    this.#client = client
    port.onClose(() => {
      if (this.#client === client) this.#drop('gone')
    })
    this.#heardAt = Date.now()
    this.#state.set('up')
    for (const source of this.#sources.values()) if (source.uses > 0) source.start()
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }

  /** What main says of the process at the other end. */
  hear(what: 'gone' | 'silent' | 'back'): void {
    if (what === 'gone') this.#drop('gone')
    else if (this.#client !== null) this.#state.set(what === 'silent' ? 'silent' : 'up')
  }

  /** Sends a command; when the other side ends before its reply, sends it again, with the same id, over the next port. */
  async call<K extends keyof C & string>(name: K, input: InputOf<C[K]>): Promise<OutputOf<C[K]> | Fault> {
    const with_ = { command: newId<CommandId>(), session: this.#options.session() }
    for (let tries = 0; tries < mostTries; tries += 1) {
      const client = await this.#arrived()
      if (client === null) break
      const reply = await client.call(name, input, with_)
      if (!isFault(reply) || reply.fault !== 'core_restarted') return reply
    }
    return fault('core_restarted')
  }

  /** One watch for each query and input, however many components look at it; it ends with the last of them. */
  live<K extends keyof Q & string>(name: K, input: InputOf<Q[K]>): Store<Live<OutputOf<Q[K]>>> {
    const key = `${name} ${JSON.stringify(input)}`
    const watch = (push: (value: OutputOf<Q[K]>) => void): (() => void) | null =>
      this.#client?.watch(name, input, push) ?? null
    const source = this.#sources.get(key) ?? newSource<Q, K>(this.#sources, key, watch)
    this.#sources.set(key, source)
    return source.view
  }

  close(): void {
    clearInterval(this.#timer)
    this.#drop('gone')
  }

  #drop(next: LinkState): void {
    this.#client?.close()
    this.#client = null
    for (const source of this.#sources.values()) {
      source.stop = null
      if (!source.store.get().isStale) source.store.set({ ...source.store.get(), isStale: true })
    }
    if (this.#state.get() !== 'waiting') this.#state.set(next)
  }

  /** The client, now or once a port comes; null when none comes in time. */
  #arrived(): Promise<Client<C, Q> | null> {
    if (this.#client !== null) return Promise.resolve(this.#client)
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        resolve(this.#client)
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(wake)
        resolve(null)
      }, this.#options.patienceMs ?? 20_000)
      this.#waiting.add(wake)
    })
  }

  #ping(): void {
    const client = this.#client
    if (client === null) return
    void client.ping().then(() => {
      if (client !== this.#client) return
      this.#heardAt = Date.now()
      if (this.#state.get() === 'silent') this.#state.set('up')
    })
    if (Date.now() - this.#heardAt > silentAfterMs && this.#state.get() === 'up') this.#state.set('silent')
  }
}

function newSource<Q extends Table, K extends keyof Q & string>(
  sources: Map<string, Source>,
  key: string,
  watch: (push: (value: OutputOf<Q[K]>) => void) => (() => void) | null,
): Source {
  const store = createStore<Live<never>>(nothing)
  const push = (value: OutputOf<Q[K]>): void => {
    const before = store.get()
    const next = share(before.value, value as never)
    if (before.isStale || before.value !== next) store.set({ value: next, isStale: false })
  }
  const subscribe = (listener: () => void): (() => void) => {
    const stop = store.subscribe(listener)
    source.uses += 1
    sources.set(key, source)
    if (source.stop === null) source.start()
    return () => {
      stop()
      source.uses -= 1
      if (source.uses === 0) queueMicrotask(() => endUnused(sources, key, source))
    }
  }
  const source: Source = {
    store,
    view: { get: store.get, subscribe },
    uses: 0,
    stop: null,
    start: () => {
      source.stop = watch(push)
    },
  }
  return source
}

function endUnused(sources: Map<string, Source>, key: string, source: Source): void {
  if (source.uses > 0) return
  source.stop?.()
  source.stop = null
  source.store.set(nothing)
  sources.delete(key)
}
