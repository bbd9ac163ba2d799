// The call screen: strip, alarm bar, form, status and notes, agencies, missed calls, board. Only here the words meet.
import { useCallback, useEffect, useReducer, useRef, type Dispatch, type ReactNode } from 'react'
import type { CallClass } from '#domain/call.ts'
import { isOpen } from '#domain/incident.ts'
import { newId, type CallId, type IncidentId, type ReportId } from '#domain/id.ts'
import { ActiveCall } from '../call/active-call.tsx'
import { CallClassPanel } from '../call/call-class.tsx'
import type { CallRow } from '../call/call-text.ts'
import { ClockCard } from '../call/clock-card.tsx'
import { MissedCalls } from '../call/missed-calls.tsx'
import { Ringing } from '../call/ringing.tsx'
import { Board } from '../incident/board.tsx'
import { IncidentForm } from '../incident/form.tsx'
import { InHandProvider, useInHand } from '../incident/in-hand.tsx'
import { Notes } from '../incident/notes.tsx'
import { Status } from '../incident/status.tsx'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { Agencies } from '../relay/agencies.tsx'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { useAction } from '../ui/actions.tsx'
import { Choice } from '../ui/choice.tsx'
import { useSay, useTell } from '../ui/messages.tsx'
import { RightColumn } from './right-column.tsx'
import { useRestoredFocus } from './restored-focus.ts'
import { firstView, keptView, nextView, sourceOf, type Step, type View } from './view-state.ts'

const keptKey = 'meja.view'

/** The screen of a signed-in operator. `above` is the alarm bar, which every screen has. */
export function CallScreen({ above }: { above: ReactNode }): ReactNode {
  const t = useText()
  const [view, step] = useReducer(nextView, null, () => firstView(localStorage.getItem(keptKey)))
  const calls = useLive('calls', {})
  const active = calls.value?.active ?? null
  // A stale row of calls is no news: the form stays until core says what is true.
  useEffect(() => {
    if (!calls.isStale) step({ do: 'call', call: active })
  }, [active, calls.isStale])
  useEffect(() => localStorage.setItem(keptKey, keptView(view)), [view])
  const onAnswer = useFocusAfterAnswer(view.hand.call)
  const startNew = (): void => step({ do: 'new', source: 'walk-in' })
  useAction('newIncident', startNew)
  const onOpened = useCallback((incident: IncidentId) => step({ do: 'opened', incident }), [])
  return (
    <InHandProvider hand={view.hand} callerNumber={active?.number ?? null} onOpened={onOpened}>
      <h1 className="sr">{t('rail.calls')}</h1>
      <Strip active={active} onNew={startNew} onAnswer={onAnswer} />
      {above}
      <div className="work" key="work">
        <FormColumn view={view} active={active} step={step} />
        <div className="middle">
          <Status />
          <Notes />
        </div>
        <RightColumn
          tab={view.tab}
          onTab={(tab) => step({ do: 'tab', tab })}
          agencies={<AgenciesInHand />}
          missed={<MissedCalls />}
        />
      </div>
      <Board inHand={view.hand.incident} onOpen={(incident) => step({ do: 'open', incident })} />
    </InHandProvider>
  )
}

/** Who answers with F2 goes on in the form of that call, unless the hands are somewhere else by then. */
function useFocusAfterAnswer(inHand: CallId | null): (call: CallRow) => void {
  const answered = useRef<CallId | null>(null)
  useEffect(() => {
    if (answered.current === null || answered.current !== inHand) return
    answered.current = null
    const now = document.activeElement
    if (now === document.body || now?.closest('.form') !== null) {
      document.querySelector<HTMLElement>('.form .input')?.focus()
    }
  }, [inHand])
  return ({ call }) => {
    answered.current = call
  }
}

/** The strip. An emergency class opens the incident, so that its number can be said at once. */
type StripProps = {
  readonly active: CallRow | null
  readonly onNew: () => void
  readonly onAnswer: (call: CallRow) => void
}

function Strip({ active, onNew, onAnswer }: StripProps): ReactNode {
  const say = useSay()
  const { ensure, isNew } = useInHand()
  const onClassed = (call: CallRow, chosen: CallClass): void => {
    if (call.incident !== null) return
    if (chosen === 'LANJUT') say({ tone: 'done', key: 'call.chooseIncident' })
    if ((chosen === 'DARURAT' || chosen === 'NONDARURAT') && isNew) void ensure()
  }
  return (
    <div className={`strip ${active === null ? 'no-call' : ''}`}>
      <ActiveCall onNew={onNew} />
      {active !== null && <CallClassPanel key={active.call} call={active} onClassed={onClassed} />}
      <Ringing onAnswer={onAnswer} />
      <ClockCard />
    </div>
  )
}

type FormProps = { readonly view: View; readonly active: CallRow | null; readonly step: Dispatch<Step> }

function FormColumn({ view, active, step }: FormProps): ReactNode {
  useRestoredFocus()
  return <IncidentForm key={view.hand.incident} extra={<FormExtra view={view} active={active} step={step} />} />
}

/** Source of a report that came without a call; or adding the call in hand to the incident that is shown. */
function FormExtra({ view, active, step }: FormProps): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const { row } = useInHand()
  const { value: reference } = useLive('reference', {})
  if (view.hand.isNew && view.hand.call === null) {
    return (
      <Choice
        className="in-head"
        label={t('form.source')}
        value={view.hand.source}
        options={reference?.sources ?? []}
        onChoose={(code) => step({ do: 'new', source: sourceOf(code) })}
      />
    )
  }
  if (row === null || active === null || active.incident !== null || active.direction === 'out') return null
  const add = (): void => {
    const report = newId<ReportId>()
    const source = sourceOf(active.dialled)
    const reply = core.call('addReport', { incident: row.incident, report, call: active.call, source })
    void tell(reply).then((isDone) => isDone && step({ do: 'report', report }))
  }
  return (
    <ActionButton action="addReport" className="small" onRun={add}>
      {t('form.addReport')}
    </ActionButton>
  )
}

function AgenciesInHand(): ReactNode {
  const { incident, row } = useInHand()
  return (
    <Agencies
      incident={incident}
      rows={row?.agencies ?? []}
      hasType={row !== null && row.type.value !== null}
      isOpen={row !== null && isOpen(row.status)}
    />
  )
}
