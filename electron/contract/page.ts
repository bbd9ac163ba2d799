// How the page and the shell meet, over the one preload. Everything else goes over the ports that are handed over here.

/** The only channels between shell and page. Nothing outside main and preload may use them. */
export const pageChannel = { ready: 'page-ready', wall: 'page-wall', message: 'shell-message' } as const

/** Origin of the page; nothing else is ever loaded. `?mode=trial|live&theme=dark|light|hc` says how it was started, `&view=wall` that it is the second window. */
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

/** How large everything is drawn, in percent; five steps, as the design has them. */
export const zooms = [90, 100, 110, 120, 130] as const
export type Zoom = (typeof zooms)[number]

/**
 * What the page says to its own window, heard by the preload only.
 * - `meja-ready`: it listens; ports follow.
 * - `meja-zoom`: draw everything so large.
 * - `meja-wall`: open the second window, or close it when it is open.
 */
export type PageMessage =
  | { readonly kind: 'meja-ready' }
  | { readonly kind: 'meja-zoom'; readonly zoom: Zoom }
  | { readonly kind: 'meja-wall' }

/** The message in `data`, or null for everything else. */
export function pageMessage(data: unknown): PageMessage | null {
  if (typeof data !== 'object' || data === null) return null
  const { kind, zoom } = data as { kind?: unknown; zoom?: unknown }
  if (kind === 'meja-ready' || kind === 'meja-wall') return { kind }
  const known = zooms.find((one) => one === zoom)
  return kind === 'meja-zoom' && known !== undefined ? { kind, zoom: known } : null
}
