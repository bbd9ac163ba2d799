// How far the incident in hand is, and the decisions an operator makes about it: verify, postpone, cancel, close, reopen.
import { useState, type ReactNode } from 'react'
import type { Disposition, IncidentStatus } from '#domain/incident.ts'
import { useDesk } from '../link/desk.ts'
import { useText, type TextKey } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { IconAlertTriangle } from '../ui/icons.ts'
import { useTell } from '../ui/messages.tsx'
import { ReasonLine } from '../ui/reason-line.tsx'
import { CloseForm } from './close-form.tsx'
import { UmbrellaButton } from './merged.tsx'
import { useInHand, type IncidentRow } from './in-hand.tsx'
import { ComplianceLine } from './questions.tsx'
import { useReferenceWords } from '../ui/reference-words.ts'

const steps = [
  'baru',
  'diverifikasi',
  'diteruskan',
  'diterima',
  'menuju-lokasi',
  'di-lokasi',
  'selesai',
  'ditutup',
] as const
type Asking = 'postpone' | 'cancel' | 'close' | 'reopen' | null

/** Shown once the incident exists. */
export function Status(): ReactNode {
  const t = useText()
  const { row } = useInHand()
  const { dispositions } = useReferenceWords()
  const [asking, setAsking] = useState<{ incident: string; what: Asking }>({ incident: '', what: null })
  const result = dispositions.find(({ code }) => row?.status === 'ditutup' && code === row.disposition)?.label
  if (row === null) return null
  const what = asking.incident === row.incident ? asking.what : null
  const ask = (next: Asking): void => setAsking({ incident: row.incident, what: next })
  return (
    <section className="panel status-steps" aria-labelledby="h-status">
      <div className="line status-line">
        <h2 id="h-status" className="sr">
          {t('status.title')}
        </h2>
        {row.hasNews && (
          <span className="warn state">
            <IconAlertTriangle className="i" aria-hidden /> {t('status.news')}
          </span>
        )}
        <b role="status">
          {t(`incidentStatus.${row.status}`)}
          {result !== undefined && ` · ${result}`}
        </b>
        <Steps status={row.status} />
        <UmbrellaButton row={row} />
      </div>
      {(what === 'close' || row.status === 'ditutup') && <ComplianceLine />}
      <Asked what={what} row={row} onStop={() => ask(null)} />
      {what === null && <Decisions row={row} onAsk={ask} />}
    </section>
  )
}

/**
 * The chain of steps. A status beside the chain (postponed, cancelled) leaves it empty and is told in words; a closed
 * incident claims no step that it may never have reached.
 */
function Steps({ status }: { status: IncidentStatus }): ReactNode {
  const t = useText()
  const at = steps.findIndex((step) => step === status)
  return (
    <ol className="steps-row">
      {steps.map((step, index) => (
        <li
          key={step}
          className={index < at && status !== 'ditutup' ? 'past' : index === at ? 'now' : ''}
          aria-current={index === at ? 'step' : undefined}
        >
          <span>{t(`incidentStatus.${step}`)}</span>
        </li>
      ))}
    </ol>
  )
}

type DecisionsProps = { readonly row: IncidentRow; readonly onAsk: (what: Asking) => void }

/** Only what makes sense now is offered. */
function Decisions({ row, onAsk }: DecisionsProps): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const isEnded = row.status === 'ditutup' || row.status === 'dibatalkan'
  const verify = (): void => void tell(core.call('verifyIncident', { incident: row.incident }))
  // What is decided about a merged incident is decided at the one that shows it.
  if (row.root !== null) return null
  if (isEnded) {
    return (
      <div className="line acts">
        <ActionButton action="reopen" className="small" onRun={() => onAsk('reopen')}>
          {t('status.reopen')}
        </ActionButton>
      </div>
    )
  }
  return (
    <div className="line acts">
      {(row.status === 'baru' || row.status === 'ditunda') && (
        <ActionButton action="verify" className="small" onRun={verify}>
          {t('status.verify')}
        </ActionButton>
      )}
      {row.status !== 'ditunda' && (
        <ActionButton action="postpone" className="small" onRun={() => onAsk('postpone')}>
          {t('status.postpone')}
        </ActionButton>
      )}
      <ActionButton action="cancelIncident" className="small" onRun={() => onAsk('cancel')}>
        {t('status.cancel')}
      </ActionButton>
      <ActionButton action="closeIncident" className="small" onRun={() => onAsk('close')}>
        {t('status.close')}
      </ActionButton>
    </div>
  )
}

type AskedProps = { readonly what: Asking; readonly row: IncidentRow; readonly onStop: () => void }
const reasons = { postpone: 'postponeIncident', cancel: 'cancelIncident', reopen: 'reopenIncident' } as const
const reasonLabels: Readonly<Record<keyof typeof reasons, { label: TextKey; verb: TextKey }>> = {
  postpone: { label: 'status.postponeReason', verb: 'status.postpone' },
  cancel: { label: 'status.cancelReason', verb: 'status.cancel' },
  reopen: { label: 'status.reopenReason', verb: 'status.reopen' },
}

function Asked({ what, row, onStop }: AskedProps): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const { dispositions } = useReferenceWords()
  const { incident } = row
  const end = (reply: Promise<unknown>): void => void tell(reply).then((isDone) => isDone && onStop())
  if (what === null) return null
  if (what === 'close') {
    const close = (disposition: Disposition, reason: string | null): void =>
      end(core.call('closeIncident', { incident, disposition, reason }))
    return <CloseForm dispositions={dispositions} onDone={close} onStop={onStop} />
  }
  const { label, verb } = reasonLabels[what]
  return (
    <ReasonLine
      label={t(label)}
      verb={t(verb)}
      onDone={(reason) => end(core.call(reasons[what], { incident, reason }))}
      onStop={onStop}
    />
  )
}
