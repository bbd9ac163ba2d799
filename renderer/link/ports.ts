// Receives the ports that main hands to this page and what it says of the process behind them.
import { z } from 'zod'
import type { ShellMessage } from '#contract/page.ts'
import { webPort } from '#contract/port.ts'
import type { Desk } from './desk.ts'

const shellMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('meja-port'), role: z.enum(['core', 'trial']) }),
  z.object({ kind: z.literal('meja-core'), state: z.enum(['gone', 'silent', 'back']) }),
  z.object({ kind: z.literal('meja-second-start') }),
]) satisfies z.ZodType<ShellMessage>

/**
 * Listens for ports and asks for them. A message from elsewhere is ignored. `onSecondStart` is called when somebody
 * started the program again. Returns how to stop.
 */
export function receivePorts(page: Window, desk: Desk, onSecondStart: () => void): () => void {
  const listener = (event: MessageEvent<unknown>): void => {
    if (event.source !== page) return
    const parsed = shellMessage.safeParse(event.data)
    if (!parsed.success) return
    switch (parsed.data.kind) {
      case 'meja-core':
        return desk.core.hear(parsed.data.state)
      case 'meja-second-start':
        return onSecondStart()
      case 'meja-port': {
        const port = event.ports[0]
        if (port !== undefined) desk[parsed.data.role].attach(webPort(port))
      }
    }
  }
  page.addEventListener('message', listener)
  page.postMessage({ kind: 'meja-ready' }, page.location.origin)
  return () => page.removeEventListener('message', listener)
}
