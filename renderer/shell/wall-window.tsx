// The second window: the map and the board of open incidents as large as the monitor. What is chosen here is opened in the first window.
import { useEffect, type ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Board } from '../incident/board.tsx'
import { usePlaces } from '../incident/places.ts'
import { useTypes } from '../incident/reference.ts'
import { useLive } from '../link/use-live.ts'
import { MapPanel } from '../map/map-panel.tsx'
import { AlarmBar } from '../relay/alarm-bar.tsx'
import { languages, useSpeech } from '../text/text.ts'
import { openElsewhere } from './open-elsewhere.ts'
import { startedAs, themes, useChoice } from './settings.ts'
import { TrialBand } from './trial-band.tsx'
import { useZoom } from './zoom.ts'

/** Nothing sounds here: rings and alarms sound in the first window. */
export function WallWindow(): ReactNode {
  const { translate: t, language: spoken, setLanguage } = useSpeech()
  const [theme] = useChoice('meja.theme', themes, startedAs('theme'))
  const [language] = useChoice('meja.language', languages)
  const { value: session } = useLive('session', {})
  useZoom()
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    document.documentElement.lang = language
    document.title = `Meja 112 · ${t('wall.window')}`
    if (spoken !== language) setLanguage(language)
  }, [theme, language, spoken, setLanguage, t])
  return (
    <I18nProvider locale="id-ID">
      <div className="wall">
        <main className="body">
          <h1 className="sr">{t('wall.title')}</h1>
          <TrialBand />
          <WallAlarms />
          {session?.operator === null ? (
            <p className="panel empty">{t('wall.locked')}</p>
          ) : (
            <>
              <MapPanel incident={null} />
              <Board inHand={null} onOpen={openElsewhere} />
            </>
          )}
        </main>
      </div>
    </I18nProvider>
  )
}

function WallAlarms(): ReactNode {
  const types = useTypes()
  const places = usePlaces()
  return <AlarmBar canAct={false} placeText={places.labelOf} typeText={types.labelOf} />
}
