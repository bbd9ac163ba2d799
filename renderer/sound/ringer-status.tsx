// The ringer in the status bar: where and how loud it sounds, or why it does not. Never silent without saying so here.
import type { ReactNode } from 'react'
import { clockText } from '#domain/time.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { IconBell, IconBellOff, IconBellX } from '../ui/icons.ts'
import type { RingerState } from './ringer.ts'
import { useRingerState, useRinger } from './sounds.tsx'

/** State in words; the whole of it by pointing, where the bar has no room. */
export function RingerStatus(): ReactNode {
  const state = useRingerState()
  const text = useRingerText()(state)
  const isWrong = state.output !== 'running'
  const Icon = isWrong ? IconBellX : state.mute === null ? IconBell : IconBellOff
  const isAsItShould = !isWrong && !state.isLost && state.mute === null
  return (
    // Told when it changes: a desk that has fallen silent must not wait to be looked at.
    <span className={isAsItShould ? 'ringer' : 'ringer warn'} role="status" title={text}>
      <Icon className="i" aria-hidden /> <span className="cut">{text}</span>
    </span>
  )
}

/** The key that lets the sounds be heard, on every screen. */
export function TestSound(): ReactNode {
  const t = useText()
  const ringer = useRinger()
  const { isTesting } = useRingerState()
  return (
    <ActionButton action="testSound" className="bare" onRun={ringer.test}>
      {t(isTesting ? 'sound.testing' : 'sound.testShort')}
    </ActionButton>
  )
}

/** The state of the ringer in one line. */
export function useRingerText(): (state: RingerState) => string {
  const t = useText()
  const { value: station } = useLive('station', {})
  return ({ output, mute, device, isLost, volume }) => {
    const percent = Math.round(volume * 100)
    if (output === 'failed') return t('sound.failed')
    if (output === 'blocked') return t('sound.blocked')
    if (mute !== null) {
      const until = station === undefined ? '' : clockText(mute.until, station.zone).slice(0, 5)
      return t('sound.muted', { until, reason: mute.reason })
    }
    if (isLost) return t('sound.lost', { device: device.name, percent })
    return device.id === '' ? t('sound.onDefault', { percent }) : t('sound.on', { device: device.name, percent })
  }
}
