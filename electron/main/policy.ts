// What a page may not do, which is nearly everything: deny by default, for every window and whatever it shows.
import type { App, Session, WebContents } from 'electron'
import { isOwnPage } from './sender.ts'

/** Switches off what Chromium does on its own. Must run before the program is ready. */
export function quietChromium(app: App): void {
  for (const name of ['disable-background-networking', 'disable-component-update', 'no-pings', 'no-first-run']) {
    app.commandLine.appendSwitch(name)
  }
  // Dates in the engine's own controls, too, are written as an Indonesian reads them.
  app.commandLine.appendSwitch('lang', 'id')
}

/**
 * No permission, no device, no screen sharing, no spelling dictionary to fetch, and no request but to the page's own files.
 * One check is passed: our own page may know the names of the loudspeakers and play on the one that was chosen. Chromium asks
 * for that as "media, audio"; opening a microphone is a request besides, and every request is refused.
 */
export function denyInSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(
    (_contents, permission, origin, { mediaType }) =>
      permission === 'media' && mediaType === 'audio' && isOwnPage(origin.replace(/\/$/, '')),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url) }))
  session.on('will-download', (event) => event.preventDefault())
}

/** Developer tools live at their own address, and are off in a packaged program. */
function mayLoad(url: string): boolean {
  return isOwnPage(url) || url.startsWith('devtools://')
}

/** No other page, no other window, no embedded page, no dialog that would hold the screen. */
export function denyInPage(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-prevent-unload', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
