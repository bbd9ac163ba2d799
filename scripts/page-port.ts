// Ports of its own to the programs behind a page, for tests and the scripted shift: speaks past the page's client, in raw messages.
import type { Page } from '@playwright/test'

export type PagePort = {
  /** Posts one raw message and waits for the answer with the same id; undefined when none comes. */
  readonly ask: (message: unknown) => Promise<unknown>
  /** Posts one raw message that deserves no answer. */
  readonly post: (message: unknown) => Promise<void>
}

/** Asks the shell for a new port to a program and keeps it in the page. */
export async function openPagePort(page: Page, role: 'core' | 'trial'): Promise<PagePort> {
  await page.evaluate(takePort, role)
  const ask = (message: unknown, waitMs = 10_000): Promise<unknown> => page.evaluate(askOnce, { role, message, waitMs })
  return {
    ask: (message) => ask(message),
    post: async (message) => void (await ask(message, 0)),
  }
}

/**
 * Runs in the page: says again that the page listens and takes the wanted port away from the page's own client, by sending
 * it through a channel to itself. Then it asks once more, so that the client has a port again.
 */
function takePort(wanted: string): Promise<void> {
  return new Promise<void>((resolve) => {
    const channel = new MessageChannel()
    const listener = (event: MessageEvent<{ kind?: string; role?: string }>): void => {
      const port = event.ports[0]
      if (event.data.kind !== 'meja-port' || event.data.role !== wanted || port === undefined) return
      window.removeEventListener('message', listener)
      channel.port1.postMessage(undefined, [port])
    }
    channel.port2.onmessage = (event) => {
      const port = event.ports[0]
      port?.start()
      Reflect.set(window, `rawPort-${wanted}`, port)
      window.postMessage({ kind: 'meja-ready' }, location.origin)
      resolve()
    }
    window.addEventListener('message', listener)
    window.postMessage({ kind: 'meja-ready' }, location.origin)
  })
}

type Question = { readonly role: string; readonly message: unknown; readonly waitMs: number }

/** Runs in the page. */
function askOnce({ role, message, waitMs }: Question): Promise<unknown> {
  const port = Reflect.get(window, `rawPort-${role}`) as MessagePort
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(undefined), waitMs)
    const listener = (event: MessageEvent<{ id?: unknown }[]>): void => {
      const answer = event.data.find(({ id }) => id === (message as { id?: unknown } | null)?.id)
      if (answer !== undefined) done(answer)
    }
    const done = (answer: unknown): void => {
      clearTimeout(timer)
      port.removeEventListener('message', listener)
      resolve(answer)
    }
    port.addEventListener('message', listener)
    port.postMessage(message)
  })
}
