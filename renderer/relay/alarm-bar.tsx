// The most urgent unacknowledged P1 relay, on every screen until someone deals with it. Covers nothing.
import { useState, type ReactNode } from 'react'
import { shownNumber } from '#domain/number.ts'
import type { QueryOutput } from '#contract/queries.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { elapsedText } from '../text/format.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { useAction } from '../ui/actions.tsx'
import { Elapsed } from '../ui/elapsed.tsx'
import { IconAlertTriangle, IconPhone } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { PriorityBadge } from '../ui/marks.tsx'
import { useTell } from '../ui/messages.tsx'
import { usePhone } from './use-relays.ts'

type Alarm = QueryOutput<'alarms'>[number]
type Props = {
  /** Writes a village and a type as people read them. */
  readonly placeText: (village: string) => string
  readonly typeText: (type: string) => string
  /** False before sign-in: the alarm shows, the actions need a person. */
  readonly canAct: boolean
}

/** Nothing when there is no alarm. */
export function AlarmBar(props: Props): ReactNode {
  const t = useText()
  const alarms = useLive('alarms', {}).value ?? []
  const [at, setAt] = useState(0)
  const count = alarms.length
  const alarm = alarms[at % Math.max(count, 1)]
  useAction('nextAlarm', count > 1 ? () => setAt((before) => before + 1) : null)
  return (
    <>
      <p className="sr" role="alert">
        {alarms[0] !== undefined && t('alarm.announce', { name: alarms[0].name, label: alarms[0].label })}
      </p>
      {alarm !== undefined && (
        <section className="alarm" aria-label={t('alarm.region')}>
          <IconAlertTriangle className="i" aria-hidden />
          <PriorityBadge priority="P1" />
          <strong>
            {t(alarm.step === 'told' && alarm.channel === 'mqtt' ? 'alarm.unreached' : 'alarm.unaccepted', {
              name: alarm.name,
            })}
          </strong>
          <span className="num">
            <Elapsed from={alarm.toldAt} />
          </span>
          <span className="grow cut">{detailText(alarm, props, t)}</span>
          {count > 1 && (
            <span className="state">
              {t('alarm.count', { at: (at % count) + 1, n: count })} <KeyCap action="nextAlarm" />
            </span>
          )}
          {props.canAct && <AlarmButtons alarm={alarm} />}
        </section>
      )}
    </>
  )
}

function detailText(alarm: Alarm, { placeText, typeText }: Props, t: ReturnType<typeof useText>): string {
  const place = alarm.village === null ? '' : ` ${placeText(alarm.village)}`
  const parts = [`${alarm.label.slice(alarm.label.indexOf('-') + 1)}${place}`]
  // The number stands early: it is what the operator needs now, and a small window cuts the end.
  if (alarm.phone !== null) parts.push(t('alarm.number', { number: shownNumber(alarm.phone) }))
  if (alarm.type !== null) parts.push(typeText(alarm.type))
  parts.push(t('alarm.limit', { time: elapsedText(alarm.limitMs) }))
  return parts.join(' · ')
}

function AlarmButtons({ alarm }: { alarm: Alarm }): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const { phone } = usePhone()
  const { relay } = alarm
  return (
    <>
      <ActionButton
        action="phoneAlarm"
        className="small"
        icon={<IconPhone className="i" aria-hidden />}
        onRun={() => void phone(alarm)}
      >
        {t('alarm.phone')}
      </ActionButton>
      <ActionButton action="takeAlarm" className="small" onRun={() => void tell(core.call('handleAlarm', { relay }))}>
        {t('alarm.take')}
      </ActionButton>
      <ActionButton action="repeatAlarm" className="small" onRun={() => void tell(core.call('repeatRelay', { relay }))}>
        {t('alarm.repeat')}
      </ActionButton>
    </>
  )
}
