// One MQTT connection at a time over a list of brokers. The broker is only a wire: nothing is queued here and nothing waits for it.
import { Socket } from 'node:net'
import type { IClientOptions } from 'mqtt'
import { systemHost } from './host.ts'
import type { BrokerClient, Host, Timer } from './host.ts'
import type { Timing } from './timing.ts'

/** off: stopped; connecting: trying; up: connected; refused: the broker turns us away again and again. */
export type LinkState = 'off' | 'connecting' | 'up' | 'refused'

export type LinkOptions = {
  readonly brokers: readonly string[]
  /** User name and start of the client id. */
  readonly member: string
  readonly password?: string | undefined
  readonly subscriptions: readonly string[]
  readonly will: { readonly topic: string; readonly payload: string }
  readonly timing: Timing
  readonly host?: Host
  readonly onMessage: (topic: string, payload: Buffer, isRetained: boolean) => void
  readonly onState: (state: LinkState) => void
}

export type Link = {
  readonly state: () => LinkState
  /** Resolves to true when the broker took it (QoS 1), to false when the connection went first or there is none. */
  readonly publish: (topic: string, payload: string, retain?: boolean) => Promise<boolean>
  readonly stop: () => Promise<void>
}

/** A connection that ends this soon after it began counts as a refusal; that many in a row are shown. */
const shortMs = 3_000
const refusalsShown = 3

/** Connects and keeps connecting until stopped. */
export function startLink(options: LinkOptions): Link {
  return new BrokerLink(options)
}

class BrokerLink implements Link {
  readonly #options: LinkOptions
  readonly #host: Host
  /** Publishes that the broker has not acknowledged yet. */
  readonly #waiting = new Set<(taken: boolean) => void>()
  #client: BrokerClient | undefined
  #state: LinkState = 'connecting'
  #attempts = 0
  #refusals = 0
  #timer: Timer | undefined
  #isStopped = false

  constructor(options: LinkOptions) {
    this.#options = options
    this.#host = options.host ?? systemHost
    this.#connect()
  }

  state(): LinkState {
    return this.#state
  }

  async publish(topic: string, payload: string, retain = false): Promise<boolean> {
    const client = this.#client
    if (client === undefined || this.#state !== 'up') return false
    return new Promise<boolean>((resolve) => {
      this.#waiting.add(resolve)
      client.publish(topic, payload, { qos: 1, retain }, (error) => {
        this.#waiting.delete(resolve)
        resolve(!error)
      })
    })
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#timer?.stop()
    const client = this.#client
    this.#client = undefined
    this.#dropWaiting()
    this.#setState('off')
    if (client !== undefined) await client.endAsync(true)
  }

  #connect(): void {
    const { brokers, subscriptions, onMessage } = this.#options
    const broker = brokers[this.#attempts % Math.max(1, brokers.length)]
    if (broker === undefined || this.#isStopped) return
    this.#attempts += 1
    const client = this.#host.connect(broker, connectOptions(this.#options, this.#host.random()))
    this.#client = client
    const isCurrent = () => this.#client === client
    const seen: Seen = { upAt: undefined, isTurnedAway: false }
    client.on('connect', () => {
      // Without it a card waits until the word before it is acknowledged.
      if (client.stream instanceof Socket) client.stream.setNoDelay(true)
      client.subscribe([...subscriptions], { qos: 1 }, (error) => {
        if (error || !isCurrent()) return
        seen.upAt = this.#host.now()
        this.#setState('up')
      })
    })
    client.on('message', (topic, payload, packet) => {
      if (isCurrent()) onMessage(topic, payload, packet.retain)
    })
    client.on('error', (error) => {
      seen.isTurnedAway ||= isTurnedAway(error)
    })
    client.once('close', () => {
      if (!isCurrent()) return
      client.end(true)
      this.#closed(seen)
    })
  }

  #closed(seen: Seen): void {
    const { timing } = this.#options
    this.#client = undefined
    this.#dropWaiting()
    const wasUp = seen.upAt !== undefined
    const isShort = seen.upAt === undefined || this.#host.now() - seen.upAt < shortMs
    if (!isShort) this.#attempts = 0
    this.#refusals = isShort && wasUp ? this.#refusals + 1 : 0
    if (this.#isStopped) return
    this.#setState(this.#refusals >= refusalsShown || seen.isTurnedAway ? 'refused' : 'connecting')
    const waitMs = backoff(timing, this.#attempts, this.#host.random())
    this.#timer = this.#host.after(waitMs, () => this.#connect())
  }

  #setState(state: LinkState): void {
    if (this.#state === state) return
    this.#state = state
    this.#options.onState(state)
  }

  #dropWaiting(): void {
    for (const settle of this.#waiting) settle(false)
    this.#waiting.clear()
  }
}

/** What was seen of one connection: since when it was up, and whether the broker did not let us in. */
type Seen = { upAt: number | undefined; isTurnedAway: boolean }

/** Nothing is kept for a later connection: what is not acknowledged is sent again out of the log. */
function connectOptions(options: LinkOptions, random: number): IClientOptions {
  return {
    clientId: `${options.member}-${Math.floor(random * 0x1_00_00_00)
      .toString(16)
      .padStart(6, '0')}`,
    username: options.member,
    ...(options.password === undefined ? {} : { password: options.password }),
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: 8_000,
    keepalive: options.timing.keepaliveS,
    queueQoSZero: false,
    resubscribe: false,
    will: { ...options.will, payload: Buffer.from(options.will.payload), qos: 1, retain: true },
  }
}

/** The broker answered that user name or password are not accepted (return codes 4 and 5). */
function isTurnedAway(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return code === 4 || code === 5
}

/** Full jitter: ms to wait, anywhere between the shortest wait and a longest one that doubles with each try; `random` is in [0, 1). */
export function backoff(timing: Pick<Timing, 'retryFromMs' | 'retryToMs'>, attempts: number, random: number): number {
  const longest = Math.min(timing.retryToMs, timing.retryFromMs * 2 ** Math.min(attempts, 10))
  return timing.retryFromMs + random * Math.max(0, longest - timing.retryFromMs)
}
