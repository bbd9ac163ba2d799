// The call screen: form, status and notes, agencies, map, missed calls, board.
import type { Dispatch, ReactNode } from 'react'
import { isOpen } from '#domain/incident.ts'
import { newId, type IncidentId, type ReportId } from '#domain/id.ts'
import type { CallRow } from '../call/call-text.ts'
import { MissedCalls } from '../call/missed-calls.tsx'
import { Board } from '../incident/board.tsx'
import { IncidentForm } from '../incident/form.tsx'
import { useInHand } from '../incident/in-hand.tsx'
import { Merged } from '../incident/merged.tsx'
import { Suggestion, UmbrellaCaller, type Joined } from '../incident/suggestion.tsx'
import { useDesk } from '../link/desk.ts'
import { MapPanel } from '../map/map-panel.tsx'
import { Agencies } from '../relay/agencies.tsx'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Choice } from '../ui/choice.tsx'
import { useTell } from '../ui/messages.tsx'
import { MiddleColumn } from './middle-column.tsx'
import { RightColumn } from './right-column.tsx'
import { useRestoredFocus } from './restored-focus.ts'
import { sourceOf, type Step, type View } from './view-state.ts'
import { useReferenceWords } from '../ui/reference-words.ts'

type Props = {
  readonly view: View
  readonly active: CallRow | null
  readonly step: Dispatch<Step>
}

/** What is below the strip and the alarm bar. */
export function CallScreen({ view, active, step }: Props): ReactNode {
  const t = useText()
  return (
    <>
      <h1 className="sr">{t('rail.calls')}</h1>
      <div className="work">
        <FormColumn view={view} active={active} step={step} />
        <MiddleColumn />
        <RightColumn
          tab={view.tab}
          onTab={(tab) => step({ do: 'tab', tab })}
          agencies={<AgenciesInHand />}
          map={<MapPanel incident={view.hand.incident} />}
          missed={<MissedCalls />}
        />
      </div>
      <Board inHand={view.hand.incident} onOpen={(incident) => step({ do: 'open', incident })} />
    </>
  )
}

function FormColumn({ view, active, step }: Props): ReactNode {
  useRestoredFocus()
  const { call, source, incident } = view.hand
  const onLook = (found: IncidentId): void => step({ do: 'open', incident: found })
  const onJoined = (joined: Joined): void => {
    step({ do: 'open', incident: joined.incident })
    step({ do: 'report', report: joined.report })
  }
  return (
    <IncidentForm
      key={incident}
      extra={
        <>
          {active !== null && active.incident === null && active.direction === 'in' && (
            <UmbrellaCaller call={active.call} source={sourceOf(active.dialled)} onJoined={onJoined} />
          )}
          <FormExtra view={view} active={active} step={step} />
        </>
      }
      underPlace={
        <>
          <Merged onOpen={onLook} />
          <Suggestion call={call} source={source} onLook={onLook} onJoined={onJoined} />
        </>
      }
    />
  )
}

/** Source of a report that came without a call; or adding the call in hand to the incident that is shown. */
function FormExtra({ view, active, step }: Props): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const { row } = useInHand()
  const { sources } = useReferenceWords()
  if (view.hand.isNew && view.hand.call === null) {
    return (
      <Choice
        className="in-head"
        label={t('form.source')}
        value={view.hand.source}
        options={sources}
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
      missing={row?.missingAgencies ?? []}
      hasType={row !== null && row.type.value !== null}
      isOpen={row !== null && isOpen(row.status)}
    />
  )
}
