// What of the calls waits for the shift lead, in the status bar of every screen. Deals with nothing itself.
import type { ReactNode } from 'react'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { IconAlertTriangle, IconBan } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'

/** Numbers that were silent again, and numbers somebody asks to block; the key leads to the list that names them. */
export function LeadMarks(): ReactNode {
  const t = useText()
  const { value: missed } = useLive('missedCalls', {})
  const { value: blocks } = useLive('blocks', {})
  const silent = missed?.silent ?? 0
  const asked = (blocks ?? []).filter(({ until }) => until === null).length
  return (
    <span className="lead-marks" role="status">
      {silent > 0 && (
        <span className="warn">
          <IconAlertTriangle className="i" aria-hidden /> {t('leadMarks.silent', { n: silent })}{' '}
          <KeyCap action="toMissed" />
        </span>
      )}
      {asked > 0 && (
        <span className="warn">
          <IconBan className="i" aria-hidden /> {t('leadMarks.blocks', { n: asked })} <KeyCap action="blocks" />
        </span>
      )}
    </span>
  )
}
