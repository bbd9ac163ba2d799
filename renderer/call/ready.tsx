// Ready, not ready with a reason, or writing up: in the idle card, in the status bar, and the bar of reasons.
import { useState, type ReactNode } from 'react'
import type { QueryOutput } from '#contract/queries.ts'
import { notReadyReasons, stateAt, type NotReadyReason } from '#domain/operator-state.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { elapsedText } from '../text/format.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { ChoiceBar } from '../ui/choice-bar.tsx'
import { useNow } from '../ui/clock.ts'
import { IconAlertTriangle, IconCoffee, IconPencil } from '../ui/icons.ts'
import { useTell } from '../ui/messages.tsx'
import { ReasonLine } from '../ui/reason-line.tsx'

type Own = QueryOutput<'operatorState'>

/** The state by now, and how long it lasts (ms). */
function useOwnState(): { own: Own | undefined; state: Own['state']; forMs: number } {
  const now = useNow()
  const { value: own } = useLive('operatorState', {})
  if (own === undefined || own.since === null) return { own, state: 'out', forMs: 0 }
  return { own, state: stateAt({ state: own.state, since: own.since }, now, own.wrapUpMs), forMs: now - own.since }
}

function reasonText(own: Own, t: ReturnType<typeof useText>): string {
  if (own.reason === null) return ''
  return own.reason === 'lainnya' ? (own.text ?? '') : t(`ready.reason.${own.reason}`)
}

/** In the status bar of every screen; nothing while the operator is simply ready. */
export function ReadyText(): ReactNode {
  const t = useText()
  const { own, state, forMs } = useOwnState()
  if (own === undefined || state === 'out') return null
  if (state === 'ready') return <span>{t('ready.ready')}</span>
  if (state === 'wrap-up') {
    return (
      <span>
        <IconPencil className="i" aria-hidden /> {t('ready.wrapUp')} <span className="num">{elapsedText(forMs)}</span>
      </span>
    )
  }
  return (
    <span className="warn">
      <IconCoffee className="i" aria-hidden /> {t('ready.notReady', { reason: reasonText(own, t) })}{' '}
      <span className="num">{elapsedText(forMs)}</span>
    </span>
  )
}

/** SIAP, also while a call is written up: the next one may come. */
export function IdleWord(): ReactNode {
  const t = useText()
  return t(useOwnState().state === 'not-ready' ? 'ready.headline' : 'call.idle')
}

/** The words beside SIAP in the idle card. */
export function ReadyLine(): ReactNode {
  const t = useText()
  const { own, state, forMs } = useOwnState()
  if (own === undefined || state === 'out' || state === 'ready') return null
  if (state === 'wrap-up') {
    const isLate = forMs > own.wrapUpMs * 0.8
    return (
      <span className={isLate ? 'warn' : 'dim'}>
        {isLate && <IconAlertTriangle className="i" aria-hidden />}{' '}
        {t('ready.wrapUpOf', { time: elapsedText(forMs), limit: elapsedText(own.wrapUpMs) })}
      </span>
    )
  }
  return (
    <b className="warn">
      <IconCoffee className="i" aria-hidden />{' '}
      {t('ready.notReadyFor', { reason: reasonText(own, t), time: elapsedText(forMs) })}
    </b>
  )
}

/** Ready at once when one is not; the reasons when one is. */
export function ReadyButton({ onReasons }: { onReasons: () => void }): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const { state } = useOwnState()
  if (state === 'out') return null
  const ready = (): void => void tell(core.call('setOperatorState', { state: 'ready', reason: null, text: null }))
  return (
    <ActionButton action="readyState" onRun={state === 'ready' ? onReasons : ready}>
      {t(state === 'ready' ? 'ready.pause' : 'ready.again')}
    </ActionButton>
  )
}

/** Reasons by digit; another one asks for words. */
export function NotReadyBar({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const [isOther, setIsOther] = useState(false)
  const pause = (reason: NotReadyReason, text: string | null): void => {
    void tell(core.call('setOperatorState', { state: 'not-ready', reason, text }))
    onClose()
  }
  if (isOther) {
    return (
      <section className="call-bar" aria-label={t('ready.why')}>
        <ReasonLine
          label={t('ready.otherReason')}
          verb={t('ready.pause')}
          onDone={(text) => pause('lainnya', text)}
          onStop={onClose}
        />
      </section>
    )
  }
  return (
    <ChoiceBar
      title={t('ready.why')}
      icon={<IconCoffee className="i" aria-hidden />}
      choices={notReadyReasons.map((reason) => ({ code: reason, label: t(`ready.reason.${reason}`) }))}
      onChoose={(code) => {
        const reason = notReadyReasons.find((known) => known === code)
        if (reason === 'lainnya') setIsOther(true)
        else if (reason !== undefined) pause(reason, null)
      }}
      onClose={onClose}
    />
  )
}
