// The bars below the strip that belong to the call in hand: at most one that the operator opened, and the silent call.
import { useEffect, type ReactNode } from 'react'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { useTell } from '../ui/messages.tsx'
import { ReasonLine } from '../ui/reason-line.tsx'
import type { CallRow } from './call-text.ts'
import { NeighbourBar } from './neighbour-bar.tsx'
import { NotReadyBar } from './ready.tsx'
import { SilentBar } from './silent-bar.tsx'

export type CallBar = 'neighbours' | 'release' | 'notReady'
type Props = { readonly bar: CallBar | null; readonly onBar: (bar: CallBar | null) => void }

/** A bar goes with its call. */
export function CallBars({ bar, onBar }: Props): ReactNode {
  const { value: calls } = useLive('calls', {})
  const active = calls?.active ?? null
  const id = active?.call
  useEffect(() => onBar(null), [id, onBar])
  const close = (): void => onBar(null)
  return (
    <>
      <SilentBar />
      {bar === 'neighbours' && active !== null && <NeighbourBar call={active} onClose={close} />}
      {bar === 'notReady' && active === null && <NotReadyBar onClose={close} />}
      {bar === 'release' && active?.canRelease === true && <ReleaseBar call={active} onClose={close} />}
    </>
  )
}

function ReleaseBar({ call, onClose }: { call: CallRow; onClose: () => void }): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const release = (reason: string): void => {
    void tell(core.call('releaseCall', { call: call.call, reason }))
    onClose()
  }
  return (
    <section className="call-bar" aria-label={t('release.title')}>
      <ReasonLine label={t('release.reason')} verb={t('release.verb')} onDone={release} onStop={onClose} />
    </section>
  )
}
