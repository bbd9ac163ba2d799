// The page goes on when the process behind its port ends: same command id, subscriptions again, values kept but marked.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { serve, webPort, type Port } from '#contract/port.ts'
import { Link, type LinkState } from './client.ts'

/** Ends only what hangs: a busy machine is slow. */
const patience = { timeout: 30_000 }

const commands = { save: { input: z.object({ text: z.string() }), output: z.object({ saved: z.string() }) } }
const queries = { text: { input: z.object({}), output: z.object({ text: z.string() }) } }
type Life = {
  readonly port: Port
  readonly seen: string[]
  readonly push: (text: string) => void
  readonly end: () => void
}

const ends: (() => void)[] = []
/** One life of the serving process; `answers` false = it takes commands and dies before it replies. */
function life(text: string, answers = true): Life {
  const channel = new MessageChannel()
  const seen: string[] = []
  const pushes = new Set<(value: { text: string }) => void>()
  serve(
    webPort(channel.port1),
    {
      commands,
      handlers: {
        save: (input, { command, session }) => {
          seen.push(`${input.text} ${command} ${session}`)
          return answers ? { saved: input.text } : new Promise(() => undefined)
        },
      },
      queries,
      watchers: {
        text: (_input, push) => {
          pushes.add(push)
          push({ text })
          return () => pushes.delete(push)
        },
      },
    },
    { incarnation: text, onError: () => undefined },
  )
  const end = (): void => channel.port1.close()
  ends.push(end)
  const push = (next: string): void => pushes.forEach((each) => each({ text: next }))
  return { port: webPort(channel.port2), seen, push, end }
}
function link(patienceMs = 5000, pingMs = 50) {
  const made = new Link(commands, queries, {
    session: () => 'b3b8f1f4-0000-4000-8000-000000000001',
    patienceMs,
    pingMs,
  })
  ends.push(() => made.close())
  return made
}
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

describe('link', () => {
  it('repeats a command that was cut off, with the same id, on the next port', async () => {
    const page = link()
    const first = life('one', false)
    page.attach(first.port)
    const reply = page.call('save', { text: 'x' })
    await vi.waitFor(() => expect(first.seen).toHaveLength(1), patience)
    page.hear('gone')
    const second = life('two')
    page.attach(second.port)
    expect(await reply).toEqual({ saved: 'x' })
    expect(second.seen).toEqual(first.seen)
  })

  it('gives a command up when no port comes', async () => {
    expect(await link(30).call('save', { text: 'x' })).toEqual({ fault: 'core_restarted' })
  })

  it('keeps what was shown and marks it stale until the next process says it again', async () => {
    const page = link()
    const store = page.live('text', {})
    const stop = store.subscribe(() => undefined)
    expect(store.get()).toEqual({ value: undefined, isStale: true })
    page.attach(life('one').port)
    await vi.waitFor(() => expect(store.get()).toEqual({ value: { text: 'one' }, isStale: false }), patience)
    page.hear('gone')
    expect(store.get()).toEqual({ value: { text: 'one' }, isStale: true })
    page.attach(life('two').port)
    await vi.waitFor(() => expect(store.get()).toEqual({ value: { text: 'two' }, isStale: false }), patience)
    stop()
  })

  it('watches a query once for all who look, and tells nobody when nothing changed', async () => {
    const page = link()
    const one = life('same')
    page.attach(one.port)
    const heard = vi.fn<() => void>()
    const stops = [heard, () => undefined].map((listener) => page.live('text', {}).subscribe(listener))
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), patience)
    one.push('same')
    one.push('other')
    await vi.waitFor(() => expect(page.live('text', {}).get().value).toEqual({ text: 'other' }), patience)
    expect(heard).toHaveBeenCalledTimes(2)
    for (const stop of stops) stop()
  })

  it('tells how the other side is', async () => {
    const page = link()
    const states: LinkState[] = []
    page.state.subscribe(() => states.push(page.state.get()))
    page.hear('gone')
    page.attach(life('one').port)
    page.hear('silent')
    page.hear('back')
    page.hear('gone')
    page.attach(life('two').port)
    expect(states).toEqual(['up', 'silent', 'up', 'gone', 'up'])
  })
})
