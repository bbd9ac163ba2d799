// What of the calls waits for the shift lead, in the status bar of every screen. Deals with nothing itself.
import type { ReactNode } from 'react'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { IconAlertTriangle } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'

/** Numbers that were silent again; the key leads to the list that names them. */
export function LeadMarks(): ReactNode {
  const t = useText()
  const { value: missed } = useLive('missedCalls', {})
  const silent = missed?.silent ?? 0
  if (silent === 0) return null
  return (
    <span className="warn" role="status">
      <IconAlertTriangle className="i" aria-hidden /> {t('leadMarks.silent', { n: silent })}{' '}
      <KeyCap action="toMissed" />
    </span>
  )
}
