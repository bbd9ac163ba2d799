// The window of a signed-in operator: rail, strip and alarms around the screen that is shown. Only here the words meet.
import { useCallback, useEffect, useReducer, useState, type Dispatch, type ReactNode } from 'react'
import type { PageMessage } from '#contract/page.ts'
import type { IncidentId } from '#domain/id.ts'
import { CommandRow } from '../command/command-row.tsx'
import { DirectoryScreen } from '../directory/directory-screen.tsx'
import { HelpScreen } from '../help/help-screen.tsx'
import { CallBars, type CallBar } from '../call/call-bars.tsx'
import { askedAtFirst } from '../incident/find.ts'
import { InHandProvider } from '../incident/in-hand.tsx'
import { IncidentList } from '../incident/incident-list.tsx'
import { useLive } from '../link/use-live.ts'
import { useAction } from '../ui/actions.tsx'
import { CallScreen } from './call-screen.tsx'
import { IntakeBars, type Intake } from './intake-bars.tsx'
import { useOpenedElsewhere } from './open-elsewhere.ts'
import { MapScreen } from './map-screen.tsx'
import { Rail } from './rail.tsx'
import { SettingsScreen, type Looks } from './settings-screen.tsx'
import { Strip } from './strip.tsx'
import { useCommandWorld, useLineAct } from './use-command-line.ts'
import { firstView, keptView, nextView, type Step, type View } from './view-state.ts'

const keptKey = 'meja.view'

type Props = {
  /** Trial band and notices: what stands on every screen, signed in or not. */
  readonly above: ReactNode
  readonly alarms: ReactNode
  readonly looks: Looks
  /** Rail items that are no screens. */
  readonly acts: ReactNode
}

/** The shell opens the second window, or closes it. */
function askForWall(): void {
  const message: PageMessage = { kind: 'meja-wall' }
  window.postMessage(message, location.origin)
}

/** The call in hand and the incident in hand stay, whatever screen is shown. */
export function DeskView({ above, alarms, looks, acts }: Props): ReactNode {
  const [view, step] = useReducer(nextView, null, () => firstView(localStorage.getItem(keptKey)))
  const [asked, setAsked] = useState(askedAtFirst)
  const zone = useLive('station', {}).value?.zone ?? 'Asia/Jakarta'
  const [bar, setBar] = useState<CallBar | null>(null)
  const calls = useLive('calls', {})
  const active = calls.value?.active ?? null
  // A stale row of calls is no news: the form stays until core says what is true.
  useEffect(() => {
    if (!calls.isStale) step({ do: 'call', call: active })
  }, [active, calls.isStale])
  useEffect(() => localStorage.setItem(keptKey, keptView(view)), [view])
  const [intake, setIntake] = useState<Intake>(null)
  const startNew = (): void => {
    step({ do: 'new', source: 'walk-in' })
    setIntake('source')
  }
  useAction('newIncident', startNew)
  const onOpened = useCallback((incident: IncidentId) => step({ do: 'opened', incident }), [])
  useOpenedElsewhere(useCallback((incident: IncidentId) => step({ do: 'open', incident }), []))
  useAction('wallWindow', askForWall)
  return (
    <InHandProvider hand={view.hand} callerNumber={active?.number ?? null} onOpened={onOpened}>
      <Rail shown={view.screen} onScreen={(screen) => step({ do: 'screen', screen })}>
        {acts}
      </Rail>
      <main className="body">
        {above}
        <Strip
          active={active}
          toClass={calls.value?.toClass ?? null}
          inHand={view.hand.call}
          onNew={startNew}
          onOpenIncident={(incident) => step({ do: 'open', incident })}
          onBar={(wanted) => setBar((before) => (before === wanted ? null : wanted))}
        />
        <CallBars bar={bar} onBar={setBar} />
        <IntakeBars
          intake={intake}
          onIntake={setIntake}
          onSource={(source) => step({ do: 'new', source })}
          onEntered={(incident) => step({ do: 'open', incident })}
        />
        {alarms}
        {view.screen === 'calls' && <CallScreen view={view} active={active} step={step} />}
        {view.screen === 'incidents' && (
          <IncidentList
            asked={asked}
            onAsk={setAsked}
            zone={zone}
            inHand={view.hand.incident}
            onOpen={(incident) => step({ do: 'open', incident })}
          />
        )}
        {view.screen === 'map' && (
          <MapScreen incident={view.hand.incident} onOpen={(incident) => step({ do: 'open', incident })} />
        )}
        {view.screen === 'settings' && <SettingsScreen looks={looks} />}
        {view.screen === 'directory' && <DirectoryScreen />}
        {view.screen === 'help' && <HelpScreen />}
        <Commands view={view} step={step} />
      </main>
    </InHandProvider>
  )
}

function Commands({ view, step }: { view: View; step: Dispatch<Step> }): ReactNode {
  return <CommandRow world={useCommandWorld()} onAct={useLineAct(view, step)} />
}
