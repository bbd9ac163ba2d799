// One MQTT connection at a time over a list of brokers. The broker is only a wire: nothing is queued here and nothing waits for it.
import mqtt from 'mqtt'
import type { MqttClient } from 'mqtt'
import { randomBytes } from 'node:crypto'
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
  readonly random?: () => number
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
  const { timing, brokers } = options
  const random = options.random ?? Math.random
  const waiting = new Set<(taken: boolean) => void>()
  let client: MqttClient | undefined
  let state: LinkState = 'connecting'
  let attempts = 0
  let refusals = 0
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const setState = (next: LinkState) => {
    if (state === next) return
    state = next
    options.onState(next)
  }

  const dropWaiting = () => {
    for (const settle of waiting) settle(false)
    waiting.clear()
  }

  const connect = () => {
    const broker = brokers[attempts % Math.max(1, brokers.length)]
    if (broker === undefined || isStopped) return
    attempts += 1
    const opened = mqtt.connect(broker, connectOptions(options))
    client = opened
    let upAt: number | undefined
    let isRefused = false
    opened.on('connect', () => {
      opened.subscribe([...options.subscriptions], { qos: 1 }, (error) => {
        if (error || client !== opened) return
        upAt = performance.now()
        setState('up')
      })
    })
    opened.on('message', (topic, payload, packet) => {
      if (client === opened) options.onMessage(topic, payload, packet.retain)
    })
    opened.on('error', (error) => {
      isRefused ||= isTurnedAway(error)
    })
    opened.once('close', () => {
      if (client !== opened) return
      client = undefined
      opened.end(true)
      dropWaiting()
      const isShort = upAt === undefined || performance.now() - upAt < shortMs
      if (!isShort) attempts = 0
      refusals = isShort && upAt !== undefined ? refusals + 1 : 0
      if (isStopped) return
      setState(refusals >= refusalsShown || isRefused ? 'refused' : 'connecting')
      timer = setTimeout(connect, backoff(timing, attempts, random()))
    })
  }
  connect()

  return {
    state: () => state,
    publish: async (topic, payload, retain = false) => {
      const open = client
      if (open === undefined || state !== 'up') return false
      return new Promise<boolean>((resolve) => {
        waiting.add(resolve)
        open.publish(topic, payload, { qos: 1, retain }, (error) => {
          waiting.delete(resolve)
          resolve(!error)
        })
      })
    },
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      const open = client
      client = undefined
      dropWaiting()
      setState('off')
      if (open !== undefined) await open.endAsync(true)
    },
  }
}

/** Nothing is kept for a later connection: what is not acknowledged is sent again out of the log. */
function connectOptions(options: LinkOptions): mqtt.IClientOptions {
  return {
    clientId: `${options.member}-${randomBytes(3).toString('hex')}`,
    username: options.member,
    ...(options.password === undefined ? {} : { password: options.password }),
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: 8_000,
    keepalive: options.timing.keepaliveS,
    // Without this, publishing into a frozen socket would put off the ping that finds it out.
    reschedulePings: false,
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

/** Full jitter: anywhere between the shortest wait and a longest one that doubles with each try. */
function backoff(timing: Timing, attempts: number, random: number): number {
  const longest = Math.min(timing.retryToMs, timing.retryFromMs * 2 ** Math.min(attempts, 10))
  return timing.retryFromMs + random * Math.max(0, longest - timing.retryFromMs)
}
