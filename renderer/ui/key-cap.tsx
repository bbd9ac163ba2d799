// The printed key of an action. Never the only label of anything.
import type { ReactNode } from 'react'
import { keyCapText, keymap, type ActionId } from './keymap.ts'

/** The key cap of an action, or of a text such as a letter. */
export function KeyCap({ action, text }: { action?: ActionId; text?: string }): ReactNode {
  return <kbd>{text ?? (action === undefined ? '' : keyCapText(keymap[action].keys))}</kbd>
}
