// The line at the foot of every screen: exchange, sync, clock, trial mark, keys. Says what is true and how old it is.
import type { ReactNode } from 'react'
import { useLinkState, useLive } from '../link/use-live.ts'
import { elapsedText } from '../text/format.ts'
import { useText } from '../text/text.ts'
import { useNow } from '../ui/clock.ts'
import {
  IconAlertTriangle,
  IconClock,
  IconCloudOff,
  IconDatabase,
  IconFlask,
  IconPlugConnected,
  IconPlugConnectedX,
  IconRefresh,
} from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { HandledAlarms } from './log-alarms.tsx'

/** More than this between the desk's and the centre's clock is told (ms). */
const clockLimitMs = 2000

type Props = {
  /** State of the ringer. */
  readonly ringer: ReactNode
  /** The buttons of the shell. */
  readonly children: ReactNode
}

/** What is true on every screen. */
export function StatusBar({ ringer, children }: Props): ReactNode {
  const t = useText()
  const { value: station } = useLive('station', {})
  return (
    <footer className="status" aria-label={t('status.bar')}>
      {station?.isTrial === true && (
        <span className="trial-chip">
          <IconFlask className="i" aria-hidden /> {t('trial.chip')}
        </span>
      )}
      {ringer}
      <Exchange />
      <Sync />
      <Clock />
      <Disk />
      <Renewal />
      <span className="push to-keys">
        <KeyCap action="keySheet" /> {t('status.keys')}
      </span>
      {children}
      <span className="dim version">{station === undefined ? '' : `v${station.version}`}</span>
    </footer>
  )
}

function Exchange(): ReactNode {
  const t = useText()
  const { value: calls } = useLive('calls', {})
  const isOnline = calls?.exchange.isOnline === true
  const unreadable = calls?.exchange.unknownCalls ?? 0
  const Icon = isOnline ? IconPlugConnected : IconPlugConnectedX
  return (
    <span className={isOnline ? '' : 'warn'}>
      <Icon className="i" aria-hidden /> {t(isOnline ? 'status.exchangeUp' : 'status.exchangeDown')}
      {unreadable > 0 && ` · ${t('status.unreadable', { n: unreadable })}`}
    </span>
  )
}

function Sync(): ReactNode {
  const t = useText()
  const link = useLinkState()
  const { value: sync } = useLive('sync', {})
  if (link !== 'up') {
    return (
      <span className="warn">
        <IconAlertTriangle className="i" aria-hidden /> {t('status.noCore')}
      </span>
    )
  }
  if (sync === undefined) return null
  const isUp = sync.link === 'up'
  const Icon = isUp ? IconRefresh : IconCloudOff
  return (
    <span
      className={isUp && !sync.isUnconfirmed ? '' : 'warn'}
      title={t('status.confirmedOf', { confirmed: sync.own - sync.waiting, own: sync.own })}
    >
      <Icon className="i" aria-hidden />
      <SyncAge link={sync.link} confirmedAt={sync.confirmedAt} isUnconfirmed={sync.isUnconfirmed} /> ·{' '}
      {t('status.waiting', { n: sync.waiting })}
      {sync.oldestAt !== null && <OldestAge at={sync.oldestAt} />}
      {sync.parked > 0 && ` · ${t('status.parked', { n: sync.parked })}`}
      {sync.missing > 0 && ` · ${t('status.missing', { n: sync.missing })}`}
      {sync.heldRefused > 0 && ` · ${t('status.heldRefused', { n: sync.heldRefused })}`}
      <HandledAlarms />
    </span>
  )
}

type AgeProps = {
  readonly link: 'off' | 'connecting' | 'up' | 'refused'
  readonly confirmedAt: number | null
  readonly isUnconfirmed: boolean
}

function SyncAge({ link, confirmedAt, isUnconfirmed }: AgeProps): ReactNode {
  const t = useText()
  const now = useNow()
  if (link !== 'up') return t(`status.link.${link}`)
  if (isUnconfirmed) return t('status.unconfirmed')
  return confirmedAt === null ? t('status.connected') : t('status.syncAge', { age: ageText(now - confirmedAt, t) })
}

/** "5 dtk", "3 mnt", "2 jam": one glance, not a timer. */
function ageText(ms: number, t: ReturnType<typeof useText>): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return t('age.seconds', { n: seconds })
  return seconds < 3600
    ? t('age.minutes', { n: Math.floor(seconds / 60) })
    : t('age.hours', { n: Math.floor(seconds / 3600) })
}

function OldestAge({ at }: { at: number }): ReactNode {
  const t = useText()
  const now = useNow()
  return ` (${t('status.oldest', { age: elapsedText(now - at) })})`
}

function Clock(): ReactNode {
  const t = useText()
  const { value: health } = useLive('health', {})
  const offset = health?.clockOffsetMs ?? null
  const isOff = offset !== null && Math.abs(offset) > clockLimitMs
  return (
    <span className={isOff ? 'warn' : ''}>
      <IconClock className="i" aria-hidden />{' '}
      {offset === null
        ? t('status.clockUnknown')
        : isOff
          ? t('status.clockOff', { time: elapsedText(Math.abs(offset)) })
          : t('status.clockRight')}
    </span>
  )
}

/** After an update old records are made again while the desk works: until then they are shown as they were. */
function Renewal(): ReactNode {
  const t = useText()
  const { value: health } = useLive('health', {})
  const percent = health?.renewalPercent ?? null
  if (percent === null) return null
  return (
    <span>
      <IconRefresh className="i" aria-hidden /> {t('status.renewal', { n: percent })}
    </span>
  )
}

/** Only told when something is wrong. */
function Disk(): ReactNode {
  const t = useText()
  const { value: health } = useLive('health', {})
  if (health === undefined || (health.disk === 'ok' && health.secondCopy !== 'behind')) return null
  return (
    <span className="warn">
      <IconDatabase className="i" aria-hidden />{' '}
      {t(health.disk === 'ok' ? 'status.secondCopyBehind' : `status.disk.${health.disk}`)}
    </span>
  )
}
