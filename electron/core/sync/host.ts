// What sync takes from the machine under it: timers, a steady clock, chance and connections. A simulated machine brings its own.
import mqtt from 'mqtt'

export type Timer = { readonly stop: () => void }

/** The part of an MQTT client that a link uses. */
export type BrokerClient = {
  readonly stream?: unknown
  readonly on: {
    (event: 'connect', listener: () => void): unknown
    (
      event: 'message',
      listener: (topic: string, payload: Buffer, packet: { readonly retain: boolean }) => void,
    ): unknown
    (event: 'error', listener: (error: unknown) => void): unknown
  }
  readonly once: (event: 'close', listener: () => void) => unknown
  readonly subscribe: (topics: string[], options: { readonly qos: 1 }, done: (error: Error | null) => void) => unknown
  readonly publish: (
    topic: string,
    payload: string,
    options: { readonly qos: 1; readonly retain: boolean },
    done: (error?: Error) => void,
  ) => unknown
  readonly end: (force: boolean) => unknown
  readonly endAsync: (force: boolean) => Promise<void>
}

export type Host = {
  /** Milliseconds of a clock that nobody sets. */
  readonly now: () => number
  readonly after: (ms: number, work: () => void) => Timer
  readonly every: (ms: number, work: () => void) => Timer
  /** In the next turn of the event loop. */
  readonly soon: (work: () => void) => void
  /** In [0, 1). */
  readonly random: () => number
  readonly connect: (broker: string, options: mqtt.IClientOptions) => BrokerClient
}

/** The machine that the program runs on. */
export const systemHost: Host = {
  now: () => performance.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms)
    return { stop: () => clearTimeout(timer) }
  },
  every: (ms, work) => {
    const timer = setInterval(work, ms)
    return { stop: () => clearInterval(timer) }
  },
  soon: (work) => void setImmediate(work),
  random: () => Math.random(),
  connect: (broker, options) => mqtt.connect(broker, options),
}
