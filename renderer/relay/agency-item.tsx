// One agency in one row: how it is told, its number, how far it is, and what to do next.
import { useState, type ReactNode } from 'react'
import { shownNumber } from '#domain/number.ts'
import { isFinished } from '#domain/relay.ts'
import { clockText } from '#domain/time.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Elapsed } from '../ui/elapsed.tsx'
import { IconAlertTriangle, IconCircleDashed, IconPhone, IconX } from '../ui/icons.ts'
import { keymap, type ActionId } from '../ui/keymap.ts'
import { PaperMark } from '../ui/marks.tsx'
import { ReasonLine } from '../ui/reason-line.tsx'
import { StepIcon } from '../ui/step-icon.tsx'
import { AgencyIcon } from './agency-icon.tsx'
import { nextAction, shortName, stateWord, stepAt, type AgencyRow, type NextAction } from './next-action.ts'
import type { Relays } from './use-relays.ts'

type Props = {
  readonly row: AgencyRow
  readonly number: number
  readonly relays: Relays
  readonly isOpen: boolean
  readonly onRelay: () => void
}
type Asking = 'readBack' | 'cancel' | 'refuse' | null

/** A row of the panel; asks for a name or a reason below itself. */
export function AgencyItem({ row, number, relays, isOpen, onRelay }: Props): ReactNode {
  const t = useText()
  const [asking, setAsking] = useState<Asking>(null)
  const next = isOpen ? nextAction(row, relays.canDial) : null
  const isWide = next?.kind === 'readBack'
  const canCancel = isOpen && row.relay !== null && !isFinished(row.relay.step)
  return (
    <li className={`${isWide ? 'wide' : ''} ${asking === null ? '' : 'asking'}`} data-agency={row.agency}>
      <AgencyIcon agency={row.agency} />
      <div className="who">
        <b className="cut" title={row.name}>
          {row.name}
        </b>
        <span className="cut">
          <span className="channel">{t(`channel.${row.relay?.channel ?? row.channel}`)} · </span>
          <Phone row={row} relays={relays} />
        </span>
      </div>
      <How row={row} />
      <span className="act">
        {next !== null && (
          <Next
            number={number}
            next={next}
            row={row}
            relays={relays}
            onRelay={onRelay}
            onAsk={() => setAsking('readBack')}
          />
        )}
      </span>
      <span className="undo">
        {canCancel && (
          <button
            type="button"
            className="btn small only-icon"
            aria-label={t('agencies.cancelTo', { name: row.name })}
            title={t('agencies.cancelTo', { name: row.name })}
            onClick={() => setAsking('cancel')}
          >
            <IconX className="i" aria-hidden />
          </button>
        )}
      </span>
      <Asked row={row} asking={asking} relays={relays} onAsk={setAsking} />
    </li>
  )
}

function Phone({ row, relays }: { row: AgencyRow; relays: Relays }): ReactNode {
  const t = useText()
  if (row.phone === null) return <span className="dim">{t('agencies.noNumber')}</span>
  const shown = <span className="num">{shownNumber(row.phone)}</span>
  if (!relays.canDial) return shown
  return (
    <button
      type="button"
      className="number"
      aria-label={t('agencies.dial', { name: row.name, number: shownNumber(row.phone) })}
      onClick={() => relays.dial(row.phone)}
    >
      {shown}
    </button>
  )
}

function How({ row: { relay } }: { row: AgencyRow }): ReactNode {
  const t = useText()
  const word = stateWord(relay)
  if (relay === null) {
    return (
      <div className="how dim">
        <IconCircleDashed className="i" aria-hidden />
        <span>{t('relayState.notYet')}</span>
      </div>
    )
  }
  const tone = relay.isOverdue
    ? 'warn'
    : { underWay: 'ok', onScene: 'ok', done: 'ok', cancelled: 'dim', refused: 'warn' }[relay.step as 'done']
  const details = [relay.person, relay.reason].filter((part) => part !== null && part !== '').join(': ')
  return (
    <div className={`how ${tone ?? ''}`} role="status">
      <HowIcon relay={relay} />
      <span className="cut" title={details === '' ? undefined : details}>
        {t(`relayState.${word}`)}
      </span>
      <span className="cut sub">
        <Since relay={relay} />
        {relay.isOverdue && <span> {t('agencies.overdue')}</span>}
        {details !== '' && <span className="dim"> {details}</span>}
        {relay.isErased && <span className="dim"> · {t('cardErased.byRule')}</span>}
        {relay.recordState === 'local' && <span className="dim"> · {t('record.local')}</span>}
      </span>
    </div>
  )
}

