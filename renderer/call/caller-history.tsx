// What is known of a caller's number, in words, with the way to their open incident. Covers nothing and asks nothing.
import type { ReactNode } from 'react'
import type { IncidentId } from '#domain/id.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { IconAlertTriangle } from '../ui/icons.ts'
import { aboutText, shortLabel, type CallRow } from './call-text.ts'

type Props = {
  readonly call: CallRow
  /** Null before sign-in: there is no screen to open it on. */
  readonly onOpenIncident: ((incident: IncidentId) => void) | null
  /** False while another call's incident has the key. */
  readonly hasKey: boolean
  readonly before?: string | null
  /** What else can be done with the call. */
  readonly children?: ReactNode
}

/** One line. A number that was silent lately says so first. */
export function CallerHistory({ call, onOpenIncident, hasKey, before = null, children }: Props): ReactNode {
  const t = useText()
  const { silent, open, calls } = call.history
  const [first] = open
  const about = aboutText(call, t)
  return (
    <div className="line caller-history">
      <span className="cut about" title={about}>
        {before !== null && `${before} · `}
        {silent > 0 && (
          <b className="attention">
            <IconAlertTriangle className="i" aria-hidden /> {t('call.silentBefore', { n: silent })} ·{' '}
          </b>
        )}
        {calls === 0 ? about : t('call.days', { text: about })}
      </span>
      {first !== undefined && onOpenIncident !== null && hasKey && (
        <ActionButton action="openCallerIncident" className="small" onRun={() => onOpenIncident(first.incident)}>
          {t('call.openIncident', { label: shortLabel(first.label) })}
        </ActionButton>
      )}
      {children}
    </div>
  )
}
