// Whether the window is small: the same limits as in compact.css.
import { useSyncExternalStore } from 'react'

const query = '(max-width: 1700px), (max-height: 960px)'

function subscribe(listener: () => void): () => void {
  const media = typeof matchMedia === 'undefined' ? null : matchMedia(query)
  media?.addEventListener('change', listener)
  return () => media?.removeEventListener('change', listener)
}

/** True in the compact layout, where some panels become tabs. */
export function useCompact(): boolean {
  return useSyncExternalStore(subscribe, () => typeof matchMedia !== 'undefined' && matchMedia(query).matches)
}