/** How long ago the step was; the times of paper are no measurement, so they stand as they are. */
function Since({ relay }: { relay: NonNullable<AgencyRow['relay']> }): ReactNode {
  const { value: station } = useLive('station', {})
  const at = stepAt(relay)
  if (relay.typedAt === null || station === undefined) return <Elapsed from={at} />
  return (
    <>
      <span className="num">{clockText(at, station.zone).slice(0, 5)}</span>{' '}
      <PaperMark at={relay.typedAt} by={relay.typedBy ?? ''} zone={station.zone} />
    </>
  )
}

function HowIcon({ relay }: { relay: NonNullable<AgencyRow['relay']> }): ReactNode {
  if (relay.isOverdue) return <IconAlertTriangle className="i" aria-hidden />
  if (relay.step === 'told' && relay.channel !== 'mqtt') return <IconPhone className="i" aria-hidden />
  return <StepIcon step={relay.step} />
}

type NextProps = {
  readonly number: number
  readonly next: NextAction
  readonly row: AgencyRow
  readonly relays: Relays
  readonly onRelay: () => void
  readonly onAsk: () => void
}

function Next({ number, next, row, relays, onRelay, onAsk }: NextProps): ReactNode {
  const t = useText()
  const word = next.kind === 'relay' && next.isAgain ? 'again' : next.kind === 'step' ? next.step : next.kind
  const run = (): void => {
    switch (next.kind) {
      case 'relay':
        return onRelay()
      case 'phone':
        return void relays.phone(next.relay.relay, shortName(row), row.phone)
      case 'readBack':
        return onAsk()
      case 'step':
        return void relays.step(next)
    }
  }
  const label = t(`agencies.next.${word as 'relay'}`)
  const action = `agency${number}`
  if (!(action in keymap)) {
    return (
      <button type="button" className="btn small" onClick={run}>
        {label}
      </button>
    )
  }
  return (
    <ActionButton action={action as ActionId} className="small" onRun={run}>
      {label}
    </ActionButton>
  )
}

type AskedProps = {
  readonly row: AgencyRow
  readonly asking: Asking
  readonly relays: Relays
  readonly onAsk: (asking: Asking) => void
}

/** Who read it back, or why it is cancelled or refused. */
function Asked({ row, asking, relays, onAsk }: AskedProps): ReactNode {
  const t = useText()
  const relay = row.relay?.relay
  if (asking === null || relay === undefined) return null
  const stop = (): void => onAsk(null)
  const end = (reply: Promise<boolean>): void => void reply.then((isDone) => isDone && stop())
  switch (asking) {
    case 'readBack':
      return (
        <ReasonLine
          key="readBack"
          label={t('agencies.person')}
          verb={t('common.record')}
          onDone={(person) => end(relays.readBack(relay, person))}
          onStop={stop}
        >
          <button type="button" className="btn small" onClick={() => onAsk('refuse')}>
            {t('agencies.refused')}
          </button>
        </ReasonLine>
      )
    case 'refuse':
      return (
        <ReasonLine
          key="refuse"
          label={t('agencies.refuseReason')}
          verb={t('agencies.recordRefusal')}
          onDone={(reason) => end(relays.refuse(relay, reason))}
          onStop={stop}
        />
      )
    case 'cancel':
      return (
        <ReasonLine
          key="cancel"
          label={t('agencies.cancelReason')}
          verb={t('agencies.cancel')}
          onDone={(reason) => end(relays.cancel(relay, reason))}
          onStop={stop}
        />
      )
  }
}
