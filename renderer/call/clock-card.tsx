// Clock, date, operator and the figures of the day.
import type { ReactNode } from 'react'
import { clockText, zoneShort } from '#domain/time.ts'
import { useLive } from '../link/use-live.ts'
import { countText, dayText, percentOf } from '../text/format.ts'
import { useLanguage, useText } from '../text/text.ts'
import { useNow } from '../ui/clock.ts'
import { Elapsed } from '../ui/elapsed.tsx'
import { labelIn, useReferenceWords } from '../ui/reference-words.ts'

/** The last card of the strip. */
export function ClockCard(): ReactNode {
  const t = useText()
  const { value: station } = useLive('station', {})
  const { value: session } = useLive('session', {})
  if (station === undefined) return <section className="clock" aria-label={t('clock.region')} />
  return (
    <section className="clock" aria-label={t('clock.region')}>
      <Time zone={station.zone} />
      <div className="who cut">
        {session?.operator?.name ?? t('clock.nobody')} · {t('clock.desk', { member: station.member })}
        <BySource />
      </div>
      <Figures answerSeconds={station.answerSeconds} />
    </section>
  )
}

function Time({ zone }: { zone: Parameters<typeof zoneShort>[0] }): ReactNode {
  const now = useNow()
  const language = useLanguage()
  return (
    <>
      <div className="line">
        <span className="big">{clockText(now, zone)}</span>
        <span className="dim">{zoneShort(zone)}</span>
      </div>
      <div className="date dim">{dayText(now, zone, language)}</div>
    </>
  )
}

/** What came today by which way, as soon as something came otherwise than by a call to 112. */
function BySource(): ReactNode {
  const t = useText()
  const language = useLanguage()
  const { value: calls } = useLive('calls', {})
  const { sources } = useReferenceWords()
  const counts = calls?.today.sources ?? []
  if (!counts.some(({ source }) => source !== '112')) return null
  const text = counts
    .map(({ source, count }) => `${labelIn(sources, source)} ${countText(count, language)}`)
    .join(' · ')
  return (
    <span className="dim" title={t('clock.sources', { text })}>
      {' '}
      · <span className="sr">{t('clock.sources', { text: '' })}</span>
      {text}
    </span>
  )
}

function Figures({ answerSeconds }: { answerSeconds: number }): ReactNode {
  const t = useText()
  const language = useLanguage()
  const { value: calls } = useLive('calls', {})
  if (calls === undefined) return null
  const { today, queue } = calls
  const share = percentOf(today.answeredInTime, today.answered)
  return (
    <dl className="figures">
      <div>
        <dt>{t('clock.waiting')}</dt>
        <dd>{countText(queue.waiting, language)}</dd>
      </div>
      <div>
        <dt>{t('clock.inTime', { seconds: answerSeconds })}</dt>
        <dd>{share === null ? '–' : `${share} %`}</dd>
      </div>
      <div>
        <dt>{t('clock.missed')}</dt>
        <dd>{countText(today.missed, language)}</dd>
      </div>
      <div>
        <dt>{t('clock.longest')}</dt>
        <dd>{queue.longestSince === null ? '–' : <Elapsed from={queue.longestSince} />}</dd>
      </div>
    </dl>
  )
}
