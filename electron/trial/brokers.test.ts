import mqtt, { type MqttClient } from 'mqtt'
import { afterEach, describe, expect, it } from 'vitest'
import { mosquittoAcl, type Role } from '#log/acl.ts'
import { startBroker, type TrialBroker } from './brokers.ts'

const users = new Map<string, Role>([
  ['A', { kind: 'desk' }],
  ['B', { kind: 'desk' }],
  ['PUSAT', { kind: 'centre' }],
  ['BPBD-1', { kind: 'agency', code: 'BPBD' }],
  ['PMI-1', { kind: 'agency', code: 'PMI' }],
  ['pbx1', { kind: 'bridge' }],
])
const epoch = 'abcdefghijklmnop'
const root = 'm112/v1/demak-uji/'

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.toReversed()) await close()
  open.length = 0
})

async function broker(restricted = true): Promise<TrialBroker> {
  const started = await startBroker(
    restricted ? { site: 'demak-uji', roleOf: (user) => users.get(user) ?? null } : undefined,
  )
  open.push(started.close)
  return started
}

type Member = { readonly client: MqttClient; readonly heard: string[] }

async function member(at: TrialBroker, username: string): Promise<Member> {
  const client = await mqtt.connectAsync(at.url, { username, reconnectPeriod: 0, protocolVersion: 4 })
  open.push(() => client.endAsync(true))
  const heard: string[] = []
  client.on('message', (topic, payload) => heard.push(`${topic.slice(root.length)} ${payload.toString()}`))
  await client.subscribeAsync(`${root}#`, { qos: 1 })
  return { client, heard }
}

function next(client: MqttClient, event: 'message' | 'close'): Promise<void> {
  return new Promise((resolve) => client.once(event, () => resolve()))
}

/** Everything published before this has reached the member. */
async function caughtUp({ client, heard }: Member, by: MqttClient): Promise<void> {
  const mark = `mark-${Math.random()}`
  await by.publishAsync(`${root}reference/mark`, mark, { qos: 1 })
  while (!heard.includes(`reference/mark ${mark}`)) await next(client, 'message')
  heard.splice(heard.indexOf(`reference/mark ${mark}`), 1)
}

describe('the sync broker', () => {
  it('lets in members only', async () => {
    const at = await broker()
    await expect(member(at, 'STRANGER')).rejects.toThrow('Bad username')
    await expect(mqtt.connectAsync(at.url, { reconnectPeriod: 0 })).rejects.toThrow('Bad username')
  })

  it('gives each role what it may read, and acknowledges and drops what it may not write', async () => {
    const at = await broker()
    const [a, b, centre, bpbd, pmi] = await Promise.all(
      ['A', 'B', 'PUSAT', 'BPBD-1', 'PMI-1'].map((name) => member(at, name)),
    )
    if (!a || !b || !centre || !bpbd || !pmi) throw new Error('a member is missing')
    const say = (from: Member, topic: string) => from.client.publishAsync(root + topic, '{}', { qos: 1 })
    await say(a, `op/A/${epoch}`)
    await say(a, `op/B/${epoch}`)
    await say(a, `card/BPBD/A/${epoch}`)
    await say(a, `ack/B/${epoch}`)
    await say(a, 'members')
    await say(bpbd, `agency/BPBD/BPBD-1/${epoch}`)
    await say(bpbd, `agency/PMI/BPBD-1/${epoch}`)
    await say(bpbd, 'give/A')
    await say(bpbd, 'presence/BPBD-1')
    await say(centre, `ack/A/${epoch}`)
    await say(centre, 'give/A')
    for (const each of [a, b, centre, bpbd, pmi]) await caughtUp(each, centre.client)

    const marks = (each: Member) => each.heard.filter((line) => !line.startsWith('reference/mark')).toSorted()
    const own = [`agency/BPBD/BPBD-1/${epoch} {}`, `op/A/${epoch} {}`, 'presence/BPBD-1 {}']
    expect(marks(a)).toEqual([`ack/A/${epoch} {}`, ...own, 'give/A {}'].toSorted())
    expect(marks(b)).toEqual(own)
    expect(marks(centre)).toEqual([`ack/A/${epoch} {}`, ...own].toSorted())
    expect(marks(bpbd)).toEqual([`agency/BPBD/BPBD-1/${epoch} {}`, `card/BPBD/A/${epoch} {}`])
    expect(marks(pmi)).toEqual([])
  })

  it('writes the same table as an ACL file', () => {
    const text = mosquittoAcl('demak-uji', new Map([['BPBD-1', { kind: 'agency', code: 'BPBD' }]]))
    expect(text).toBe(
      `${[
        'user BPBD-1',
        `topic write ${root}agency/BPBD/BPBD-1/+`,
        `topic write ${root}have/BPBD-1`,
        `topic write ${root}want/BPBD-1`,
        `topic write ${root}presence/BPBD-1`,
        `topic read ${root}card/BPBD/+/+`,
        `topic read ${root}agency/BPBD/+/+`,
        `topic read ${root}ack/BPBD-1/+`,
        `topic read ${root}give/BPBD-1`,
        `topic read ${root}members`,
        `topic read ${root}reference/+`,
      ].join('\n')}\n`,
    )
  })
})

describe('the plug', () => {
  it('cuts every connection, refuses new ones, and keeps retained messages until it is back', async () => {
    const at = await broker(false)
    const a = await member(at, 'A')
    await a.client.publishAsync(`${root}members`, 'kept', { qos: 1, retain: true })
    const closed = next(a.client, 'close')
    await at.cut()
    await closed
    expect(at.isUp()).toBe(false)
    await expect(mqtt.connectAsync(at.url, { reconnectPeriod: 0 })).rejects.toThrow('ECONNREFUSED')
    await at.restore()
    expect(at.isUp()).toBe(true)
    const b = await member(at, 'B')
    while (b.heard.length === 0) await next(b.client, 'message')
    expect(b.heard).toEqual(['members kept'])
  })

  it('may be pulled and plugged twice in a row', async () => {
    const at = await broker(false)
    await at.cut()
    await at.cut()
    await at.restore()
    await at.restore()
    expect((await member(at, 'A')).client.connected).toBe(true)
  })
})

describe('a forgetful broker', () => {
  it('acknowledges and delivers nothing', async () => {
    const at = await broker()
    const a = await member(at, 'A')
    const b = await member(at, 'B')
    const centre = await member(at, 'PUSAT')
    at.setForgetful(true)
    await a.client.publishAsync(`${root}op/A/${epoch}`, 'lost', { qos: 1 })
    at.setForgetful(false)
    await a.client.publishAsync(`${root}op/A/${epoch}`, 'heard', { qos: 1 })
    await caughtUp(b, centre.client)
    expect(b.heard).toEqual([`op/A/${epoch} heard`])
  })
})
