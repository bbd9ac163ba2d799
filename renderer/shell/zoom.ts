// How large everything is drawn: chosen here, or by the size of the monitor. Says it to the shell and changes nothing itself.
import { useEffect, useState } from 'react'
import { zooms, type PageMessage, type Zoom } from '#contract/page.ts'
import { useAction } from '../ui/actions.tsx'

const keptKey = 'meja.zoom'

/** What fits a monitor of this width in px (before any zoom), so that text is as large as on a 24-inch Full HD one. */
export function zoomOf(screenWidth: number): Zoom {
  if (screenWidth < 1280) return 90
  if (screenWidth < 2400) return 100
  if (screenWidth < 3000) return 110
  return screenWidth < 3600 ? 120 : 130
}

export type ZoomChoice = {
  readonly zoom: Zoom
  /** True while the monitor decides. */
  readonly isAutomatic: boolean
  /** null: let the monitor decide. */
  readonly choose: (zoom: Zoom | null) => void
}

/** The zoom of this window; its three keys work everywhere. */
export function useZoom(): ZoomChoice {
  const [chosen, setChosen] = useState(
    () => zooms.find((zoom) => String(zoom) === localStorage.getItem(keptKey)) ?? null,
  )
  const zoom = chosen ?? zoomOf(window.screen.width)
  useEffect(() => {
    const message: PageMessage = { kind: 'meja-zoom', zoom }
    window.postMessage(message, location.origin)
  }, [zoom])
  const choose = (next: Zoom | null): void => {
    if (next === null) localStorage.removeItem(keptKey)
    else localStorage.setItem(keptKey, String(next))
    setChosen(next)
  }
  const step = (by: 1 | -1): void => {
    const next = zooms[zooms.indexOf(zoom) + by]
    if (next !== undefined) choose(next)
  }
  useAction('zoomIn', () => step(1))
  useAction('zoomOut', () => step(-1))
  useAction('zoomReset', () => choose(null))
  return { zoom, isAutomatic: chosen === null, choose }
}
