// What rings: the next call in inverted luminance, the one behind it, how many more. Never takes the focus.
import type { ReactNode } from 'react'
import type { IncidentId } from '#domain/id.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Elapsed } from '../ui/elapsed.tsx'
import { IconHourglass, IconPhoneIncoming } from '../ui/icons.ts'
import { useTell } from '../ui/messages.tsx'
import { CallerHistory } from './caller-history.tsx'
import { aboutText, numberText, trustText, type CallRow } from './call-text.ts'

type Props = {
  readonly onAnswer: ((call: CallRow) => void) | null
  readonly onOpenIncident: (incident: IncidentId) => void
}

/** The ringing card and the card of the call behind it. `onAnswer` is told which call the operator took. */
export function Ringing({ onAnswer, onOpenIncident }: Props): ReactNode {
  const t = useText()
  const { value: calls } = useLive('calls', {})
  const [first, second] = calls?.ringing ?? []
  return (
    <>
      <p className="sr" role="alert">
        {first !== undefined && !first.isQuiet && t('call.announce', { number: numberText(first, t) })}
      </p>
      {first === undefined ? (
        <section className="ringing quiet" aria-label={t('call.ringing')}>
          <span className="dim">{t('call.nothingRings')}</span>
        </section>
      ) : (
        <RingingCard
          call={first}
          onAnswer={onAnswer}
          onOpenIncident={onOpenIncident}
          hasKey={(calls?.active?.history.open.length ?? 0) === 0}
          canAnswer={calls?.exchange.capabilities.includes('answer') === true}
        />
      )}
      {second !== undefined && <WaitingCard call={second} more={(calls?.ringing.length ?? 0) - 2} />}
    </>
  )
}

type CardProps = Props & {
  readonly call: CallRow
  /** The call in hand has no open incident that the key would open. */
  readonly hasKey: boolean
  readonly canAnswer: boolean
}

function RingingCard({ call, onAnswer, onOpenIncident, hasKey, canAnswer }: CardProps): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const { value: station } = useLive('station', {})
  const answer = (): void => {
    onAnswer?.(call)
    void tell(core.call('answerCall', { call: call.call }))
  }
  const trust = trustText(call, t)
  return (
    <section className="ringing" aria-label={t('call.ringing')}>
      <div className="line">
        <b className="state">
          <IconPhoneIncoming className="i blink" aria-hidden /> {t('call.rings')}
        </b>
        <span className="sub cut">
          · {t('call.line', { line: call.line })}
          {trust !== null && ` · ${trust}`}
        </span>
        {call.isUnknown && <span className="not-recorded">{t('call.unknown')}</span>}
        {call.blockedUntil !== null && <span className="not-recorded">{t('block.blocked')}</span>}
        {!call.isRecorded && <span className="not-recorded">{t('call.notRecorded')}</span>}
        <span className="grow" />
        <Waited call={call} limitSeconds={station?.answerSeconds ?? 10} />
      </div>
      <div className="line">
        <span className="big">{numberText(call, t)}</span>
        <span className="grow" />
        {onAnswer === null ? (
          <span className="sub">{t('call.signInToAnswer')}</span>
        ) : (
          <ActionButton action="answer" onRun={answer}>
            {t(canAnswer ? 'call.answer' : 'call.claim')}
          </ActionButton>
        )}
      </div>
      <CallerHistory
        call={call}
        onOpenIncident={onAnswer === null ? null : onOpenIncident}
        hasKey={hasKey}
        before={!canAnswer && onAnswer !== null ? t('call.claimHint') : null}
      />
    </section>
  )
}

function Waited({ call, limitSeconds }: { call: CallRow; limitSeconds: number }): ReactNode {
  const t = useText()
  const name = t('call.waitLimit', { seconds: limitSeconds })
  return (
    <span title={name}>
      <Elapsed className="big" from={call.offeredAt} />
    </span>
  )
}

function WaitingCard({ call, more }: { call: CallRow; more: number }): ReactNode {
  const t = useText()
  return (
    <section className="waiting" aria-label={t('call.waiting')}>
      <div className="line">
        <b className="state">
          <IconHourglass className="i" aria-hidden /> {t('call.queued')}
        </b>
        <span className="grow" />
        <Elapsed className="big" from={call.offeredAt} />
      </div>
      <div className="line">
        <b className="cut">{numberText(call, t)}</b>
        {call.isUnknown && <span className="not-recorded">{t('call.unknown')}</span>}
        {call.blockedUntil !== null && <span className="not-recorded">{t('block.blocked')}</span>}
      </div>
      <div className="dim cut">
        {t('call.line', { line: call.line })} · {more > 0 ? t('call.more', { n: more }) : aboutText(call, t)}
      </div>
    </section>
  )
}
