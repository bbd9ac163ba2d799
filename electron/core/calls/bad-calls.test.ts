// What a bad exchange can do to a running desk: nothing is hidden, nothing lost, nothing crashes.
import mqtt, { type MqttClient } from 'mqtt'
import { afterEach, describe, expect, it } from 'vitest'
import { startBroker } from '../../trial/brokers.ts'
import { siteText, startTestDesk } from '../test-desk.ts'

const root = 'm112/v1/demak-uji/exchange/pbx1/'
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function desk(options: Parameters<typeof startTestDesk>[0] = {}) {
  const broker = await startBroker()
  ends.push(broker.close)
  const bridge = await mqtt.connectAsync(broker.url, { reconnectPeriod: 0 })
  ends.push(() => bridge.endAsync(true))
  await tell(bridge, 'status', { online: true, inc: 1, capabilities: ['answer', 'hangup'] })
  const made = await startTestDesk({ site: siteText({ exchange: broker.url }), ...options })
  ends.push(made.end)
  await made.page.signIn()
  return { ...made, bridge }
}

async function tell(bridge: MqttClient, place: string, payload: unknown): Promise<void> {
  const text = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload)
  await bridge.publishAsync(root + place, text, { qos: 1, retain: true })
}

function ring(call: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Date.now()
  const base = { call, linkedId: call, inc: 1, seq: 1, at: now, state: 'offered', direction: 'in', offeredAt: now }
  return {
    ...base,
    number: '081200004486',
    numberTrust: 'asserted',
    line: '1',
    dialled: '112',
    offeredTo: ['B'],
    ...more,
  }
}

describe('a desk whose exchange tells rubbish', () => {
  it('shows a broken document that names a call as an unknown call, also one that names no desk', async () => {
    const { page, bridge } = await desk()
    await tell(bridge, 'call/c1', { call: 'c1', state: 'ringing-ish', number: 12 })
    const { ringing } = await page.until('calls', {}, (calls) => calls.ringing.length === 1)
    expect(ringing[0]).toMatchObject({ isUnknown: true, isRecorded: true, number: null, numberTrust: 'withheld' })
    await tell(bridge, 'call/c1', ring('c1', { seq: 2 }))
    const known = await page.until('calls', {}, (calls) => calls.ringing[0]?.isUnknown === false)
    expect(known.ringing).toHaveLength(1)
    expect(known.ringing[0]?.number).toBe('+6281200004486')
  })

  it('keeps an unknown call that was answered here: classed, ended, on record, and the same call once it is told properly', async () => {
    const { page, bridge } = await desk()
    const broken = { call: 'c2', state: 'connected', answeredBy: 'B', number: 12 }
    await tell(bridge, 'call/c2', broken)
    const { active } = await page.until('calls', {}, (calls) => calls.active !== null)
    expect(active).toMatchObject({ isUnknown: true, state: 'connected', number: null })
    const call = active?.call as never
    await page.done('classifyCall', { call, class: 'INFO' })
    await page.until('calls', {}, (calls) => calls.active?.class === 'INFO')
    await tell(bridge, 'call/c2', ring('c2', { seq: 2, state: 'connected', answeredBy: 'B', answeredAt: Date.now() }))
    const told = await page.until('calls', {}, (calls) => calls.active?.isUnknown === false)
    expect(told.active).toMatchObject({ call, class: 'INFO', number: '+6281200004486' })
  })

  it('lets an unknown call be classed after it ended', async () => {
    const { page, bridge } = await desk()
    await tell(bridge, 'call/c3', { call: 'c3', state: 'connected', answeredBy: 'B', number: 12 })
    await page.until('calls', {}, (calls) => calls.active?.state === 'connected')
    await tell(bridge, 'call/c3', { call: 'c3', state: 'ended', answeredBy: 'B', number: 12 })
    const { active } = await page.until('calls', {}, (calls) => calls.active?.state === 'ended')
    expect(active?.class).toBeNull()
    await page.done('classifyCall', { call: active?.call as never, class: 'PUTUS' })
    await page.until('calls', {}, (calls) => calls.active === null)
  })

  it('goes on taking calls after malformed, oversized and unknown payloads, and counts them', async () => {
    const { page, bridge } = await desk()
    const rubbish = ['', '{', 'null', '[]', '{"call":7}', Buffer.from([0x7b, 0xff]), `{"x":"${'y'.repeat(300_000)}"}`]
    for (const [index, payload] of rubbish.entries()) await tell(bridge, `call/x${index}`, payload)
    await tell(bridge, 'status', '{"online":"perhaps"}')
    await tell(bridge, 'desk/B/reply', '{"id":false}')
    await tell(
      bridge,
      'call/good',
      ring('good', { number: null, numberTrust: 'withheld', colour: { of: 'no interest' } }),
    )
    const { ringing, exchange } = await page.until('calls', {}, (calls) => calls.ringing.length === 1)
    expect(ringing[0]).toMatchObject({ number: null, numberTrust: 'withheld', isUnknown: false })
    expect(exchange).toMatchObject({ isOnline: true, unknownCalls: 8 })
  })

  it('keeps a ring on the screen and on record when the clock jumps an hour', async () => {
    let shiftMs = 0
    const { page, bridge } = await desk({ options: { clock: { now: () => Date.now() + shiftMs } } })
    await tell(bridge, 'call/before', ring('before'))
    await page.until('calls', {}, (calls) => calls.ringing.length === 1)
    for (const jumpMs of [3_600_000, -3_600_000]) {
      shiftMs = jumpMs
      await tell(bridge, `call/j${jumpMs}`, ring(`j${jumpMs}`))
    }
    const { ringing } = await page.until('calls', {}, (calls) => calls.ringing.length === 3)
    expect(ringing.map(({ isUnknown, isRecorded }) => [isUnknown, isRecorded])).toEqual(Array(3).fill([false, true]))
  })

  it('ends a call whose end was never told as ended without a known reason', async () => {
    const { page, bridge } = await desk()
    await tell(bridge, 'call/gone', ring('gone'))
    await page.until('calls', {}, (calls) => calls.ringing.length === 1)
    await tell(bridge, 'call/gone', '')
    await page.until('calls', {}, (calls) => calls.ringing.length === 0)
    const { rows } = await page.until('missedCalls', {}, (missed) => missed.total === 1)
    expect(rows[0]).toMatchObject({ number: '+6281200004486', endReason: 'unknown', followUp: 'belum' })
  })
})
