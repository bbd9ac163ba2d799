// Peta: the map as large as the window lets it be, the board below.
import type { ReactNode } from 'react'
import type { IncidentId } from '#domain/id.ts'
import { Board } from '../incident/board.tsx'
import { MapPanel } from '../map/map-panel.tsx'
import { useText } from '../text/text.ts'

type Props = { readonly incident: IncidentId; readonly onOpen: (incident: IncidentId) => void }

/** The incident in hand stays in hand; opening a row goes to its form. */
export function MapScreen({ incident, onOpen }: Props): ReactNode {
  const t = useText()
  return (
    <>
      <div className="map-screen">
        <h1 className="sr">{t('rail.map')}</h1>
        <MapPanel incident={incident} isMain />
      </div>
      <Board inHand={incident} onOpen={onOpen} />
    </>
  )
}
