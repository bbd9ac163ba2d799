import { beforeEach, describe, expect, it } from 'vitest'
import {
  bridge,
  broker,
  calls,
  health,
  now,
  publish,
  root,
  snapshots,
  source,
  start,
  status,
  tell,
  until,
} from './test-line.ts'

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
