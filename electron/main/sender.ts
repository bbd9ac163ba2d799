// Decides whether a message comes from our own page in its top frame. Pure, so that every case is tested.
import { pageOrigin } from '#contract/page.ts'

/** What is looked at of the frame that sent a message. */
export type SenderFrame = { readonly origin: string; readonly url: string; readonly parent: unknown }

/** True for an address of the page itself. */
export function isOwnPage(url: string): boolean {
  return url === pageOrigin || url.startsWith(`${pageOrigin}/`)
}

/** True when the frame is alive, is the window's top frame and shows our own page. */
export function isTrusted(frame: SenderFrame | null | undefined, mainFrame: unknown): boolean {
  return (
    frame !== null &&
    frame !== undefined &&
    frame === mainFrame &&
    frame.parent === null &&
    frame.origin === pageOrigin &&
    isOwnPage(frame.url)
  )
}
