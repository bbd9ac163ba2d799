// Passes the shell's messages and ports to the page, and what the page may ask to the shell. It exposes nothing else.
import { ipcRenderer, webFrame } from 'electron'
import { pageChannel, pageMessage, type ShellMessage } from '#contract/page.ts'

ipcRenderer.on(pageChannel.message, (event, message: ShellMessage) => {
  window.postMessage(message, location.origin, [...event.ports])
})

window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== location.origin) return
  const said = pageMessage(event.data)
  if (said?.kind === 'meja-ready') ipcRenderer.send(pageChannel.ready)
  if (said?.kind === 'meja-wall') ipcRenderer.send(pageChannel.wall)
  if (said?.kind === 'meja-zoom') webFrame.setZoomFactor(said.zoom / 100)
})
