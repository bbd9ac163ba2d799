import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startBroker } from '../../trial/brokers.ts'
import { backoff, startLink } from './link.ts'
import type { Link, LinkState } from './link.ts'
import { normalTiming } from './timing.ts'
import { until } from './test-site.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** A TCP port that answers as it likes. */
async function port(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function link(brokers: string[], more: { keepaliveS?: number; member?: string } = {}) {
  const states: LinkState[] = []
  const heard: string[] = []
  const made: Link = startLink({
    brokers,
    member: more.member ?? 'A',
    subscriptions: ['uji/#'],
    will: { topic: 'uji/presence', payload: 'offline' },
    timing: { ...normalTiming, retryFromMs: 10, retryToMs: 40, keepaliveS: more.keepaliveS ?? 5 },
    onMessage: (_topic, payload) => heard.push(payload.toString()),
    onState: (state) => states.push(state),
  })
  ends.push(() => made.stop())
  return { made, states, heard }
}

test('the next broker of the list is tried when one is dead, and what is published while down is not kept', async () => {
  const dead = await port((socket) => socket.destroy())
  const good = await startBroker()
  ends.push(good.close)
  const { made, states, heard } = link([dead, good.url])
  expect(await made.publish('uji/a', 'terlalu dini')).toBe(false)
  await until('up', () => made.state() === 'up')
  expect(await made.publish('uji/a', 'sampai')).toBe(true)
  await until('heard', () => heard.includes('sampai'))
  expect(heard).toEqual(['sampai'])
  await good.cut()
  await until('down', () => made.state() !== 'up')
  expect(await made.publish('uji/a', 'hilang')).toBe(false)
  await good.restore()
  await until('up again', () => made.state() === 'up')
  expect(heard).not.toContain('hilang')
  expect(states).toContain('connecting')
})

test('a publish that the connection takes with it resolves to false', async () => {
  // Accepts the connection and the subscription, and never acknowledges a publish.
  const deaf = await port((socket) =>
    socket.on('data', (data) => {
      if (data[0] === 0x10) socket.write(Buffer.from([0x20, 2, 0, 0]))
      if (data[0] === 0x82) socket.write(Buffer.from([0x90, 3, data[2] ?? 0, data[3] ?? 0, 1]))
      if (data[0] === 0x32) socket.destroy()
    }),
  )
  const { made } = link([deaf])
  await until('up', () => made.state() === 'up')
  expect(await made.publish('uji/a', 'tidak dijawab')).toBe(false)
})

test('a broker that turns this member away is shown as a refusal', async () => {
  const strict = await startBroker({ site: 'uji', roleOf: () => null })
  ends.push(strict.close)
  const { made } = link([strict.url])
  await until('refused', () => made.state() === 'refused')
})

test('a broker that closes again and again right after the connection is shown as a refusal', async () => {
  const closing = await port((socket) =>
    socket.on('data', (data) => {
      if (data[0] === 0x10) socket.write(Buffer.from([0x20, 2, 0, 0]))
      if (data[0] === 0x82) socket.end(Buffer.from([0x90, 3, data[2] ?? 0, data[3] ?? 0, 1]))
    }),
  )
  const { made } = link([closing])
  await until('refused', () => made.state() === 'refused')
})

/** Answers until the subscription and then nothing any more, the connection stays. */
function freezingPort(): Promise<string> {
  let isFrozen = false
  return port((socket) =>
    socket.on('data', (data) => {
      if (isFrozen) return
      if (data[0] === 0x10) socket.write(Buffer.from([0x20, 2, 0, 0]))
      if (data[0] === 0x82) {
        socket.write(Buffer.from([0x90, 3, data[2] ?? 0, data[3] ?? 0, 1]))
        isFrozen = true
      }
    }),
  )
}

test.each([1, normalTiming.keepaliveS])(
  'a socket that froze is noticed within 10 s although we go on publishing into it (keepalive %i s)',
  async (keepaliveS) => {
    const { made, states } = link([await freezingPort()], { keepaliveS })
    await until('up', () => states.includes('up'))
    const talking = setInterval(() => void made.publish('uji/a', 'halo'), 100)
    ends.push(() => clearInterval(talking))
    await until('noticed', () => states.at(-1) !== 'up')
  },
)

test('a new connection is tried after a random wait between half a second and 15 seconds that grows with each try', () => {
  const wait = (attempts: number, random: number) => backoff(normalTiming, attempts, random)
  for (let attempts = 1; attempts < 50; attempts += 1) {
    expect(wait(attempts, 0)).toBe(500)
    expect(wait(attempts, 0.999)).toBeLessThan(15_000)
    expect(wait(attempts + 1, 0.5)).toBeGreaterThanOrEqual(wait(attempts, 0.5))
  }
  expect(wait(1, 0.999)).toBeLessThan(1_000)
  expect(wait(20, 0.999)).toBeGreaterThan(14_900)
})
