// What the map shows, in words: the place in hand with its precision, where callers are, and the list of pins.
import type { ReactNode } from 'react'
import { useText } from '../text/text.ts'
import { radiusOf, type Borders, type MapRow, type Pin } from './precision.ts'

type Translate = ReturnType<typeof useText>

/** "Sidogemah, Sayung · ketelitian: patokan". */
export function PlaceLine({ row: { inHand }, borders }: { row: MapRow; borders: Borders | null }): ReactNode {
  const t = useText()
  if (inHand === null || inHand.place === null) return <span className="dim">{t('map.noPlace')}</span>
  return (
    <span className="cut">
      {inHand.place} · {precisionText(t, inHand, borders)}
    </span>
  )
}

function precisionText(t: Translate, pin: Pin, borders: Borders | null): string {
  const what = t(`map.precisions.${pin.precision}`)
  const radius = radiusOf(pin)
  if (radius !== null) return t('map.precision', { what: t('map.within', { what, metres: radius }) })
  const isMissing = pin.point === null && pin.precision !== 'unknown' && borders !== null
  return t('map.precision', { what: isMissing ? t('map.noPoint', { what }) : what })
}

/** Where callers are, as the exchange was told. */
export function CallerLines({ row: { callers } }: { row: MapRow }): ReactNode {
  const t = useText()
  if (callers.length === 0) return null
  return (
    <ul className="map-callers">
      {callers.map(({ call, source, radiusM }) => (
        <li key={call}>
          <span className="caller-mark" aria-hidden="true" />
          {t('map.caller', { source: sourceText(t, source), metres: radiusM })}
        </li>
      ))}
    </ul>
  )
}

function sourceText(t: Translate, source: string | null): string {
  if (source === null) return t('map.callerSources.recorded')
  return source.toLowerCase() === 'aml' ? t('map.callerSources.aml') : t('map.sourceOther', { source })
}

/** All pins as one sentence for screen readers, and how many incidents have no point. */
export function InWords({ row: { pins } }: { row: MapRow }): ReactNode {
  const t = useText()
  const placed = pins.filter(({ point }) => point !== null)
  const list = placed.map(({ priority, label, place }) => [priority, label, place].filter(Boolean).join(' '))
  const without = pins.length - placed.length
  return (
    <>
      <span className="sr">{t('map.onMap', { list: list.length === 0 ? t('map.nobody') : list.join('; ') })}</span>
      {without > 0 && <span className="map-unplaced dim">{t('map.unplaced', { n: without })}</span>}
    </>
  )
}
