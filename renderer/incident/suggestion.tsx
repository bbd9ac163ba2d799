// The incident that the one in hand may be, under its place: who else called about it and why it may be the same. Takes no focus.
import { useId, type ReactNode } from 'react'
import type { CallId, IncidentId, ReportId } from '#domain/id.ts'
import { newId } from '#domain/id.ts'
import type { Source } from '#domain/call.ts'
import { isFault } from '#domain/fault.ts'
import type { QueryOutput } from '#contract/queries.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText, type Translate } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Elapsed } from '../ui/elapsed.tsx'
import { IconCopy, IconUmbrella, IconUsers } from '../ui/icons.ts'
import { useSay } from '../ui/messages.tsx'
import { useInHand } from './in-hand.tsx'

type Row = QueryOutput<'duplicates'>[number]
/** What is in hand after the caller went to another incident: that one, and his report in it. */
export type Joined = { readonly incident: IncidentId; readonly report: ReportId }
type Props = {
  readonly call: CallId | null
  readonly source: Source
  readonly onLook: (incident: IncidentId) => void
  readonly onJoined: (joined: Joined) => void
}

/** Alt+D looks at the suggested incident, Ctrl+D puts the one in hand into it. */
export function Suggestion({ call, source, onLook, onJoined }: Props): ReactNode {
  const { incident, report } = useInHand()
  const rows = useLive('duplicates', { incident, report, call }).value ?? []
  const [first] = rows
  const join = useJoin({ call, source, onJoined })
  return (
    <div className="suggestion-place" aria-live="polite">
      {first !== undefined && (
        <Suggested
          row={first}
          others={rows.length - 1}
          onLook={() => onLook(first.incident)}
          onJoin={() => join(first.incident, first.label)}
        />
      )}
    </div>
  )
}

type SuggestedProps = {
  readonly row: Row
  readonly others: number
  readonly onLook: () => void
  readonly onJoin: () => void
}

function Suggested({ row, others, onLook, onJoin }: SuggestedProps): ReactNode {
  const t = useText()
  const id = useId()
  const place = row.village ?? row.landmark ?? ''
  return (
    <div className="suggestion" role="group" aria-labelledby={id}>
      <IconCopy className="i" aria-hidden />
      <div className="about">
        <div className="line">
          <b id={id}>{t('duplicate.title')}</b>
          <span className="mono">{row.label}</span>
          <span>{t(`incidentStatus.${row.status}`)}</span>
          {row.isUmbrella && (
            <span className="state">
              <IconUmbrella className="i" aria-hidden /> {t('duplicate.umbrella')}
            </span>
          )}
        </div>
        <div className="what">
          {[row.type ?? '', place].filter((part) => part !== '').join(' · ')} ·{' '}
          {t('duplicate.reporters', { n: row.reports })} · <Elapsed from={row.openedAt} />
        </div>
        <div className="reasons">
          {whyText(t, row.why)}
          {others > 0 && ` · ${t('duplicate.others', { n: others })}`}
          {row.why.words.length > 0 && (
            <span className="words"> · {t('duplicate.words', { words: row.why.words.join(', ') })}</span>
          )}
        </div>
      </div>
      <div className="acts">
        <ActionButton action="lookSuggested" className="small" onRun={onLook}>
          {t('duplicate.look')}
        </ActionButton>
        <ActionButton action="joinSuggested" className="small" onRun={onJoin}>
          {t('duplicate.join')}
        </ActionButton>
      </div>
    </div>
  )
}

/** The reasons in the order in which they convince: where, what, who, when. */
export function whyText(t: Translate, why: Row['why']): string {
  const { distanceKm, place, type, isSameNumber, minutes } = why
  const where =
    distanceKm !== null
      ? t('duplicate.distance', { km: distanceKm.toFixed(1).replace('.', t('duplicate.decimal')) })
      : place === null
        ? ''
        : t(`duplicate.place.${place}`)
  return [
    where,
    type === null ? '' : t(`duplicate.type.${type}`),
    isSameNumber ? t('duplicate.sameNumber') : '',
    minutes < 1 ? t('duplicate.sameMinute') : t('duplicate.minutes', { n: minutes }),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

type Joining = Pick<Props, 'call' | 'source' | 'onJoined'>

/** Puts the incident in hand into another. What is just being typed is recorded first: it goes along. */
function useJoin({ call, source, onJoined }: Joining): (into: IncidentId, label: string) => void {
  const { core } = useDesk()
  const say = useSay()
  const { incident, report } = useInHand()
  return (into, label) => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    const own = report ?? newId<ReportId>()
    setTimeout(() => {
      void core.call('joinIncident', { incident, into, report: own, call, source }).then((reply) => {
        if (isFault(reply)) return say({ tone: 'refused', key: `fault.${reply.fault}` })
        say({ tone: 'done', key: reply.report === null ? 'duplicate.merged' : 'duplicate.added', values: { label } })
        onJoined({ incident: reply.incident, report: own })
      })
    }, 0)
  }
}

type CallerProps = {
  readonly call: CallId
  readonly source: Source
  readonly onJoined: (joined: Joined) => void
}

/** While a surge has an umbrella incident, the caller in hand is added to it with one key. */
export function UmbrellaCaller({ call, source, onJoined }: CallerProps): ReactNode {
  const t = useText()
  const { core } = useDesk()
  const say = useSay()
  const { incident, report, isNew } = useInHand()
  const join = useJoin({ call, source, onJoined })
  const [first] = useLive('umbrellas', {}).value ?? []
  if (first === undefined || first.incident === incident) return null
  const add = async (): Promise<void> => {
    const own = newId<ReportId>()
    const reply = await core.call('addReport', { incident: first.incident, report: own, call, source })
    if (isFault(reply)) return say({ tone: 'refused', key: `fault.${reply.fault}` })
    say({ tone: 'done', key: 'duplicate.added', values: { label: first.label } })
    onJoined({ incident: first.incident, report: own })
  }
  // The form of this caller, typed in or not, goes along; the form of another incident does not.
  const isOwnForm = isNew && report !== null
  return (
    <ActionButton
      action="umbrellaCaller"
      className="small"
      icon={<IconUsers className="i" aria-hidden />}
      onRun={() => (isOwnForm ? join(first.incident, first.label) : void add())}
    >
      {t('duplicate.addTo', { label: first.label })}
    </ActionButton>
  )
}
