import mqtt from 'mqtt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallSource, SourceCall, SourceHealth } from '#contract/call-source.ts'
import type { Role } from '#log/acl.ts'
import { systemClock } from '#domain/time.ts'
import { createMqttCti } from '../core/calls/mqtt-cti.ts'
import { startBroker, type TrialBroker } from './brokers.ts'
import { startTrialExchange, type TrialExchange, type TrialExchangeOptions } from './exchange.ts'
import { scenarios } from './scenario.ts'

const roles = new Map<string, Role>([
  ['A', { kind: 'desk' }],
  ['B', { kind: 'desk' }],
  ['pbx1', { kind: 'bridge' }],
])

type Desk = { source: CallSource; calls: SourceCall[]; health: SourceHealth | null; snapshots: number }

let broker: TrialBroker
let exchange: TrialExchange | null
let desks: Desk[]
let wake: () => void

beforeEach(async () => {
  exchange = null
  desks = []
  wake = () => undefined
  broker = await startBroker({ site: 'demak-uji', roleOf: (user) => roles.get(user) ?? null })
})
afterEach(async () => {
  for (const { source } of desks) await source.stop()
  await exchange?.stop()
  await broker.close()
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}

async function ring(more: Partial<TrialExchangeOptions> = {}): Promise<TrialExchange> {
  exchange = await startTrialExchange({
    site: 'demak-uji',
    bridge: 'pbx1',
    broker: broker.url,
    members: ['A', 'B'],
    clock: systemClock,
    canSteer: true,
    pace: 0.001,
    ...more,
  })
  return exchange
}

async function desk(member: string): Promise<Desk> {
  const source = createMqttCti({
    site: 'demak-uji',
    member,
    bridge: 'pbx1',
    brokers: [broker.url],
    clock: systemClock,
    settleMs: 50,
    clearedMs: 50,
    retryMs: 50,
  })
  const own: Desk = { source, calls: [], health: null, snapshots: 0 }
  source.start({
    onCall: (call) => {
      own.calls.push(call)
      wake()
    },
    onSnapshot: () => {
      own.snapshots += 1
      wake()
    },
    onHealth: (health) => {
      own.health = health
      wake()
    },
  })
  desks.push(own)
  await until(() => own.health?.isOnline === true)
  return own
}

const last = ({ calls }: Desk, id: string) => calls.findLast(({ bridgeCall }) => bridgeCall === id)
const stateOf = (own: Desk, id: string) => last(own, id)?.state
const shown = ({ calls }: Desk) => calls.map(({ state }) => state)

describe('the simulated exchange', () => {
  it('lets a call ring at every desk, and the desk that answers has it', async () => {
    const pbx = await ring({ pace: 1 })
    const a = await desk('A')
    const b = await desk('B')
    const id = pbx.ring('laka-pantura')
    await until(() => stateOf(a, id) === 'offered' && stateOf(b, id) === 'offered')
    expect(last(b, id)).toMatchObject({
      number: '+6281200004486',
      name: 'Slamet',
      dialled: '112',
      offeredTo: ['A', 'B'],
      location: { lat: -69318000, lon: 1105402000, radiusM: 35, source: 'aml' },
    })
    expect(last(a, id)?.call).toBe(last(b, id)?.call)
    expect(a.health?.queue).toMatchObject({ waiting: 1 })

    const answer = { op: 'answer', bridgeCall: id } as const
    expect(await b.source.command(answer)).toEqual({ ok: true })
    expect(await b.source.command(answer)).toEqual({ ok: true })
    expect(await a.source.command(answer)).toEqual({ ok: false, reason: 'refused', detail: 'answered-elsewhere' })
    await until(() => stateOf(a, id) === 'connected')
    expect(last(a, id)).toMatchObject({ answeredBy: 'B', endedAt: null })

    for (const op of ['mute', 'hold', 'resume', 'unmute', 'hangup', 'hangup'] as const) {
      expect(await b.source.command({ op, bridgeCall: id })).toEqual({ ok: true })
    }
    await until(() => stateOf(b, id) === 'ended')
    expect(b.calls.slice(-5).map(({ state, muted, heldBy }) => [state, muted, heldBy])).toEqual([
      ['connected', true, null],
      ['held', true, 'B'],
      ['connected', true, null],
      ['connected', false, null],
      ['ended', false, null],
    ])
    expect(last(b, id)?.endReason).toBe('operator-hangup')
    await until(() => a.health?.queue.waiting === 0)
  })

  it('ends calls as callers do: given up, hung up after talking', async () => {
    const pbx = await ring()
    const b = await desk('B')
    const abandoned = pbx.ring('putus')
    await until(() => stateOf(b, abandoned) === 'ended')
    expect(last(b, abandoned)).toMatchObject({ endReason: 'abandoned', answeredAt: null })
    const silent = pbx.ring('senyap')
    await b.source.command({ op: 'answer', bridgeCall: silent })
    await until(() => stateOf(b, silent) === 'ended')
    expect(last(b, silent)).toMatchObject({ endReason: 'caller-hangup', answeredBy: 'B' })
    const byDesk = pbx.ring('melahirkan')
    await until(() => stateOf(b, byDesk) === 'offered')
    pbx.hangUpCaller('no such call')
    pbx.hangUpCaller(last(b, byDesk)?.call ?? '')
    await until(() => stateOf(b, byDesk) === 'ended')
  })

  it('refuses what cannot be', async () => {
    const pbx = await ring({ pace: 1 })
    const a = await desk('A')
    const b = await desk('B')
    const first = pbx.ring('kebakaran-pasar')
    const second = pbx.ring('pingsan')
    await a.source.command({ op: 'answer', bridgeCall: first })
    const refused = (detail: string) => ({ ok: false, reason: 'refused', detail })
    expect(await a.source.command({ op: 'answer', bridgeCall: second })).toEqual(refused('busy'))
    expect(await b.source.command({ op: 'hangup', bridgeCall: first })).toEqual(refused('not-yours'))
    expect(await b.source.command({ op: 'hold', bridgeCall: first })).toEqual(refused('not-yours'))
    expect(await b.source.command({ op: 'answer', bridgeCall: 'gone' })).toEqual(refused('no-such-call'))
    expect(await b.source.command({ op: 'dial', number: 'call me' })).toEqual(refused('bad-number'))
    await a.source.command({ op: 'hold', bridgeCall: first })
    expect(await a.source.command({ op: 'answer', bridgeCall: second })).toEqual({ ok: true })
  })

  it('dials out for a call-back', async () => {
    await ring()
    const b = await desk('B')
    expect(await b.source.command({ op: 'dial', number: '+6281900002048' })).toEqual({ ok: true })
    await until(() => shown(b).includes('connected'))
    expect(b.calls.at(-1)).toMatchObject({
      direction: 'out',
      number: '+6281900002048',
      answeredBy: 'B',
      dialled: '+6281900002048',
    })
  })

  it('keeps a flood in a queue and lets the next one ring when there is room', async () => {
    const pbx = await ring({ pace: 0.01 })
    const b = await desk('B')
    const first = pbx.ring('banjir-ketanjung')
    await until(() => b.health?.queue.waiting === 5)
    expect(b.source.snapshot().filter(({ state }) => state === 'offered')).toHaveLength(3)
    const queued = b.source.snapshot().find(({ state }) => state === 'queued')
    await b.source.command({ op: 'answer', bridgeCall: first })
    await until(() => stateOf(b, queued?.bridgeCall ?? '') !== 'queued')
    expect(last(b, queued?.bridgeCall ?? '')?.offeredTo).toEqual(['A', 'B'])
  })

  it('clears an ended call after its time', async () => {
    const pbx = await ring({ clearedAfterMs: 30 })
    const b = await desk('B')
    const watcher = await mqtt.connectAsync(broker.url, { username: 'A', reconnectPeriod: 0 })
    const cleared = new Promise<string>((resolve) =>
      watcher.on('message', (topic, payload) => payload.byteLength === 0 && resolve(topic)),
    )
    await watcher.subscribeAsync('m112/v1/demak-uji/exchange/pbx1/call/+', { qos: 1 })
    const id = pbx.ring('putus')
    await until(() => stateOf(b, id) === 'ended')
    expect(await cleared).toBe(`m112/v1/demak-uji/exchange/pbx1/call/${id}`)
    await watcher.endAsync(true)
    expect(stateOf(b, id)).toBe('ended')
  })

  it('tells everything anew after a cut, as it is by then', async () => {
    const pbx = await ring({ pace: 1 })
    const b = await desk('B')
    const stays = pbx.ring('ular-rumah')
    const ends = pbx.ring('pingsan')
    await until(() => stateOf(b, ends) === 'offered')
    await broker.cut()
    await until(() => b.health?.isOnline === false)
    pbx.hangUpCaller(ends)
    await broker.restore()
    await until(() => stateOf(b, ends) === 'ended')
    expect(b.source.snapshot().find(({ bridgeCall }) => bridgeCall === stays)?.state).toBe('offered')
  })

  it('clears at its start what an earlier run left, so that a desk lets go of it', async () => {
    const left = await mqtt.connectAsync(broker.url, { username: 'pbx1', reconnectPeriod: 0 })
    const old = { call: 'old', linkedId: 'old', inc: 1, seq: 1, at: Date.now(), state: 'offered', direction: 'in' }
    const more = {
      number: null,
      numberTrust: 'withheld',
      line: '1',
      dialled: '112',
      offeredTo: [],
      offeredAt: Date.now(),
    }
    const root = 'm112/v1/demak-uji/exchange/pbx1/'
    await left.publishAsync(`${root}call/old`, JSON.stringify({ ...old, ...more }), { qos: 1, retain: true })
    await left.publishAsync(`${root}status`, '{"online":true}', { qos: 1, retain: true })
    await left.endAsync()
    const b = await desk('B')
    await until(() => b.snapshots === 1)
    expect(b.source.snapshot()).toHaveLength(1)
    await ring()
    await until(() => b.source.snapshot().length === 0)
  })

  it('passes a call on for the desk that has it: to a number, or back to those that wait', async () => {
    const pbx = await ring({ pace: 1 })
    const b = await desk('B')
    const id = pbx.ring('informasi')
    await until(() => stateOf(b, id) === 'offered')
    const transfer = (to: string) => b.source.command({ op: 'transfer', bridgeCall: id, to })
    expect(await transfer('queue')).toMatchObject({ reason: 'refused', detail: 'not-yours' })
    await b.source.command({ op: 'answer', bridgeCall: id })
    expect(await transfer('Semarang')).toMatchObject({ reason: 'refused', detail: 'bad-number' })
    expect(await transfer('queue')).toEqual({ ok: true })
    await until(() => stateOf(b, id) === 'offered')
    expect(last(b, id)).toMatchObject({ answeredBy: null, answeredAt: null })
    await b.source.command({ op: 'answer', bridgeCall: id })
    expect(await transfer('+6224000001120')).toEqual({ ok: true })
    await until(() => stateOf(b, id) === 'ended')
    expect(last(b, id)?.endReason).toBe('transferred')
  })

  it('says that it is gone when it stops, and takes its calls along', async () => {
    const pbx = await ring({ pace: 1 })
    const b = await desk('B')
    pbx.ring('informasi')
    await until(() => b.calls.length > 0)
    await pbx.stop()
    exchange = null
    await until(() => b.health?.isOnline === false)
    expect(b.health?.capabilities).toEqual([])
  })

  it('in its claim-only variant tells, and is answered at the desk phone alone', async () => {
    const pbx = await ring({ canSteer: false, pace: 1 })
    const b = await desk('B')
    expect(b.health?.capabilities).toEqual(['queue'])
    const id = pbx.ring('nomor-tersembunyi')
    await until(() => stateOf(b, id) === 'offered')
    expect(last(b, id)).toMatchObject({ number: null, numberTrust: 'withheld' })
    pbx.lift('B', id)
    await until(() => stateOf(b, id) === 'connected')
    expect(last(b, id)?.answeredBy).toBe('B')
    pbx.putDown('B', id)
    await until(() => stateOf(b, id) === 'ended')
    expect(last(b, id)?.endReason).toBe('operator-hangup')
  })
})

describe('the scenarios', () => {
  it('follow one another when none is named, and have unique names', async () => {
    const pbx = await ring({ pace: 1 })
    const b = await desk('B')
    const rung = [pbx.ring(null), pbx.ring(null)]
    await until(() => rung.every((id) => last(b, id) !== undefined))
    expect(rung.map((id) => last(b, id)?.number)).toEqual(['+6285700001213', '+6281300007701'])
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length)
  })
})
