import { describe, expect, it } from 'vitest'
import { callIdOf } from '#domain/id.ts'
import { bridge, calls, document, jump, now, publish, root, settled, source, start, tell, until } from './test-line.ts'

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
    jump(3_600_000)
    await tell({ call: 'forward', at: right, offeredAt: right })
    await until(() => calls.length === 2)
    jump(-7_200_000)
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
