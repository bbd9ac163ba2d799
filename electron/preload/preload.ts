// Passes the shell's messages and ports to the page, and the page's "I listen" to the shell. It exposes nothing else.
import { ipcRenderer } from 'electron'
import { isPageReady, pageChannel, type ShellMessage } from '#contract/page.ts'

ipcRenderer.on(pageChannel.message, (event, message: ShellMessage) => {
  window.postMessage(message, location.origin, [...event.ports])
})

window.addEventListener('message', (event) => {
  if (event.source === window && event.origin === location.origin && isPageReady(event.data)) {
    ipcRenderer.send(pageChannel.ready)
  }
})
