// A port of its own to core, for tests that speak past the page's client. Messages are raw: that is what is tested.
import type { Page } from '@playwright/test'

/** Takes a new port from the shell and keeps it in the page under the name `forgedPort`. */
export async function openRawPort(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const listener = (event: MessageEvent<{ kind?: string; role?: string }>): void => {
          const port = event.ports[0]
          if (event.data.kind !== 'meja-port' || event.data.role !== 'core' || port === undefined) return
          window.removeEventListener('message', listener)
          port.start()
          Reflect.set(window, 'forgedPort', port)
          resolve()
        }
        window.addEventListener('message', listener)
        window.postMessage({ kind: 'meja-ready' }, location.origin)
      }),
  )
}

/** Posts one raw message and returns the next answer with the same id, or undefined when none comes within 500 ms. */
export async function askRaw(page: Page, message: unknown): Promise<unknown> {
  return page.evaluate((sent) => {
    const port = Reflect.get(window, 'forgedPort') as MessagePort
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(undefined), 500)
      const listener = (event: MessageEvent<{ id?: unknown }>): void => {
        if (event.data.id === (sent as { id?: unknown } | null)?.id) done(event.data)
      }
      const done = (answer: unknown): void => {
        clearTimeout(timer)
        port.removeEventListener('message', listener)
        resolve(answer)
      }
      port.addEventListener('message', listener)
      port.postMessage(sent)
    })
  }, message)
}
