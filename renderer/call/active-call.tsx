// The call in hand: who, how long, microphone, and what the exchange lets the desk do. Classing is beside it.
import type { ReactNode } from 'react'
import type { IncidentId } from '#domain/id.ts'
import { useLive } from '../link/use-live.ts'
import { useDesk } from '../link/desk.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Elapsed } from '../ui/elapsed.tsx'
import {
  IconAlertTriangle,
  IconHeadset,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneCall,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconPlayerPause,
} from '../ui/icons.ts'
import { useTell } from '../ui/messages.tsx'
import { useText } from '../text/text.ts'
import { IdleWord, ReadyButton, ReadyLine } from './ready.tsx'
import { numberText, trustText, type CallRow } from './call-text.ts'
import type { CallBar } from './call-bars.tsx'
import { CallerHistory } from './caller-history.tsx'

type Capability = 'answer' | 'hangup' | 'mute' | 'hold' | 'transfer' | 'dial' | 'queue'

type Props = {
  readonly onNew: () => void
  readonly onOpenIncident: (incident: IncidentId) => void
  readonly onBar: (bar: CallBar) => void
}

/** The first card of the strip; without a call it offers an incident that came another way. */
export function ActiveCall({ onNew, onOpenIncident, onBar }: Props): ReactNode {
  const t = useText()
  const { value: calls } = useLive('calls', {})
  const call = calls?.active ?? null
  if (call === null) return <Idle isOnline={calls?.exchange.isOnline ?? false} onNew={onNew} onBar={onBar} />
  return (
    <section className={`active-call ${call.state === 'ended' ? 'wrap' : call.state}`} aria-label={t('call.active')}>
      <div className="line">
        <StateWord call={call} />
        <span className="info">{infoText(call, t)}</span>
      </div>
      <div className="line">
        <span className="big">{numberText(call, t)}</span>
        <span className="grow" />
        <Microphone call={call} capabilities={calls?.exchange.capabilities ?? []} />
        <Elapsed className="big" from={call.answeredAt ?? call.offeredAt} to={call.endedAt} />
      </div>
      <CallerHistory call={call} onOpenIncident={onOpenIncident} hasKey>
        {call.canRelease && (
          <ActionButton action="releaseCall" className="small" onRun={() => onBar('release')}>
            {t('call.release')}
          </ActionButton>
        )}
      </CallerHistory>
      <CallButtons call={call} capabilities={calls?.exchange.capabilities ?? []} onBar={onBar} />
    </section>
  )
}

type IdleProps = Pick<Props, 'onNew' | 'onBar'> & { readonly isOnline: boolean }

function Idle({ isOnline, onNew, onBar }: IdleProps): ReactNode {
  const t = useText()
  return (
    <section className="active-call idle" aria-label={t('call.active')}>
      <div className="line">
        <span className="state name">
          <IconHeadset className="i" aria-hidden /> <IdleWord />
        </span>
        <ReadyLine />
      </div>
      <div className="dim wrap-text">{t(isOnline ? 'call.idleHint' : 'call.idleOffline')}</div>
      <div className="line buttons">
        <ActionButton action="newIncident" onRun={onNew}>
          {t('call.newIncident')}
        </ActionButton>
        <ReadyButton onReasons={() => onBar('notReady')} />
      </div>
    </section>
  )
}

const stateIcon = {
  queued: IconPhoneCall,
  offered: IconPhoneCall,
  connecting: IconPhoneOutgoing,
  connected: IconPhoneCall,
  held: IconPlayerPause,
  closing: IconPhoneCall,
  ended: IconAlertTriangle,
} as const

function StateWord({ call }: { call: CallRow }): ReactNode {
  const t = useText()
  const Icon = stateIcon[call.state]
  const word = call.state === 'ended' ? 'call.state.unclassed' : (`call.state.${call.state}` as const)
  return (
    <span className="state name">
      <Icon className="i" aria-hidden /> {t(word)}
    </span>
  )
}

function infoText(call: CallRow, t: ReturnType<typeof useText>): string {
  const parts = [t('call.line', { line: call.line })]
  if (call.answeredAt !== null && call.direction === 'in') {
    parts.push(t('call.answeredAfter', { seconds: Math.round((call.answeredAt - call.offeredAt) / 1000) }))
  }
  const trust = trustText(call, t)
  if (trust !== null) parts.push(trust)
  return parts.join(' · ')
}

type Part = { readonly call: CallRow; readonly capabilities: readonly Capability[] }

/** What the exchange reports; a desk phone that reports nothing shows nothing. */
function Microphone({ call, capabilities }: Part): ReactNode {
  const t = useText()
  if (!capabilities.includes('mute') || call.state === 'ended') return null
  return call.muted ? (
    <span className="mic warn">
      <IconMicrophoneOff className="i" aria-hidden /> {t('call.muted')}
    </span>
  ) : (
    <span className="mic">
      <IconMicrophone className="i" aria-hidden /> {t('call.live')}
    </span>
  )
}

type ButtonsProps = Part & { readonly onBar: (bar: CallBar) => void }

/** Passing on to a neighbour centre is offered to callers, where the site has neighbours. */
function TransferButton({ call, onBar }: Pick<ButtonsProps, 'call' | 'onBar'>): ReactNode {
  const t = useText()
  const { value: station } = useLive('station', {})
  if (call.direction === 'out' || (station?.neighbours.length ?? 0) === 0) return null
  return (
    <ActionButton action="neighbours" onRun={() => onBar('neighbours')}>
      {t('call.transfer')}
    </ActionButton>
  )
}

function CallButtons({ call, capabilities, onBar }: ButtonsProps): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  if (call.state === 'ended') {
    return (
      <div className="line buttons ended">
        <span className="dim wrap-hint grow">{t('call.wrapHint')}</span>
        <TransferButton call={call} onBar={onBar} />
      </div>
    )
  }
  const isHeld = call.state === 'held'
  return (
    <div className="line buttons">
      {capabilities.includes('hold') && (
        <ActionButton
          action="hold"
          isPressed={isHeld}
          onRun={() => void tell(core.call('holdCall', { call: call.call, hold: !isHeld }))}
        >
          {t(isHeld ? 'call.resume' : 'call.hold')}
        </ActionButton>
      )}
      {capabilities.includes('mute') && (
        <ActionButton
          action="mute"
          isPressed={call.muted}
          onRun={() => void tell(core.call('muteCall', { call: call.call, mute: !call.muted }))}
        >
          {t(call.muted ? 'call.unmute' : 'call.mute')}
        </ActionButton>
      )}
      <TransferButton call={call} onBar={onBar} />
      {capabilities.includes('hangup') && (
        <ActionButton
          action="endCall"
          className="danger"
          icon={<IconPhoneOff className="i" aria-hidden />}
          onRun={() => void tell(core.call('endCall', { call: call.call }))}
        >
          {t('call.end')}
        </ActionButton>
      )}
      {capabilities.length === 0 && <span className="dim">{t('call.onDeskPhone')}</span>}
    </div>
  )
}
