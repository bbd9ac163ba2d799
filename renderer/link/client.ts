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

export type Link<C extends Table, Q extends Table> = {
  readonly state: Store<LinkState>
  readonly call: <K extends keyof C & string>(name: K, input: InputOf<C[K]>) => Promise<OutputOf<C[K]> | Fault>
  readonly live: <K extends keyof Q & string>(name: K, input: InputOf<Q[K]>) => Store<Live<OutputOf<Q[K]>>>
  /** Goes on over a new port. */
  readonly attach: (port: Port) => void
  /** What main says of the process at the other end. */
  readonly hear: (state: 'gone' | 'silent' | 'back') => void
  readonly close: () => void
}

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

/** Makes the link for two tables. It starts without a port. */
export function createLink<C extends Table, Q extends Table>(commands: C, queries: Q, options: Options): Link<C, Q> {
  const state = createStore<LinkState>('waiting')
  const sources = new Map<string, Source>()
  const waiting = new Set<() => void>()
  let client: Client<C, Q> | null = null
  let heard = Date.now()

  const attach = (port: Port): void => {
    drop('gone')
    const mine = connect(port, commands, queries)
    client = mine
    port.onClose(() => {
      if (client === mine) drop('gone')
    })
    heard = Date.now()
    state.set('up')
    for (const source of sources.values()) if (source.uses > 0) source.start()
    for (const wake of waiting) wake()
    waiting.clear()
  }
  const drop = (next: LinkState): void => {
    client?.close()
    client = null
    for (const source of sources.values()) {
      source.stop = null
      if (!source.store.get().isStale) source.store.set({ ...source.store.get(), isStale: true })
    }
    if (state.get() !== 'waiting') state.set(next)
  }
  const arrived = (): Promise<Client<C, Q> | null> => {
    if (client !== null) return Promise.resolve(client)
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        resolve(client)
      }
      const timer = setTimeout(() => {
        waiting.delete(wake)
        resolve(null)
      }, options.patienceMs ?? 20_000)
      waiting.add(wake)
    })
  }
  const timer = setInterval(() => {
    const asked = client
    if (asked === null) return
    void asked.ping().then(() => {
      if (asked !== client) return
      heard = Date.now()
      if (state.get() === 'silent') state.set('up')
    })
    if (Date.now() - heard > silentAfterMs && state.get() === 'up') state.set('silent')
  }, options.pingMs ?? 1000)

  return {
    state,
    attach,
    call: async (name, input) => {
      const with_ = { command: newId<CommandId>(), session: options.session() }
      for (let tries = 0; tries < mostTries; tries += 1) {
        const now = await arrived()
        if (now === null) break
        const reply = await now.call(name, input, with_)
        if (!isFault(reply) || reply.fault !== 'core_restarted') return reply
      }
      return fault('core_restarted')
    },
    live: (name, input) => liveStore(sources, () => client, name, input),
    hear: (what) => {
      if (what === 'gone') drop('gone')
      else if (client !== null) state.set(what === 'silent' ? 'silent' : 'up')
    },
    close: () => {
      clearInterval(timer)
      drop('gone')
    },
  }
}

/** One watch for each query and input, however many components look at it; it ends with the last of them. */
function liveStore<C extends Table, Q extends Table, K extends keyof Q & string>(
  sources: Map<string, Source>,
  client: () => Client<C, Q> | null,
  name: K,
  input: InputOf<Q[K]>,
): Store<Live<OutputOf<Q[K]>>> {
  const key = `${name} ${JSON.stringify(input)}`
  const source = sources.get(key) ?? newSource<Q, K>(sources, key, (push) => client()?.watch(name, input, push) ?? null)
  sources.set(key, source)
  return source.view
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
