// The CallSource driver for an exchange bridge that speaks MQTT (wire format 1, section 5). Writes no record of a call.
import { Socket } from 'node:net'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import type { CallCommand, CallReply, CallSource, SourceCall, SourceHealth } from '#contract/call-source.ts'
import type { Clock } from '#domain/time.ts'
import { parseJson, payloadText } from '#log/bytes.ts'
import { topicRoot } from '#log/topic.ts'
import { BridgeCommands, neededCapability } from './bridge-commands.ts'
import { offlineStatus, readStatus, type BridgeStatus } from './bridge-status.ts'
import { CallBook, staleMs } from './call-book.ts'

export type MqttCtiOptions = {
  readonly site: string
  readonly member: string
  readonly bridge: string
  /** Addresses of the exchange's broker, tried in turn: `mqtt://host:port` or `mqtts://host:port`. */
  readonly brokers: readonly string[]
  /** Password of the user `member`; left out = none. */
  readonly password?: string | undefined
  readonly clock: Clock
  /** How long a command waits for its reply (ms). */
  readonly replyMs?: number
  /** How long the retained documents may pause before they count as complete after a (re)connection (ms). */
  readonly settleMs?: number
  /** How long a cleared call may come back under a new incarnation of the bridge before it is over (ms). */
  readonly clearedMs?: number
  /** Pause between two tries to reach the broker (ms). */
  readonly retryMs?: number
}

type Listener = Parameters<CallSource['start']>[0]

/** A driver for one bridge; it connects at `start` and goes on trying until `stop`. */
export function createMqttCti(options: MqttCtiOptions): CallSource {
  const driver = new MqttCti(options)
  return {
    start: (listener) => driver.start(listener),
    stop: () => driver.stop(),
    snapshot: () => driver.snapshot(),
    health: () => driver.health(),
    command: (command) => driver.command(command),
  }
}

class MqttCti {
  readonly #options: MqttCtiOptions
  readonly #root: string
  readonly #desk: string
  readonly #commands: BridgeCommands
  readonly #book: CallBook
  readonly #refused = new Map<string, number>()
  readonly #forgetting = new Map<string, NodeJS.Timeout>()
  #client: MqttClient | null = null
  #listener: Listener | null = null
  #status: BridgeStatus = offlineStatus
  /** Steady time of the last subscription; null while the retained documents are not complete. */
  #subscribedAt: number | null = null
  #isSettled = false
  #settleTimer: NodeJS.Timeout | undefined

  constructor(options: MqttCtiOptions) {
    const { site, bridge, member, clock } = options
    this.#options = options
    this.#root = `${topicRoot(site)}exchange/${bridge}/`
    this.#desk = `${this.#root}desk/${member}/`
    this.#commands = new BridgeCommands(`${this.#desk}command`, options.replyMs ?? 3_000)
    this.#book = new CallBook({ site, bridge, now: clock.now, steady })
  }

