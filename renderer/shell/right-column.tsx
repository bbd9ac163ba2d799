// Agencies, map and missed calls: one above the other, or as tabs where the window is small.
import { useEffect, useRef, type ReactNode } from 'react'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { useAction } from '../ui/actions.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { useCompact } from './use-compact.ts'

type Tab = 'agencies' | 'map' | 'missed'
type Props = {
  readonly tab: Tab
  readonly onTab: (tab: Tab) => void
  readonly agencies: ReactNode
  readonly map: ReactNode
  readonly missed: ReactNode
}

/** The hidden panel leaves its keys with the shown one. */
export function RightColumn({ tab, onTab, agencies, map, missed }: Props): ReactNode {
  const isCompact = useCompact()
  const wantsList = useRef(false)
  useEffect(() => {
    if (!wantsList.current) return
    wantsList.current = false
    document.querySelector<HTMLElement>('.missed [tabindex="0"]')?.focus()
  })
  const toMissed = (): void => {
    wantsList.current = true
    onTab('missed')
  }
  if (!isCompact) {
    return (
      <div className="right">
        {agencies}
        {map}
        {missed}
      </div>
    )
  }
  return (
    <div className="right">
      <Tabs tab={tab} onTab={onTab} onMissedKey={toMissed} />
      <div className={tab === 'agencies' ? 'tab-panel' : 'tab-panel hidden-tab'}>{agencies}</div>
      {tab === 'map' && <div className="tab-panel">{map}</div>}
      {tab === 'missed' && <div className="tab-panel">{missed}</div>}
    </div>
  )
}

type TabsProps = Pick<Props, 'tab' | 'onTab'> & { readonly onMissedKey: () => void }

function Tabs({ tab, onTab, onMissedKey }: TabsProps): ReactNode {
  const t = useText()
  const { value: missed } = useLive('missedCalls', {})
  useAction('toMissed', tab === 'missed' ? null : onMissedKey)
  return (
    <div className="tabs" role="group" aria-label={t('tabs.region')}>
      <button type="button" aria-pressed={tab === 'agencies'} onClick={() => onTab('agencies')}>
        {t('tabs.agencies')}
      </button>
      <button type="button" aria-pressed={tab === 'map'} onClick={() => onTab('map')}>
        {t('tabs.map')}
      </button>
      <button type="button" aria-pressed={tab === 'missed'} onClick={() => onTab('missed')}>
        {t('tabs.missed')} <b>{missed?.total ?? 0}</b> <KeyCap action="toMissed" />
      </button>
    </div>
  )
}
