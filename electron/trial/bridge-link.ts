// The MQTT side of the simulated exchange: tells documents, hears commands. Knows no rule of a call.
import { Socket } from 'node:net'
import mqtt, { type MqttClient } from 'mqtt'
import { z } from 'zod'
import { topicRoot } from '#log/topic.ts'

const commandSchema = z.object({
  id: z.string().min(1).max(256),
  op: z.enum(['answer', 'hangup', 'hold', 'resume', 'mute', 'unmute', 'dial', 'transfer']),
  call: z.string().max(256).optional(),
  number: z.string().max(256).optional(),
  to: z.string().max(256).optional(),
})
export type BridgeCommand = z.infer<typeof commandSchema>

export type BridgeLinkOptions = {
  readonly site: string
  readonly bridge: string
  readonly broker: string
  /** Where the broker asks for one; the user name is the bridge. */
  readonly password?: string
  /** What the broker tells in our name when we are gone. */
  readonly offlineStatus: string
  /** True for a call that is told by this run; what an earlier run left is cleared. */
  readonly isOurs: (call: string) => boolean
  /** The broker is there (again): everything is to be told. */
  readonly onConnected: () => void
  /** Carries out a command; gives why it was refused, else null. */
  readonly onCommand: (member: string, command: BridgeCommand) => string | null
}

export class BridgeLink {
  readonly #options: BridgeLinkOptions
  readonly #root: string
  readonly #client: MqttClient

  constructor(options: BridgeLinkOptions) {
    this.#options = options
    this.#root = `${topicRoot(options.site)}exchange/${options.bridge}/`
    this.#client = mqtt.connect(options.broker, {
      username: options.bridge,
      ...(options.password === undefined ? {} : { password: options.password }),
      clean: true,
      protocolVersion: 4,
      keepalive: 5,
      reconnectPeriod: 500,
      resubscribe: false,
      will: { topic: `${this.#root}status`, payload: Buffer.from(options.offlineStatus), qos: 1, retain: true },
    })
    this.#client.on('message', (topic, payload, packet) => this.#onMessage(topic, payload, packet.retain))
    // The broker was cut: the client tries again by itself.
    this.#client.on('error', () => undefined)
  }

  /** Resolves once the bridge was connected for the first time. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#client.on('connect', () => {
        // Without it a ring waits until the word before it is acknowledged.
        if (this.#client.stream instanceof Socket) this.#client.stream.setNoDelay(true)
        const topics = [`${this.#root}call/+`, `${this.#root}desk/+/command`]
        this.#client.subscribe(topics, { qos: 1 }, () => {
          this.#options.onConnected()
          resolve()
        })
      })
    })
  }

  /** Tells a call; an empty document clears it. While the broker is away nothing is kept: see `onConnected`. */
  tellCall(call: string, document: string): void {
    this.#publish(`call/${call}`, document)
  }

  tellStatus(document: string): void {
    this.#publish('status', document)
  }

  async stop(): Promise<void> {
    if (this.#client.connected) {
      const status = this.#options.offlineStatus
      await this.#client.publishAsync(`${this.#root}status`, status, { qos: 1, retain: true })
    }
    await this.#client.endAsync(true)
  }

  #publish(place: string, payload: string): void {
    if (this.#client.connected) this.#client.publish(this.#root + place, payload, { qos: 1, retain: true })
  }

  #onMessage(topic: string, payload: Uint8Array, isRetained: boolean): void {
    const [kind, name = '', last] = topic.slice(this.#root.length).split('/')
    if (kind === 'desk' && last === 'command') return this.#onCommand(name, payload)
    // Told by an earlier run, or cleared while the broker was away.
    if (kind === 'call' && isRetained && payload.byteLength > 0 && !this.#options.isOurs(name)) this.tellCall(name, '')
  }

  /** What is no command is nothing to us; the desk hears no reply and says so. */
  #onCommand(member: string, payload: Uint8Array): void {
    const parsed = commandSchema.safeParse(parse(payload))
    if (!parsed.success) return
    const reason = this.#options.onCommand(member, parsed.data)
    const reply = { id: parsed.data.id, ok: reason === null, ...(reason === null ? {} : { reason }) }
    this.#client.publish(`${this.#root}desk/${member}/reply`, JSON.stringify(reply), { qos: 1 })
  }
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload))
  } catch {
    return undefined
  }
}
