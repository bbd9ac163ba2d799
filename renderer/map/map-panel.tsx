// The map of the call screen and of the screen Peta: moved and zoomed by keys and mouse, and said in words for who cannot see it.
import { memo, useId, type KeyboardEvent, type ReactNode } from 'react'
import type { IncidentId } from '#domain/id.ts'
import { useText } from '../text/text.ts'
import { isKeyOf } from '../ui/actions.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import type { ActionId } from '../ui/keymap.ts'
import { MapPicture } from './map-picture.tsx'
import { panned, zoomed, type MapView, type Size } from './plane.ts'
import { useMap, useSize, type MapState } from './use-map.ts'
import { CallerLines, InWords, PlaceLine } from './map-words.tsx'
import { useMouse } from './use-mouse.ts'

type Props = {
  /** The incident in hand; what is typed elsewhere does not touch the map. */
  readonly incident: IncidentId | null
  /** The focus may go here when its screen is opened. */
  readonly isMain?: boolean
}

/** Drawn again only when what it shows has changed. */
export const MapPanel = memo(function MapPanel({ incident, isMain = false }: Props): ReactNode {
  const t = useText()
  const id = useId()
  const [element, size] = useSize({ width: 640, height: 200 })
  const map = useMap(incident, size)
  return (
    <section className={isMain ? 'panel map main-map' : 'panel map'} aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{t('map.title')}</h2>
        <span className="grow" />
        {map !== null && <PlaceLine row={map.row} borders={map.borders} />}
      </div>
      <div ref={element} className="map-box">
        {map === null ? (
          <p className="empty dim">{t('map.nothing')}</p>
        ) : (
          <Moving map={map} size={size} isMain={isMain} />
        )}
      </div>
      {map !== null && <CallerLines row={map.row} />}
    </section>
  )
})

/** A quarter of the map at a time, or twice and half the scale. */
const step = 0.25
const factor = 1.5
const moves: Readonly<Partial<Record<ActionId, (map: MapState, size: Size) => MapView | null>>> = {
  mapLeft: ({ view }, size) => panned(view, size, -step, 0),
  mapRight: ({ view }, size) => panned(view, size, step, 0),
  mapUp: ({ view }, size) => panned(view, size, 0, -step),
  mapDown: ({ view }, size) => panned(view, size, 0, step),
  mapNearer: ({ view }) => zoomed(view, 1 / factor),
  mapFarther: ({ view }) => zoomed(view, factor),
  mapWhole: ({ whole }) => whole,
  mapHere: () => null,
}
const buttons = ['mapNearer', 'mapFarther', 'mapWhole', 'mapHere'] as const
/** The same keys on the number pad and as the letters they print. */
const alike: Readonly<Record<string, ActionId>> = {
  NumpadAdd: 'mapNearer',
  NumpadSubtract: 'mapFarther',
  Numpad0: 'mapWhole',
}

type MovingProps = { readonly map: MapState; readonly size: Size; readonly isMain: boolean }

function Moving({ map, size, isMain }: MovingProps): ReactNode {
  const t = useText()
  const help = useId()
  const [element, mouse] = useMouse(map, size)
  const run = (id: ActionId): void => {
    const move = moves[id]
    if (move !== undefined) map.setView(move(map, size))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const wanted = (Object.keys(moves) as ActionId[]).find((id) => isKeyOf(id, event)) ?? alike[event.code]
    const id = wanted ?? (event.key === '+' ? 'mapNearer' : undefined)
    if (id === undefined || event.ctrlKey || event.altKey) return
    event.preventDefault()
    run(id)
  }
  return (
    <>
      <div
        ref={element}
        className="map-view"
        role="application"
        tabIndex={0}
        aria-label={t('map.label')}
        aria-describedby={help}
        onKeyDown={onKeyDown}
        {...mouse}
        {...(isMain ? { 'data-first-focus': '' } : {})}
      >
        <MapPicture row={map.row} borders={map.borders} plane={map.plane} view={map.view} size={size} />
        <InWords row={map.row} />
      </div>
      <p id={help} className="sr">
        {t('map.help')}
      </p>
      <div className="map-buttons">
        {buttons.map((id) => (
          <button key={id} type="button" tabIndex={-1} title={t(`keys.${id}`)} onClick={() => run(id)}>
            <span className="sr">{t(`keys.${id}`)} </span>
            <KeyCap action={id} />
          </button>
        ))}
      </div>
      <Credit map={map} />
    </>
  )
}

/** Where the borders are from, or that there are none yet. */
function Credit({ map: { borders } }: { map: MapState }): ReactNode {
  const t = useText()
  if (borders === null) return <p className="map-note warn">{t('map.noBorders')}</p>
  const { source, licence } = borders
  return <p className="map-note dim cut">{t('map.credit', { source, licence })}</p>
}
