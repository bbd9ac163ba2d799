import mqtt from 'mqtt'
import { expect, test } from 'vitest'
import { newId } from '#domain/id.ts'
import { topicRoot } from '#log/topic.ts'
import { startBroker } from '../../trial/brokers.ts'
import { closeSite, head, newSite, record, site, start, stop, until } from './test-site.ts'

test('a backlog is sent once: the centre that hears of it is not also given it', async () => {
  const wire = await startBroker()
  const at = newSite()
  const confirmed = () => at.b.sync?.facts().waiting === 0
  try {
    // What is on its way may take its time on a busy machine.
    const timing = { claimWaitMs: 1_000 }
    start(at.centre, [wire.url], { timing })
    start(at.b, [wire.url], { timing })
    await until('the desk is known', confirmed)
    await stop(at.b)
    const text = 'x'.repeat(1000)
    for (let n = 0; n < 100; n += 1) {
      const on = `incident:${newId()}`
      const ops = Array.from({ length: 20 }, () => ({ kind: 'NoteAdded', on, body: {}, personal: { text } }))
      record(at.b, ops)
    }
    const spy = await mqtt.connectAsync(wire.url, { protocolVersion: 4 })
    const seen = { op: 0, give: 0 }
    spy.on('message', (topic) => {
      if (topic.startsWith(`${topicRoot(site)}op/B/`)) seen.op += 1
      if (topic.startsWith(`${topicRoot(site)}give/`)) seen.give += 1
    })
    await spy.subscribeAsync(`${topicRoot(site)}#`, { qos: 1 })
    start(at.b, [wire.url], { timing })
    await until('everything is confirmed', confirmed)
    await spy.endAsync()
    expect(head(at.b)).toBeGreaterThan(2000)
    expect(seen.op).toBeGreaterThan(10)
    expect(seen.give).toBe(0)
  } finally {
    await closeSite(at.all)
    await wire.close()
  }
})
