// The window: frame, theme, language, what stands on every screen, and which screen is shown.
import { useEffect, useState, type ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import type { QueryOutput } from '#contract/queries.ts'
import { BlocksSheet } from '../call/blocks-sheet.tsx'
import { LeadMarks } from '../call/lead-marks.tsx'
import { ReadyText } from '../call/ready.tsx'
import { Ringing } from '../call/ringing.tsx'
import { Notices } from '../health/notices.tsx'
import { StatusBar } from '../health/status-bar.tsx'
import { usePlaces } from '../incident/places.ts'
import { useTypes } from '../incident/reference.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { AlarmBar } from '../relay/alarm-bar.tsx'
import { DailyLog } from '../shift/daily-log.tsx'
import { Operators } from '../shift/operators.tsx'
import { SignIn } from '../shift/sign-in.tsx'
import { RingerStatus, TestSound } from '../sound/ringer-status.tsx'
import { Sounds } from '../sound/sounds.tsx'
import { languages, useSpeech, useText, type Language } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { useAction } from '../ui/actions.tsx'
import { IconBan, IconFileExport, IconKeyboard, IconLock, IconUsers } from '../ui/icons.ts'
import { MessageLine, useTell } from '../ui/messages.tsx'
import { DeskView } from './desk-view.tsx'
import { KeySheet } from './key-sheet.tsx'
import { Palette } from './palette.tsx'
import { RailItem } from './rail.tsx'
import { startedAs, themes, useChoice } from './settings.ts'
import { TrialBand } from './trial-band.tsx'
import { useZoom } from './zoom.ts'

type Sheet = 'keys' | 'palette' | 'dailyLog' | 'blocks' | 'operators' | null

/** Everything below the providers. */
export function App(): ReactNode {
  const [theme, setTheme] = useChoice('meja.theme', themes, startedAs('theme'))
  const [language, keepLanguage] = useChoice('meja.language', languages)
  const zoom = useZoom()
  const { setLanguage } = useSpeech()
  const { value: session } = useLive('session', {})
  const { value: station } = useLive('station', {})
  const [sheet, setSheet] = useState<Sheet>(null)
  useDocument(theme, language, station)
  useAction('palette', () => setSheet(sheet === 'palette' ? null : 'palette'))
  const isSignedIn = session?.operator !== undefined && session.operator !== null
  const onLanguage = (chosen: Language): void => {
    keepLanguage(chosen)
    setLanguage(chosen)
  }
  const above = (
    <>
      <TrialBand />
      <Notices />
    </>
  )
  return (
    <I18nProvider locale="id-ID">
      {/* An open list hides everything else from screen readers; a ringing call and an alarm must be heard all the same. */}
      <div data-live-announcer="true" className={`app ${isSignedIn ? '' : 'signed-out'}`}>
        {isSignedIn ? (
          <DeskView
            above={above}
            alarms={<Alarms canAct />}
            looks={{ theme, language, onTheme: setTheme, onLanguage, zoom }}
            acts={<Acts role={session.operator?.role ?? 'operator'} onSheet={setSheet} sheet={sheet} />}
          />
        ) : (
          <main className="body">
            {above}
            <SignedOut onKeys={() => setSheet('keys')} />
            <MessageLine />
          </main>
        )}
        <Sounds />
        <StatusBar ringer={<RingerStatus />}>
          <TestSound />
          {isSignedIn && <ReadyText />}
          {(session?.operator?.role === 'lead' || session?.operator?.role === 'admin') && <LeadMarks />}
          <ActionButton action="nextTheme" className="bare" onRun={() => setTheme(after(themes, theme))}>
            <Label theme={theme} />
          </ActionButton>
          <ActionButton action="nextLanguage" className="bare" onRun={() => onLanguage(after(languages, language))}>
            {language.toUpperCase()}
          </ActionButton>
        </StatusBar>
        {sheet === 'keys' && <KeySheet isTrial={station?.isTrial === true} onClose={() => setSheet(null)} />}
        {sheet === 'palette' && <Palette onClose={() => setSheet(null)} />}
        {sheet === 'dailyLog' && isSignedIn && station !== undefined && (
          <DailyLog zone={station.zone} onClose={() => setSheet(null)} />
        )}
        {sheet === 'blocks' && isSignedIn && <BlocksSheet onClose={() => setSheet(null)} />}
        {sheet === 'operators' && session?.operator?.role === 'admin' && <Operators onClose={() => setSheet(null)} />}
      </div>
    </I18nProvider>
  )
}

function Label({ theme }: { theme: (typeof themes)[number] }): ReactNode {
  const t = useText()
  return t(`theme.${theme}`)
}

function useDocument(theme: string, language: string, station: QueryOutput<'station'> | undefined): void {
  const t = useText()
  const isTrial = station?.isTrial ?? startedAs('mode') === 'trial'
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    document.documentElement.lang = language
    document.title = isTrial ? `Meja 112 · ${t('trial.band')}` : 'Meja 112'
  }, [theme, language, isTrial, t])
}

type ActsProps = {
  readonly role: string
  readonly sheet: Sheet
  readonly onSheet: (sheet: Sheet) => void
}

/** What a person does with the whole desk: sheets over the screen, and locking. */
function Acts({ role, sheet, onSheet }: ActsProps): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const lock = (): void => {
    // Leaving the field records it, while there is still a session to record it under.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    void tell(core.call('signOut', {}))
  }
  const toggle = (which: Sheet): void => onSheet(sheet === which ? null : which)
  return (
    <>
      {(role === 'lead' || role === 'admin') && (
        <RailItem
          action="dailyLog"
          icon={<IconFileExport className="i" aria-hidden />}
          onRun={() => toggle('dailyLog')}
        >
          {t('rail.dailyLog')}
        </RailItem>
      )}
      {(role === 'lead' || role === 'operator') && (
        <RailItem action="blocks" icon={<IconBan className="i" aria-hidden />} onRun={() => toggle('blocks')}>
          {t('rail.blocks')}
        </RailItem>
      )}
      {role === 'admin' && (
        <RailItem action="operators" icon={<IconUsers className="i" aria-hidden />} onRun={() => toggle('operators')}>
          {t('rail.operators')}
        </RailItem>
      )}
      <RailItem action="keySheet" icon={<IconKeyboard className="i" aria-hidden />} onRun={() => toggle('keys')}>
        {t('rail.keys')}
      </RailItem>
      <RailItem action="signOut" icon={<IconLock className="i" aria-hidden />} onRun={lock}>
        {t('rail.lock')}
      </RailItem>
    </>
  )
}

/** The choice that follows, the first after the last. */
function after<T>(choices: readonly [T, ...T[]], choice: T): T {
  return choices[(choices.indexOf(choice) + 1) % choices.length] ?? choices[0]
}

function Alarms({ canAct }: { canAct: boolean }): ReactNode {
  const types = useTypes()
  const places = usePlaces()
  return <AlarmBar canAct={canAct} placeText={places.labelOf} typeText={types.labelOf} />
}

/** Rings and alarms are seen and heard before anyone signed in. */
function SignedOut({ onKeys }: { onKeys: () => void }): ReactNode {
  const { value: calls } = useLive('calls', {})
  useAction('keySheet', onKeys)
  return (
    <>
      {(calls?.ringing.length ?? 0) > 0 && (
        <div className="strip no-call">
          <Ringing onAnswer={null} onOpenIncident={() => undefined} />
        </div>
      )}
      <Alarms canAct={false} />
      <SignIn />
    </>
  )
}
