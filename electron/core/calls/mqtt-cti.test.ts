import mqtt, { type MqttClient } from 'mqtt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallSource, SourceCall, SourceHealth } from '#contract/call-source.ts'
import { callIdOf } from '#domain/id.ts'
import { startBroker, type TrialBroker } from '../../trial/brokers.ts'
import { createMqttCti } from './mqtt-cti.ts'

const start = Date.parse('2026-11-24T01:00:00Z')
const root = 'm112/v1/demak-uji/exchange/pbx1/'

let now = start
let broker: TrialBroker
let bridge: MqttClient
let source: CallSource
let calls: SourceCall[]
let snapshots: number
let health: SourceHealth | null
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
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}

async function status(document: unknown): Promise<void> {
  await bridge.publishAsync(`${root}status`, JSON.stringify(document), { qos: 1, retain: true })
}

async function publish(call: string, payload: string | Buffer): Promise<void> {
  await bridge.publishAsync(`${root}call/${call}`, payload, { qos: 1, retain: true })
}

function document(more: Record<string, unknown> = {}): Record<string, unknown> {
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

const tell = (more: Record<string, unknown> = {}): Promise<void> => {
  const told = document(more)
  return publish(String(told.call), JSON.stringify(told))
}

/** Everything that was published before has been judged. */
async function settled(): Promise<void> {
  const mark = `mark-${Math.random()}`
  await tell({ call: mark, linkedId: mark })
  await until(() => calls.some((call) => call.bridgeCall === mark))
  calls = calls.filter((call) => call.bridgeCall !== mark)
}

describe('a ring', () => {
  it('is told whole, with the id that every desk gives it and the number as E.164', async () => {
    await tell({
      name: 'Budi',
      colour: 'red',
      location: { lat: -6.8943, lon: 110.6375, radiusM: 30.4, source: 'aml', at: now },
    })
    await until(() => calls.length === 1)
    expect(calls[0]).toEqual({
      call: 'f27e5211-34f6-5e84-b4b8-41cd1579a73b',
      bridge: 'pbx1',
      bridgeCall: 'c1',
      linkedId: '1795486500.417',
      state: 'offered',
      direction: 'in',
      number: '+6281200004486',
      numberTrust: 'asserted',
      name: 'Budi',
      line: '112-1',
      dialled: '112',
      offeredTo: ['B'],
      answeredBy: null,
      offeredAt: start,
      answeredAt: null,
      endedAt: null,
      endReason: null,
      muted: false,
      heldBy: null,
      location: { lat: -68943000, lon: 1106375000, radiusM: 30, source: 'aml' },
      isUnknown: false,
    })
  })

  it.each([
    [{ number: null, numberTrust: 'withheld' }],
    [{ number: '081200004486', numberTrust: 'withheld' }],
    [{ number: 'anonymous', numberTrust: 'from' }],
    [{ number: '', numberTrust: 'asserted' }],
  ])('with %j has no number and says so', async (more) => {
    await tell(more)
    await until(() => calls.length === 1)
    expect(calls[0]).toMatchObject({ number: null, numberTrust: 'withheld', isUnknown: false })
  })

  it('follows (inc, seq), never the order of arrival', async () => {
    await tell({ seq: 3, state: 'connected', answeredBy: 'B', answeredAt: now })
    await tell({ seq: 2 })
    await tell({ seq: 3, state: 'ended' })
    await tell({ inc: 2, seq: 1, state: 'held', answeredAt: now })
    await tell({ inc: 1, seq: 9, state: 'ended' })
    await settled()
    expect(calls.map(({ state }) => state)).toEqual(['connected', 'held'])
    expect(source.snapshot().find(({ bridgeCall }) => bridgeCall === 'c1')?.state).toBe('held')
  })

  it('that ended without saying when or why, ended when it was told', async () => {
    await tell({ seq: 2, state: 'ended' })
    await until(() => calls.length === 1)
    expect(calls[0]).toMatchObject({ endedAt: start, endReason: 'unknown' })
  })

  it('is ignored when it is older than 10 minutes, and the desk says that it ignored something', async () => {
    await tell({ call: 'old', at: now - 600_001, offeredAt: now - 600_001 })
    await tell({ call: 'young', at: now - 600_000, offeredAt: now - 600_000 })
    await until(() => calls.length === 1)
    expect(calls[0]?.bridgeCall).toBe('young')
    expect(source.health().refused).toEqual({ stale: 1 })
  })

  it('is not hidden by a desk clock that jumps an hour', async () => {
    await tell({ call: 'before' })
    await until(() => calls.length === 1)
    const right = now
    now += 3_600_000
    await tell({ call: 'forward', at: right, offeredAt: right })
    await until(() => calls.length === 2)
    now -= 7_200_000
    await tell({ call: 'back', at: right, offeredAt: right })
    await until(() => calls.length === 3)
    expect(calls.map(({ isUnknown }) => isUnknown)).toEqual([false, false, false])
  })
})

describe('a document that fails', () => {
  it.each([
    ['a missing state', { state: undefined }],
    ['an unknown state', { state: 'teleported' }],
    ['a number that is no text', { number: 81200004486 }],
    ['a text of 257 characters', { line: 'x'.repeat(257) }],
    ['a seq that is no integer', { seq: 1.5 }],
    ['an offer before the year 2000', { offeredAt: 0 }],
    ['an answer long before the offer', { answeredAt: start - 3_600_000 }],
    ['a time as text', { at: '2026-11-24' }],
    ['a time far in the future', { at: start + 86_400_000, offeredAt: start + 86_400_000 }],
    ['a latitude off the globe', { location: { lat: 91, lon: 0, radiusM: 1, source: 'aml', at: start } }],
    ['another id than its topic', { call: 'c2' }],
    ['an offer to nobody in particular', { offeredTo: 'B' }],
  ])('with %s is shown as an unknown call when it names one', async (_what, more) => {
    await publish('c1', JSON.stringify(document(more)))
    await until(() => calls.length === 1)
    expect(calls[0]).toMatchObject({ isUnknown: true, bridgeCall: 'c1', offeredAt: start, dialled: '112' })
    expect(calls[0]?.call).toBe(callIdOf('demak-uji', 'pbx1', '1795486500.417'))
  })

  it.each([
    ['no call id', JSON.stringify({ state: 'offered' }), 'malformed'],
    ['an id of 257 characters', JSON.stringify({ call: 'x'.repeat(257) }), 'malformed'],
    ['broken JSON', '{"call":"c1"', 'malformed'],
    ['a later encoding', 'M112\u0001', 'later-encoding'],
    ['a JSON list', '[{"call":"c1"}]', 'later-encoding'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'oversized-or-not-text'],
    ['a payload over 262,144 bytes', `{"call":"c1","x":"${'y'.repeat(262_144)}"}`, 'oversized-or-not-text'],
    [
      '__proto__ and deep nesting',
      `{"__proto__":{"call":"c1"},"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
      'malformed',
    ],
  ])('with %s is counted', async (_what, payload, reason) => {
    await publish('c1', payload)
    await settled()
    expect(calls).toEqual([])
    expect(source.health().refused).toEqual({ [reason]: 1 })
  })

  it('does not take away a call that was understood', async () => {
    await tell()
    await publish('c1', JSON.stringify({ call: 'c1', state: 'ended' }))
    await settled()
    expect(calls).toHaveLength(1)
    expect(source.snapshot()[0]).toMatchObject({ state: 'offered', isUnknown: false })
  })

  it('is put right by a good one', async () => {
    await publish('c1', JSON.stringify(document({ state: undefined })))
    await tell({ seq: 2 })
    await until(() => calls.length === 2)
    expect(calls.map(({ isUnknown, call }) => [isUnknown, call])).toEqual([
      [true, calls[0]?.call],
      [false, calls[0]?.call],
    ])
  })

  it('cannot fill the screen: 20 unknown calls are shown, the rest is counted', async () => {
    for (let index = 0; index < 25; index += 1) await publish(`u${index}`, JSON.stringify({ call: `u${index}` }))
    await settled()
    expect(calls.filter(({ isUnknown }) => isUnknown)).toHaveLength(20)
    expect(source.health().refused).toEqual({ 'too-many': 5 })
  })

  it.each([['null'], ['{"online":"yes"}'], ['{"online":true,"capabilities":"all"}'], ['{}']])(
    'as a status (%s) changes nothing',
    async (payload) => {
      await bridge.publishAsync(`${root}status`, payload, { qos: 1, retain: true })
      await settled()
      expect(source.health()).toMatchObject({
        isOnline: true,
        capabilities: ['answer', 'hangup', 'mute', 'hold', 'dial'],
      })
    },
  )
})

describe('the snapshot', () => {
  it('is told once the retained documents are complete, also when there are none', async () => {
    await until(() => snapshots === 1)
    expect(source.snapshot()).toEqual([])
  })

  it('lets go of a call that ended while the network was gone', async () => {
    await until(() => snapshots === 1)
    await tell({ call: 'stays' })
    await tell({ call: 'goes' })
    await until(() => calls.length === 2)
    await broker.cut()
    await until(() => health?.isOnline === false)
    expect(source.snapshot()).toHaveLength(2)
    await broker.restore()
    await publish('goes', '')
    await until(() => snapshots >= 2 && source.snapshot().length === 1)
    expect(source.snapshot().map(({ bridgeCall }) => bridgeCall)).toEqual(['stays'])
  })

  it('lets go of an open call that the bridge cleared, unless it takes it up again', async () => {
    await until(() => snapshots === 1)
    await tell({ call: 'goes' })
    await tell({ call: 'stays' })
    await publish('goes', '')
    await publish('stays', '')
    await tell({ call: 'stays', inc: 2, state: 'connected', answeredAt: now })
    await until(() => snapshots === 2)
    expect(source.snapshot().map(({ bridgeCall }) => bridgeCall)).toEqual(['stays'])
  })

  it('is not told while the exchange itself is offline', async () => {
    await until(() => snapshots === 1)
    await status({ online: false })
    await until(() => health?.isOnline === false)
    await broker.cut()
    await broker.restore()
    await tell({ call: 'mark' })
    await until(() => calls.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(snapshots).toBe(1)
    await status({ online: true, inc: 2 })
    await until(() => snapshots === 2)
  })
})

describe('health', () => {
  it('tells what the exchange can do and what waits there', async () => {
    await status({ online: true, inc: 1, capabilities: ['queue'], queue: { waiting: 3, longestSince: start } })
    await until(() => health?.queue.waiting === 3)
    expect(health).toEqual({
      isOnline: true,
      capabilities: ['queue'],
      queue: { waiting: 3, longestSince: start },
      refused: {},
    })
  })
})

describe('a command', () => {
  let heard: { id: string; op: string; call?: string; number?: string }[]
  let reply: ((command: { id: string }) => unknown) | null

  beforeEach(async () => {
    heard = []
    reply = ({ id }) => ({ id, ok: true })
    bridge.on('message', (_topic, payload) => {
      const command = JSON.parse(payload.toString()) as { id: string; op: string }
      heard.push(command)
      if (reply !== null) bridge.publish(`${root}desk/B/reply`, JSON.stringify(reply(command)))
    })
    await bridge.subscribeAsync(`${root}desk/B/command`, { qos: 1 })
  })

  it('goes to the bridge by its own call id and comes back with its reply', async () => {
    expect(await source.command({ op: 'answer', bridgeCall: 'c1' })).toEqual({ ok: true })
    expect(await source.command({ op: 'dial', number: '+6281200004486' })).toEqual({ ok: true })
    expect(heard).toEqual([
      { id: heard[0]?.id, op: 'answer', call: 'c1' },
      { id: heard[1]?.id, op: 'dial', number: '+6281200004486' },
    ])
    expect(heard[0]?.id).not.toBe(heard[1]?.id)
  })

  it('tells why the exchange refused', async () => {
    reply = ({ id }) => ({ id, ok: false, reason: 'busy' })
    expect(await source.command({ op: 'hold', bridgeCall: 'c1' })).toEqual({
      ok: false,
      reason: 'refused',
      detail: 'busy',
    })
  })

  it('that nobody answers ends after its time; a reply to another or a malformed one is none', async () => {
    reply = null
    expect(await source.command({ op: 'mute', bridgeCall: 'c1' })).toEqual({ ok: false, reason: 'no-reply' })
    reply = () => ({ id: 'another', ok: true })
    expect(await source.command({ op: 'unmute', bridgeCall: 'c1' })).toEqual({ ok: false, reason: 'no-reply' })
    reply = ({ id }) => ({ id, ok: 'yes' })
    expect(await source.command({ op: 'hangup', bridgeCall: 'c1' })).toEqual({ ok: false, reason: 'no-reply' })
    expect(source.health().refused).toEqual({ malformed: 1 })
  })

  it('that the exchange cannot do is refused here: without `answer` a desk can only claim', async () => {
    await status({ online: true, inc: 1, capabilities: ['queue'] })
    await until(() => health?.capabilities.length === 1)
    const refused = { ok: false, reason: 'refused', detail: 'unsupported' }
    expect(await source.command({ op: 'answer', bridgeCall: 'c1' })).toEqual(refused)
    expect(await source.command({ op: 'resume', bridgeCall: 'c1' })).toEqual(refused)
    expect(heard).toEqual([])
  })

  it('is offline when the exchange or the network is, also while it waits', async () => {
    const offline = { ok: false, reason: 'offline' }
    reply = null
    const waiting = source.command({ op: 'answer', bridgeCall: 'c1' })
    await broker.cut()
    expect(await waiting).toEqual(offline)
    expect(await source.command({ op: 'answer', bridgeCall: 'c1' })).toEqual(offline)
    await broker.restore()
    await until(() => health?.isOnline === true)
    await status({ online: false })
    await until(() => health?.isOnline === false)
    expect(await source.command({ op: 'answer', bridgeCall: 'c1' })).toEqual(offline)
  })
})
