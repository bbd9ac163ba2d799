// How the page and the shell meet, over the one preload. Everything else goes over the ports that are handed over here.

/** The only two channels between shell and page. Nothing outside main and preload may use them. */
export const pageChannel = { ready: 'page-ready', message: 'shell-message' } as const

/** Origin of the page; nothing else is ever loaded. `?mode=trial|live&theme=dark|light|hc` says how it was started. */
export const pageOrigin = 'app://meja-112'

/** A program behind a port. */
export type Program = 'core' | 'trial'

/**
 * What the shell tells the page, as `event.data` of a window message whose `event.source` is the page's own window.
 * - `meja-port`: comes with one port in `event.ports`; replaces an earlier one of that program.
 * - `meja-core`: core has ended and is started again (a port follows), has been silent for 3 s, or answers again.
 * - `meja-second-start`: somebody started the program again; this window was brought to the front instead.
 */
export type ShellMessage =
  | { readonly kind: 'meja-port'; readonly role: Program }
  | { readonly kind: 'meja-core'; readonly state: 'gone' | 'silent' | 'back' }
  | { readonly kind: 'meja-second-start' }

/** True when the page says to its own window, `{ kind: 'meja-ready' }`, that it listens; ports follow. */
export function isPageReady(data: unknown): boolean {
  return typeof data === 'object' && data !== null && (data as { kind?: unknown }).kind === 'meja-ready'
}
