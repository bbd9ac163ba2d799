// Says on every screen that this is a trial, and lets a person ring simulated calls and pull the network.
import type { ReactNode } from 'react'
import { useDesk } from '../link/desk.ts'
import { useLive, useTrialState } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { IconFlask, IconPhoneIncoming, IconPhoneOff, IconPlugConnected, IconPlugConnectedX } from '../ui/icons.ts'
import { useTell } from '../ui/messages.tsx'
import { startedAs } from './settings.ts'

/** Nothing on a live site. */
export function TrialBand(): ReactNode {
  const t = useText()
  const { value: station } = useLive('station', {})
  const { value: trial, isStale } = useTrialState()
  if (!(station?.isTrial ?? startedAs('mode') === 'trial')) return null
  return (
    <section className="trial-band" aria-label={t('trial.region')}>
      <strong>
        <IconFlask className="i" aria-hidden /> {t('trial.band')}
      </strong>
      {trial !== undefined && !isStale && <TrialButtons sync={trial.sync} exchange={trial.exchange} />}
    </section>
  )
}

function TrialButtons({ sync, exchange }: { sync: boolean; exchange: boolean }): ReactNode {
  const t = useText()
  const tell = useTell()
  const { trial } = useDesk()
  const { value: calls } = useLive('calls', {})
  const caller = calls?.ringing[0] ?? (calls?.active?.state === 'ended' ? null : calls?.active) ?? null
  return (
    <div className="trial-buttons">
      <ActionButton
        action="trialRing"
        className="small"
        icon={<IconPhoneIncoming className="i" aria-hidden />}
        onRun={() => void tell(trial.call('ringCall', { scenario: null }))}
      >
        {t('trial.ring')}
      </ActionButton>
      {caller !== null && (
        <ActionButton
          action="trialHangUp"
          className="small"
          icon={<IconPhoneOff className="i" aria-hidden />}
          onRun={() => void tell(trial.call('hangUpCaller', { call: caller.call }))}
        >
          {t('trial.hangUp')}
        </ActionButton>
      )}
      <Plug
        action="trialNetwork"
        isUp={sync}
        pull={t('trial.pull')}
        plug={t('trial.plug')}
        onSet={(up) => void tell(trial.call('setNetwork', { side: 'sync', up }))}
      />
      <Plug
        action="trialExchange"
        isUp={exchange}
        pull={t('trial.pullExchange')}
        plug={t('trial.plugExchange')}
        onSet={(up) => void tell(trial.call('setNetwork', { side: 'exchange', up }))}
      />
    </div>
  )
}

type PlugProps = {
  readonly action: 'trialNetwork' | 'trialExchange'
  readonly isUp: boolean
  readonly pull: string
  readonly plug: string
  readonly onSet: (up: boolean) => void
}

function Plug({ action, isUp, pull, plug, onSet }: PlugProps): ReactNode {
  const Icon = isUp ? IconPlugConnectedX : IconPlugConnected
  return (
    <ActionButton
      action={action}
      className={isUp ? 'small' : 'small pulled'}
      icon={<Icon className="i" aria-hidden />}
      onRun={() => onSet(!isUp)}
    >
      {isUp ? pull : plug}
    </ActionButton>
  )
}
