// The state of one map: what it shows, and how the operator moved it. It follows the place in hand until somebody moves it.
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { IncidentId } from '#domain/id.ts'
import { useLive } from '../link/use-live.ts'
import {
  boundsOf,
  createPlane,
  middleOf,
  viewAround,
  viewOf,
  type Bounds,
  type GeoPoint,
  type MapView,
  type Plane,
  type Size,
} from './plane.ts'
import type { Borders, MapRow } from './precision.ts'

export type MapState = {
  readonly row: MapRow
  readonly borders: Borders | null
  readonly plane: Plane
  readonly view: MapView
  readonly whole: MapView
  /** Where the map goes by itself; the same as `whole` while no place is in hand. */
  readonly here: MapView
  readonly setView: (view: MapView | null) => void
}

/** Everything a map needs; null while nothing is loaded or no point at all is known. */
export function useMap(incident: IncidentId | null, size: Size): MapState | null {
  const row = useLive('map', { incident }).value
  const borders = useLive('borders', {}).value ?? null
  const [moved, setMoved] = useState<{ key: string; view: MapView } | null>(null)
  const bounds = useBounds(row)
  const plane = useMemo(() => (bounds === null ? null : createPlane(middleOf(bounds))), [bounds])
  const focus = row === undefined ? null : (row.inHand?.point ?? row.callers[0]?.point ?? null)
  const key = focus === null ? '' : `${focus.lat} ${focus.lon}`
  const setView = useCallback((view: MapView | null) => setMoved(view === null ? null : { key, view }), [key])
  if (row === undefined || bounds === null || plane === null) return null
  const whole = viewOf(plane, bounds, size)
  const here = focus === null ? whole : viewAround(plane.at(focus), size)
  return { row, borders, plane, view: moved?.key === key ? moved.view : here, whole, here, setView }
}

/** The box of the regency, else of what is known; the same object while it is the same box. */
function useBounds(row: MapRow | undefined): Bounds | null {
  const bounds = row === undefined ? null : (row.bounds ?? boundsOf(pointsOf(row)))
  const text = JSON.stringify(bounds)
  return useMemo(() => JSON.parse(text) as Bounds | null, [text])
}

function pointsOf({ pins, inHand, callers, known }: MapRow): GeoPoint[] {
  const own = inHand === null ? [] : [inHand]
  return [...pins, ...own, ...callers, ...known].flatMap(({ point }) => (point === null ? [] : [point]))
}

/** The size of an element as it is now; the first size where nothing measures. */
export function useSize(first: Size): readonly [RefObject<HTMLDivElement | null>, Size] {
  const element = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState(first)
  useEffect(() => {
    const { current } = element
    if (current === null || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return
      const { width, height } = entry.contentRect
      if (width > 0 && height > 0) setSize({ width: Math.round(width), height: Math.round(height) })
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  return [element, size]
}
