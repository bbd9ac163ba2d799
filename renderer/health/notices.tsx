// What is wrong with the desk, in the operator's words: database, disk, clock, connection to core. Repairs nothing.
import type { ReactNode } from 'react'
import { clockText } from '#domain/time.ts'
import { useDesk } from '../link/desk.ts'
import { useLinkState, useLive } from '../link/use-live.ts'
import { useText, type TextKey, type TextValues } from '../text/text.ts'
import { Button } from 'react-aria-components/Button'
import { useTell } from '../ui/messages.tsx'
import { Bar } from './bar.tsx'
import { LogAlarms } from './log-alarms.tsx'

/** Notices by kind; one that this program has no words for is shown as a general one, never hidden. */
const kinds = {
  'database-set-aside': 'notice.databaseSetAside',
  'database-damaged': 'notice.databaseDamaged',
  'database-lost': 'notice.databaseLost',
  'clock-jump': 'notice.clockJump',
  'renewal-failed': 'notice.renewalFailed',
  'site-file': 'notice.siteFile',
  'no-number': 'notice.noNumber',
  'reference-pack': 'notice.referencePack',
} as const satisfies Record<string, TextKey>

const mostShown = 2

const linkTexts = { waiting: 'link.waiting', silent: 'link.silent', gone: 'link.gone' } as const

/** Bars over the screen's content; none when all is well. */
export function Notices(): ReactNode {
  const t = useText()
  const link = useLinkState()
  const { value: health } = useLive('health', {})
  const { value: station } = useLive('station', {})
  // The newest ones; the screen below must keep its room.
  const notices = health?.notices ?? []
  const newest = notices.slice(-mostShown)
  return (
    <div className="notices" role="status">
      {link !== 'up' && <Bar tone="crit" text={t(linkTexts[link])} />}
      {health !== undefined && health.disk !== 'ok' && <Bar tone="crit" text={t(`disk.${health.disk}`)} isData />}
      <LogAlarms />
      {newest.map(({ notice, kind, at, values }) => (
        <Notice
          key={notice}
          notice={notice}
          kind={kind}
          values={{ ...values, time: station === undefined ? '' : clockText(at, station.zone) }}
        />
      ))}
      {notices.length > mostShown && <p className="dim">{t('notice.more', { n: notices.length - mostShown })}</p>}
    </div>
  )
}

type NoticeProps = { readonly notice: string; readonly kind: string; readonly values: TextValues }

function Notice({ notice, kind, values }: NoticeProps): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const { value: session } = useLive('session', {})
  const key: TextKey = Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : 'notice.other'
  const mayDismiss = session?.operator !== undefined && session.operator !== null
  const dismiss = (): void => void tell(core.call('dismissNotice', { notice }))
  return (
    <Bar tone="mild" text={t(key, { ...values, kind })} isData>
      {mayDismiss && (
        <Button className="btn small" onPress={dismiss}>
          {t('notice.dismiss')}
        </Button>
      )}
    </Bar>
  )
}