  start(listener: Listener): void {
    this.#listener = listener
    const client = mqtt.connect(connectOptions(this.#options))
    this.#client = client
    client.on('connect', () => this.#subscribe(client))
    client.on('message', (topic, payload) => this.#onMessage(topic, payload))
    client.on('close', () => this.#onClose())
    // Told by `close` and health; without a listener it would end the process.
    client.on('error', () => undefined)
  }

  async stop(): Promise<void> {
    this.#listener = null
    clearTimeout(this.#settleTimer)
    for (const timer of this.#forgetting.values()) clearTimeout(timer)
    this.#forgetting.clear()
    this.#commands.dropAll()
    await this.#client?.endAsync(true)
  }

  snapshot(): readonly SourceCall[] {
    return this.#book.calls()
  }

  health(): SourceHealth {
    const isLinked = this.#client?.connected === true
    const status = isLinked ? this.#status : offlineStatus
    return { ...status, refused: Object.fromEntries(this.#refused) }
  }

  command(command: CallCommand): Promise<CallReply> {
    const { isOnline, capabilities } = this.health()
    if (this.#client === null || !isOnline) return Promise.resolve({ ok: false, reason: 'offline' })
    if (!capabilities.includes(neededCapability[command.op])) {
      return Promise.resolve({ ok: false, reason: 'refused', detail: 'unsupported' })
    }
    return this.#commands.send(this.#client, command)
  }

  #subscribe(client: MqttClient): void {
    this.#isSettled = false
    this.#subscribedAt = steady()
    // Without it an answer waits until the word before it is acknowledged.
    if (client.stream instanceof Socket) client.stream.setNoDelay(true)
    const topics = [`${this.#root}call/+`, `${this.#root}status`, `${this.#desk}reply`]
    client.subscribe(topics, { qos: 1 }, (error) => {
      if (error) client.reconnect()
      else this.#settleSoon()
    })
  }

  #onClose(): void {
    clearTimeout(this.#settleTimer)
    this.#subscribedAt = null
    this.#isSettled = false
    this.#status = offlineStatus
    this.#commands.dropAll()
    this.#tellHealth()
  }

  /** The retained documents count as complete after a pause, provided the exchange itself has spoken. */
  #settleSoon(): void {
    if (this.#isSettled) return
    clearTimeout(this.#settleTimer)
    this.#settleTimer = setTimeout(() => {
      if (this.#subscribedAt === null || !this.#status.isOnline) return
      this.#isSettled = true
      this.#book.forgetSilent(this.#subscribedAt)
      this.#listener?.onSnapshot()
    }, this.#options.settleMs ?? 1_000)
  }

  #onMessage(topic: string, payload: Uint8Array): void {
    const place = topic.slice(this.#root.length)
    this.#settleSoon()
    if (place.startsWith('call/')) return this.#onCall(place.slice('call/'.length), payload)
    const plain = this.#read(payload)
    if (plain === undefined) return
    if (place === 'status') this.#onStatus(plain)
    else if (!this.#commands.takeReply(plain)) this.#refuse('malformed')
  }

  /** The parsed payload; what cannot be read is counted. */
  #read(payload: Uint8Array): unknown {
    const read = payloadText(payload)
    if (typeof read === 'string') {
      this.#refuse(read === 'ignored' ? 'later-encoding' : 'oversized-or-not-text')
      return undefined
    }
    const plain = parseJson(read.text)
    if (plain === undefined) this.#refuse('malformed')
    return plain
  }

  #onCall(id: string, payload: Uint8Array): void {
    if (payload.byteLength === 0) return this.#forgetLater(id, this.#options.clearedMs ?? 2_000)
    const plain = this.#read(payload)
    if (plain === undefined) return
    const verdict = this.#book.take(id, plain)
    if (verdict.kind === 'refused') return this.#refuse(verdict.reason)
    clearTimeout(this.#forgetting.get(id))
    this.#forgetting.delete(id)
    if (verdict.kind === 'ignored') return
    this.#listener?.onCall(verdict.call)
    // Nothing tells the end of a call that we do not understand.
    if (verdict.call.isUnknown) this.#forgetLater(id, staleMs)
  }

  /** A call that goes while open is over without its end having been told, unless the bridge takes it up again. */
  #forgetLater(id: string, ms: number): void {
    clearTimeout(this.#forgetting.get(id))
    const timer = setTimeout(() => {
      this.#forgetting.delete(id)
      if (this.#book.forget(id) && this.#isSettled) this.#listener?.onSnapshot()
    }, ms)
    this.#forgetting.set(id, timer)
  }

  #onStatus(plain: unknown): void {
    const status = readStatus(plain)
    if (status === null) return this.#refuse('malformed')
    this.#status = status
    this.#tellHealth()
  }

  #refuse(reason: string): void {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1)
    this.#tellHealth()
  }

  #tellHealth(): void {
    this.#listener?.onHealth(this.health())
  }
}

function steady(): number {
  return performance.now()
}

/** Nothing is kept for us by the broker or by the client; a socket that froze is noticed within 10 s. */
function connectOptions({ brokers, member, password, retryMs }: MqttCtiOptions): IClientOptions {
  const servers = brokers.map((address) => {
    const { protocol, hostname, port } = new URL(address)
    const isSecure = protocol === 'mqtts:'
    const host = hostname.replace(/^\[(.*)\]$/, '$1')
    return {
      host,
      port: Number(port || (isSecure ? 8883 : 1883)),
      protocol: isSecure ? ('mqtts' as const) : ('mqtt' as const),
    }
  })
  return {
    servers,
    username: member,
    ...(password === undefined ? {} : { password }),
    clean: true,
    protocolVersion: 4,
    keepalive: 5,
    connectTimeout: 5_000,
    reconnectPeriod: retryMs ?? 1_000,
    queueQoSZero: false,
    resubscribe: false,
  }
}
