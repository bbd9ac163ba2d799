// Starts the page: fonts, styles, words, ports, and the first component.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource/ibm-plex-sans/latin-400.css'
import '@fontsource/ibm-plex-sans/latin-500.css'
import '@fontsource/ibm-plex-sans/latin-600.css'
import '@fontsource/ibm-plex-sans/latin-700.css'
import '@fontsource/ibm-plex-mono/latin-400.css'
import '@fontsource/ibm-plex-mono/latin-500.css'
import '@fontsource/ibm-plex-mono/latin-600.css'
import './style/tokens.css'
import './style/base.css'
import './style/frame.css'
import './style/strip.css'
import './style/work.css'
import './style/questions.css'
import './style/sheets.css'
import './style/operators.css'
import './style/incident-list.css'
import './style/palette.css'
import './style/sound.css'
import './style/help.css'
import './style/wall.css'
import './style/settings.css'
import './style/agencies.css'
import './style/log-alarms.css'
import './style/duplicate.css'
import './style/map.css'
import './style/call-bars.css'
import './style/place.css'
import './style/intake.css'
import './style/directory.css'
import './style/command.css'
import './style/contrast.css'
import './style/compact.css'
import { createDesk, DeskProvider } from './link/desk.ts'
import { receivePorts } from './link/ports.ts'
import { App } from './shell/app.tsx'
import { firstLanguage, startedAs } from './shell/settings.ts'
import { WallWindow } from './shell/wall-window.tsx'
import { Ringer } from './sound/ringer.ts'
import { RingerProvider } from './sound/sounds.tsx'
import { openAudio } from './sound/web-audio.ts'
import { loadIndonesianWords } from './text/react-aria-id.ts'
import { createTexts } from './text/text.ts'
import { TextsProvider } from './text/texts-provider.tsx'
import { ActionsProvider, createActions } from './ui/actions.tsx'
import { createMessages, MessagesProvider } from './ui/messages.tsx'

loadIndonesianWords(window)
const desk = createDesk()
const messages = createMessages()
const ringer = new Ringer({ audio: openAudio(), kept: localStorage, now: Date.now })
receivePorts(window, desk, () => messages.set({ tone: 'done', key: 'message.secondStart' }))
const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <TextsProvider texts={createTexts(firstLanguage())}>
        <DeskProvider value={desk}>
          <MessagesProvider value={messages}>
            <ActionsProvider actions={createActions()}>
              <RingerProvider value={ringer}>{startedAs('view') === 'wall' ? <WallWindow /> : <App />}</RingerProvider>
            </ActionsProvider>
          </MessagesProvider>
        </DeskProvider>
      </TextsProvider>
    </StrictMode>,
  )
}
