// One window's page and the programs behind it: hands over ports once the page listens, and again after a reload.
import type { BrowserWindow, IpcMainEvent } from 'electron'
import { pageChannel, type Program, type ShellMessage } from '#contract/page.ts'
import type { Child } from './child.ts'
import type { LogFile } from './log-file.ts'
import { isTrusted } from './sender.ts'

export type PageLink = {
  readonly tell: (message: ShellMessage) => void
  readonly handOver: (role: Program) => void
  /** True when the message comes from this window's checked page; one from a strange frame in it is logged. */
  readonly isFrom: (event: IpcMainEvent) => boolean
  /** The page says that it listens. */
  readonly ready: () => void
}

type Facts = { readonly window: BrowserWindow; readonly log: LogFile; readonly running: ReadonlyMap<Program, Child> }

/** Follows a window until it is gone; a page that ended badly is loaded again. */
export function linkPage({ window, log, running }: Facts): PageLink {
  let isListening = false
  const post = (message: ShellMessage, ports: Electron.MessagePortMain[] = []): void => {
    if (isListening && !window.isDestroyed()) window.webContents.postMessage(pageChannel.message, message, ports)
  }
  const handOver = (role: Program): void => {
    if (!isListening || window.isDestroyed()) return
    const port = running.get(role)?.openPort()
    if (port !== undefined) post({ kind: 'meja-port', role }, [port])
  }
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) isListening = false
  })
  window.webContents.on('render-process-gone', (_event, details) => {
    log.write('main', JSON.stringify({ level: 'error', event: 'page ended', reason: details.reason }))
    isListening = false
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload()
  })
  return {
    tell: (message) => post(message),
    handOver,
    isFrom: (event) => {
      if (window.isDestroyed() || event.sender !== window.webContents) return false
      if (isTrusted(event.senderFrame, window.webContents.mainFrame)) return true
      log.write('main', '{"level":"error","event":"message from an untrusted frame"}')
      return false
    },
    ready: () => {
      isListening = true
      for (const role of running.keys()) handOver(role)
    },
  }
}
