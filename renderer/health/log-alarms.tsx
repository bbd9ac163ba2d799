// Alarms about logs: a bar for each that nobody dealt with, and what was dealt with as a line of the health facts.
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import type { QueryOutput } from '#contract/queries.ts'
import { clockText, dayOf } from '#domain/time.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { useTell } from '../ui/messages.tsx'
import { Bar } from './bar.tsx'

type LogAlarm = QueryOutput<'sync'>['alarms'][number]

const mostShown = 2

/** The bars; a lead or an admin takes one off every screen with its button. */
export function LogAlarms(): ReactNode {
  const t = useText()
  const { value: sync } = useLive('sync', {})
  const open = sync?.alarms.filter(({ handled }) => handled === null) ?? []
  return (
    <>
      {open.slice(0, mostShown).map((alarm) => (
        <OpenAlarm key={`${alarm.kind} ${alarm.origin}`} alarm={alarm} />
      ))}
      {open.length > mostShown && <p className="dim">{t('syncAlarm.more', { n: open.length - mostShown })}</p>}
    </>
  )
}

function OpenAlarm({ alarm: { kind, origin, member } }: { alarm: LogAlarm }): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const { value: session } = useLive('session', {})
  const role = session?.operator?.role
  const handle = (): void => void tell(core.call('handleLogAlarm', { alarm: kind, origin }))
  return (
    <Bar tone="crit" text={t(`syncAlarm.${kind}`, { member })} isData>
      {(role === 'lead' || role === 'admin') && (
        <Button className="btn small" onPress={handle}>
          {t('syncAlarm.handle')}
        </Button>
      )}
    </Bar>
  )
}

/** "1 alarm riwayat ditangani (Rina K. 24/11 09:15)": the alarm stays among the facts when its bar is gone. Nothing when there was none. */
export function HandledAlarms(): ReactNode {
  const t = useText()
  const { value: sync } = useLive('sync', {})
  const { value: station } = useLive('station', {})
  const handled = sync?.alarms.flatMap((alarm) => (alarm.handled === null ? [] : [alarm.handled])) ?? []
  const last = handled.toSorted((a, b) => a.at - b.at).at(-1)
  if (last === undefined || station === undefined) return null
  const [, month = '', day = ''] = dayOf(last.at, station.zone).split('-')
  const time = `${day}/${month} ${clockText(last.at, station.zone).slice(0, 5)}`
  const by = t('syncAlarm.handledBy', { by: last.by, time })
  return (
    <span title={by}>
      {' · '}
      {t('syncAlarm.handled', { n: handled.length })}
      <span className="handled-by"> ({by})</span>
    </span>
  )
}
