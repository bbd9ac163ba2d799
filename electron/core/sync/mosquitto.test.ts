import mqtt from 'mqtt'
import type { MqttClient } from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '#domain/id.ts'
import { branchByRow } from '#db/log/log.ts'
import { topicRoot } from '#log/topic.ts'
import { startMosquitto } from './test-mosquitto.ts'
import type { Mosquitto } from './test-mosquitto.ts'
import { closeSite, newSite, record, relayOp, site, start, until } from './test-site.ts'
import type { Replica, Site } from './test-site.ts'

// What the generated access list and password file mean to a real broker.
let wire: Mosquitto
let at: Site
const ends: (() => Promise<unknown>)[] = []
const root = topicRoot(site)

beforeEach(async () => {
  wire = await startMosquitto()
  at = newSite()
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  await closeSite(at.all)
  await wire.close()
})

async function user(member: string, password = wire.password): Promise<MqttClient> {
  const client = await mqtt.connectAsync(wire.url, {
    username: member,
    password,
    protocolVersion: 4,
    reconnectPeriod: 0,
  })
  ends.push(() => client.endAsync(true))
  return client
}
const begin = (...ones: Replica[]) => {
  for (const one of ones) start(one, [wire.url], { password: wire.password })
}
const confirmed = (one: Replica) => {
  const own = branchByRow(one.log.db, one.log.memory.ownLog)
  return own.confirmedSeq === own.headSeq
}

test('nobody comes in without the password of a member', async () => {
  await expect(user('A', 'salah')).rejects.toThrow(/[Nn]ot authorized/)
  await expect(user('Z')).rejects.toThrow(/[Nn]ot authorized/)
  await expect(mqtt.connectAsync(wire.url, { protocolVersion: 4, reconnectPeriod: 0 })).rejects.toThrow()
})

test('an agency that listens to everything hears its own cards, logs and acknowledgements, and nothing else', async () => {
  const heard = new Set<string>()
  const spy = await user('BPBD-1')
  spy.on('message', (topic) => heard.add(topic.slice(root.length).replace(/[a-z2-7]{16}$/, '*')))
  await spy.subscribeAsync('#', { qos: 1 })
  begin(at.centre, at.a, at.b, at.bpbd, at.pmi)
  await until('connected', () => at.a.sync?.facts().connected.length === 2)
  const incident = newId()
  const ours = relayOp(at.a, { relay: newId(), incident, agency: 'BPBD', state: 'made' })
  const theirs = relayOp(at.a, { relay: newId(), incident, agency: 'PMI', state: 'made' })
  const body = { label: '241126-B001', type: 'BCN-BJR', priority: 'P1' }
  record(at.a, [{ kind: 'IncidentOpened', on: `incident:${incident}`, body }, ours.op, theirs.op])
  await until('both cards', () => at.bpbd.cards.length > 0 && at.pmi.cards.length > 0)
  await until('all confirmed', () => at.all.slice(0, 2).every(confirmed) && confirmed(at.bpbd) && confirmed(at.pmi))
  expect([...heard].toSorted()).toEqual(['ack/BPBD-1/*', 'agency/BPBD/BPBD-1/*', 'card/BPBD/A/*', 'members'])
})

test('what a member may not write reaches nobody, although the broker acknowledges it', async () => {
  const heard: string[] = []
  const listener = await user('PUSAT')
  listener.on('message', (topic) => heard.push(topic.slice(root.length)))
  await listener.subscribeAsync(`${root}#`, { qos: 1 })
  const agency = await user('BPBD-1')
  const desk = await user('A')
  const epoch = 'a'.repeat(16)
  const forbidden: [MqttClient, string][] = [
    [agency, `op/BPBD-1/${epoch}`],
    [agency, `agency/PMI/BPBD-1/${epoch}`],
    [agency, `card/BPBD/A/${epoch}`],
    [agency, 'give/A'],
    [agency, 'have/A'],
    [desk, `op/B/${epoch}`],
    [desk, `ack/A/${epoch}`],
    [desk, 'members'],
    [desk, 'presence/B'],
  ]
  for (const [client, topic] of forbidden) await client.publishAsync(root + topic, '{}', { qos: 1 })
  await agency.publishAsync(`${root}have/BPBD-1`, '{}', { qos: 1 })
  await desk.publishAsync(`${root}op/A/${epoch}`, '{}', { qos: 1 })
  await until('what is allowed', () => heard.length >= 2)
  expect(heard.toSorted()).toEqual(['have/BPBD-1', `op/A/${epoch}`])
})
