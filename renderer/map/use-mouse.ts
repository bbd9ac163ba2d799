// The mouse on the map: dragging moves it, the wheel zooms at the pointer. What is typed elsewhere keeps its focus meanwhile.
import { useEffect, useLayoutEffect, useRef, type MouseEvent, type PointerEvent, type RefObject } from 'react'
import { dragged, zoomedAt, type MapView, type PlanePoint, type Size } from './plane.ts'
import type { MapState } from './use-map.ts'

/** One notch of most wheels (pixels) zooms by this factor. */
const notch = { pixels: 100, factor: 1.25 }
/** A line and a page of a wheel that does not count in pixels. */
const wheelUnits = [1, 33, 400] as const
/** A hand trembles: less than this is a click (pixels). */
const leastDrag = 4

type Drag = { readonly id: number; readonly from: PlanePoint; readonly view: MapView; hasMoved: boolean }
type Listeners = {
  readonly onMouseDown: (event: MouseEvent<HTMLElement>) => void
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void
}

/** What the element of the map listens to. A click gives it the focus, so that its keys work; a drag leaves the focus where it is. */
export function useMouse(
  { view, setView }: Pick<MapState, 'view' | 'setView'>,
  size: Size,
): readonly [RefObject<HTMLDivElement | null>, Listeners] {
  const element = useRef<HTMLDivElement>(null)
  const drag = useRef<Drag | null>(null)
  useWheel(element, (event, at) => setView(zoomedAt(view, size, wheelFactor(event), at)))
  const listeners: Listeners = {
    onMouseDown: (event) => event.preventDefault(),
    onPointerDown: (event) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      drag.current = { id: event.pointerId, from: { x: event.clientX, y: event.clientY }, view, hasMoved: false }
    },
    onPointerMove: ({ pointerId, clientX, clientY }) => {
      const { current } = drag
      if (current === null || current.id !== pointerId) return
      const [x, y] = [clientX - current.from.x, clientY - current.from.y]
      current.hasMoved ||= Math.hypot(x, y) >= leastDrag
      if (current.hasMoved) setView(dragged(current.view, x, y))
    },
    onPointerUp: (event) => {
      if (drag.current?.hasMoved === false) event.currentTarget.focus()
      drag.current = null
    },
    onPointerCancel: () => {
      drag.current = null
    },
  }
  return [element, listeners]
}

/** React listens to wheels passively, so that the page would scroll as well. */
function useWheel(
  element: RefObject<HTMLDivElement | null>,
  onWheel: (event: WheelEvent, at: PlanePoint) => void,
): void {
  const latest = useRef(onWheel)
  useLayoutEffect(() => void (latest.current = onWheel))
  useEffect(() => {
    const { current } = element
    if (current === null) return
    const listen = (event: WheelEvent): void => {
      event.preventDefault()
      const box = current.getBoundingClientRect()
      latest.current(event, { x: event.clientX - box.left, y: event.clientY - box.top })
    }
    current.addEventListener('wheel', listen, { passive: false })
    return () => current.removeEventListener('wheel', listen)
  }, [element])
}

/** Turning towards the operator shows more land. One event zooms by a few notches at most, however fast the wheel is. */
function wheelFactor({ deltaY, deltaMode }: WheelEvent): number {
  const notches = (deltaY * (wheelUnits[deltaMode] ?? 1)) / notch.pixels
  return notch.factor ** Math.min(4, Math.max(-4, notches))
}
