import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fault } from '#domain/fault.ts'
import { connect, serve, webPort, type Port } from './port.ts'

const commands = {
  double: { input: z.object({ n: z.number() }), output: z.object({ n: z.number() }) },
  fail: { input: z.object({}), output: z.object({}) },
}
const queries = { count: { input: z.object({ from: z.number() }), output: z.object({ n: z.number() }) } }
const with_ = { command: '0193a1f0-0000-7000-8000-0000000000b1', session: null }

const opened: MessageChannel[] = []
function pair() {
  const channel = new MessageChannel()
  opened.push(channel)
  const seen: string[] = []
  serve(
    webPort(channel.port1 as never),
    {
      commands,
      handlers: {
        double: ({ n }) => (n < 0 ? fault('wrong_state') : { n: n * 2 }),
        fail: () => {
          throw new Error('bug')
        },
      },
      queries,
      watchers: {
        count: ({ from }, push) => {
          push({ n: from })
          push({ n: from + 1 })
          return () => seen.push('stopped')
        },
      },
    },
    { incarnation: 'one', onInvalid: (what) => seen.push(what), onError: () => seen.push('error') },
  )
  const raw = webPort(channel.port2 as never)
  return { client: connect(raw, commands, queries), raw, seen }
}
afterEach(() => {
  for (const channel of opened.splice(0)) channel.port1.close()
})

describe('port', () => {
  it('answers a command with its output or its refusal', async () => {
    const { client } = pair()
    expect(await client.call('double', { n: 4 }, with_)).toEqual({ n: 8 })
    expect(await client.call('double', { n: -1 }, with_)).toEqual({ fault: 'wrong_state' })
  })

  it('refuses a wrong input and names the field', async () => {
    const { client, seen } = pair()
    expect(await client.call('double', { n: 'x' } as never, with_)).toEqual({
      fault: 'invalid',
      field: 'n',
      detail: 'invalid_type',
    })
    expect(seen).toEqual(['command double'])
  })

  it('refuses a forged command name without reaching into the prototype', async () => {
    const { client } = pair()
    expect(await client.call('constructor' as never, {} as never, with_)).toEqual({ fault: 'invalid' })
  })

  it('ignores a message of no known form and counts it', async () => {
    const { client, raw, seen } = pair()
    raw.post({ evil: true })
    raw.post('text')
    await client.ping()
    expect(seen).toEqual(['message', 'message'])
  })

  it('answers a throw and reports it', async () => {
    const { client, seen } = pair()
    expect(await client.call('fail', {}, with_)).toEqual({ fault: 'database_failed' })
    expect(seen).toEqual(['error'])
  })

  it('pushes every value of a watched query and stops when asked', async () => {
    const { client, seen } = pair()
    const values: number[] = []
    const stop = client.watch('count', { from: 5 }, (value) => values.push(value.n))
    await client.ping()
    expect(values).toEqual([5, 6])
    stop()
    await client.ping()
    expect(seen).toEqual(['stopped'])
  })

  it('sends in one message whatever one turn has to say', async () => {
    const sent: unknown[][] = []
    const told: ((message: unknown) => void)[] = []
    const port: Port = {
      post: (message) => void sent.push(message as unknown[]),
      onMessage: (listener) => void told.push(listener),
      onClose: () => undefined,
      close: () => undefined,
    }
    const pushes: ((n: number) => void)[] = []
    const watchers = {
      count: (_: unknown, push: (value: { n: number }) => void) => (pushes.push((n) => push({ n })), () => undefined),
    }
    serve(port, { commands, handlers: {} as never, queries, watchers }, { incarnation: 'a', onError: () => undefined })
    for (const id of [1, 2]) told[0]?.({ t: 'watch', id, name: 'count', input: { from: 0 } })
    pushes.forEach((push, index) => push(index))
    await Promise.resolve()
    expect(sent.map((message) => message.length)).toEqual([2])
    pushes[0]?.(7)
    await Promise.resolve()
    expect(sent.map((message) => message.length)).toEqual([2, 1])
  })

  it('answers what waits with core_restarted when the other side goes', async () => {
    const channel = new MessageChannel()
    const client = connect(webPort(channel.port2 as never), commands, queries)
    const reply = client.call('double', { n: 1 }, with_)
    channel.port1.close()
    expect(await reply).toEqual({ fault: 'core_restarted' })
  })
})
