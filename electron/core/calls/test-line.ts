// A broker, a bridge that speaks, and the driver that listens: made anew for every test of the driver.
import mqtt, { type MqttClient } from 'mqtt'
import { afterEach, beforeEach } from 'vitest'
import type { CallSource, SourceCall, SourceHealth } from '#contract/call-source.ts'
import { startBroker, type TrialBroker } from '../../trial/brokers.ts'
import { createMqttCti } from './mqtt-cti.ts'

export const start = Date.parse('2026-11-24T01:00:00Z')
export const root = 'm112/v1/demak-uji/exchange/pbx1/'

export let now: number
export let broker: TrialBroker
export let bridge: MqttClient
export let source: CallSource
export let calls: SourceCall[]
export let snapshots: number
export let health: SourceHealth | null
let wake: () => void = () => undefined

beforeEach(async () => {
  now = start
  calls = []
  snapshots = 0
  health = null
  broker = await startBroker()
  bridge = await mqtt.connectAsync(broker.url, { username: 'pbx1', reconnectPeriod: 20 })
  await status({ online: true, inc: 1, capabilities: ['answer', 'hangup', 'hold', 'mute', 'dial', 'teleport'] })
  source = createMqttCti({
    site: 'demak-uji',
    member: 'B',
    bridge: 'pbx1',
    brokers: [broker.url],
    clock: { now: () => now },
    replyMs: 150,
    settleMs: 60,
    clearedMs: 60,
    retryMs: 20,
  })
  source.start({
    onCall: (call) => {
      calls.push(call)
      wake()
    },
    onSnapshot: () => {
      snapshots += 1
      wake()
    },
    onHealth: (told) => {
      health = told
      wake()
    },
  })
  await until(() => health?.isOnline === true)
})
afterEach(async () => {
  await source.stop()
  await bridge.endAsync(true)
  await broker.close()
})

/** Waits until something the driver tells makes the condition true; the test's own time limit ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}

export async function status(document: unknown): Promise<void> {
  await bridge.publishAsync(`${root}status`, JSON.stringify(document), { qos: 1, retain: true })
}

export async function publish(call: string, payload: string | Buffer): Promise<void> {
  await bridge.publishAsync(`${root}call/${call}`, payload, { qos: 1, retain: true })
}

export function document(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    call: 'c1',
    linkedId: '1795486500.417',
    inc: 1,
    seq: 1,
    at: now,
    state: 'offered',
    direction: 'in',
    number: '081200004486',
    numberTrust: 'asserted',
    line: '112-1',
    dialled: '112',
    offeredTo: ['B'],
    offeredAt: now,
    ...more,
  }
}

export const tell = (more: Record<string, unknown> = {}): Promise<void> => {
  const told = document(more)
  return publish(String(told.call), JSON.stringify(told))
}

/** Everything that was published before has been judged. */
export async function settled(): Promise<void> {
  const mark = `mark-${Math.random()}`
  await tell({ call: mark, linkedId: mark })
  await until(() => calls.some((call) => call.bridgeCall === mark))
  calls = calls.filter((call) => call.bridgeCall !== mark)
}

/** The desk clock jumps by so many ms. */
export function jump(ms: number): void {
  now += ms
}
