// The map as a picture: borders, circles, names, pins and the scale bar. It listens to nothing.
import type { ReactNode } from 'react'
import { useText } from '../text/text.ts'
import { BordersLayer } from './borders-layer.tsx'
import { layNames, layPins, type Laid, type Wanted } from './lay-out.ts'
import { onScreen, scaleBar, type GeoPoint, type MapView, type Plane, type PlanePoint, type Size } from './plane.ts'
import { areasOf, radiusOf, type Borders, type MapRow, type Pin } from './precision.ts'

type Props = {
  readonly row: MapRow
  readonly borders: Borders | null
  readonly plane: Plane
  readonly view: MapView
  readonly size: Size
}
type Screen = (point: GeoPoint) => PlanePoint

/** Names of villages are readable up to this many metres a pixel; beyond, those of districts. */
const villageNames = 45
const letter = 8.2
const mono = 9.2

/** Everything by its weight: the incident in hand before the others, pins before names. */
export function MapPicture({ row, borders, plane, view, size }: Props): ReactNode {
  const t = useText()
  const at: Screen = (point) => onScreen(view, size, plane.at(point))
  const own = row.inHand
  const others = row.pins.filter(({ incident }) => incident !== own?.incident)
  const { pins, hidden } = layPins([...(own === null ? [] : [own]), ...others].flatMap(wantedPin(at)), size)
  const taken = [...pins.map(({ box }) => box), barBox(size)]
  const names = layNames(wantedNames(row, borders, view).map(placed(at)), taken, size)
  const chosen = own === null ? [] : areasOf(own, borders)
  return (
    <svg width={size.width} height={size.height} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      {borders !== null && <BordersLayer borders={borders} plane={plane} view={view} size={size} chosen={chosen} />}
      <Circles row={row} at={at} view={view} />
      {names.map((name) => (
        <text key={name.item.id} className={name.item.kind} {...middle(name)}>
          {name.item.name}
        </text>
      ))}
      {pins.map((pin) => (
        <PinMark key={pin.item.incident} pin={pin} isInHand={pin.item.incident === own?.incident} />
      ))}
      <ScaleBar view={view} size={size} />
      {hidden > 0 && (
        <text className="hidden-pins" x="14" y="44">
          {t('map.hidden', { n: hidden })}
        </text>
      )}
    </svg>
  )
}

const wantedPin =
  (at: Screen) =>
  (pin: Pin): Wanted<Pin>[] => {
    if (pin.point === null) return []
    return [{ item: pin, ...at(pin.point), width: 38 + shortLabel(pin).length * mono + 14, height: 24 }]
  }

/** "241126-B019" as people call it: B019. */
function shortLabel({ label }: Pin): string {
  return label.split('-').at(-1) ?? label
}

type Name = {
  readonly id: string
  readonly name: string
  readonly kind: 'village' | 'district' | 'known'
  readonly point: GeoPoint
  readonly below: number
}

function wantedNames(row: MapRow, borders: Borders | null, view: MapView): Name[] {
  const known = row.known.map(({ id, name, point }): Name => ({ id, name, point, kind: 'known', below: 14 }))
  if (borders === null) return known
  if (view.metres > villageNames) return [...districtNames(borders), ...known]
  const withPin = new Set([...row.pins, ...(row.inHand === null ? [] : [row.inHand])].map(({ code }) => code))
  const villages = borders.areas.map(({ code, name, centre }): Name => {
    return { id: code, name, point: centre, kind: 'village', below: withPin.has(code) ? 24 : 0 }
  })
  return [...villages.filter(({ below }) => below > 0), ...villages.filter(({ below }) => below === 0), ...known]
}

function districtNames({ areas }: Borders): Name[] {
  const centres = new Map<string, { name: string; points: GeoPoint[] }>()
  for (const { district, centre } of areas) {
    const known = centres.get(district) ?? { name: district, points: [] }
    known.points.push(centre)
    centres.set(district, known)
  }
  return [...centres].map(([id, { name, points }]): Name => {
    const mean = (key: 'lat' | 'lon'): number => points.reduce((sum, point) => sum + point[key], 0) / points.length
    return { id, name, point: { lat: mean('lat'), lon: mean('lon') }, kind: 'district', below: 0 }
  })
}

const placed =
  (at: Screen) =>
  (name: Name): Wanted<Name> => {
    const { x, y } = at(name.point)
    return { item: name, x, y: y + name.below, width: name.name.length * letter + 4, height: 20 }
  }

function middle({ box }: Laid<unknown>): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 + 5 }
}

function PinMark({ pin: { item, box }, isInHand }: { pin: Laid<Pin>; isInHand: boolean }): ReactNode {
  const label = shortLabel(item)
  const kind = item.priority?.toLowerCase() ?? 'none'
  const { x, y } = box
  return (
    <g className={isInHand ? 'pin in-hand' : 'pin'}>
      <rect className="pin-ground" {...box} rx="3" />
      <rect className={`badge ${kind}`} x={x + 1} y={y + 1} width="32" height="22" rx="3" />
      <text className={`badge-text ${kind}`} x={x + 17} y={y + 17}>
        {item.priority ?? '–'}
      </text>
      {isInHand && <rect className="hand-ground" x={x + 35} y={y + 1} width={box.width - 36} height="22" rx="3" />}
      <text className="pin-label" x={x + 41} y={y + 17}>
        {label}
      </text>
    </g>
  )
}

/** How far off callers and the place in hand may be, as the exchange or the precision says. */
function Circles({ row, at, view }: { row: MapRow; at: Screen; view: MapView }): ReactNode {
  const own = row.inHand
  const radius = own === null ? null : radiusOf(own)
  const middlePoint = own?.point ?? null
  return (
    <>
      {row.callers.map(({ call, point, radiusM }) => {
        const { x, y } = at(point)
        return (
          <g key={call} className="caller">
            <circle cx={x} cy={y} r={Math.max(6, radiusM / view.metres)} />
            <path d={`M${x - 5} ${y}h10M${x} ${y - 5}v10`} />
          </g>
        )
      })}
      {radius !== null && middlePoint !== null && (
        <circle
          className="precision"
          cx={at(middlePoint).x}
          cy={at(middlePoint).y}
          r={Math.max(16, radius / view.metres)}
        />
      )}
      {row.known.map(({ id, point }) => (
        <circle key={id} className="known-point" cx={at(point).x} cy={at(point).y} r="3" />
      ))}
    </>
  )
}

const bar = { x: 14, most: 120 }

function barBox({ height }: Size) {
  return { x: 0, y: height - 40, width: bar.most + 2 * bar.x, height: 40 }
}

function ScaleBar({ view, size }: { view: MapView; size: Size }): ReactNode {
  const { metres, pixels } = scaleBar(view, bar.most)
  const y = size.height - 22
  return (
    <g className="scale">
      <path d={`M${bar.x} ${y}v8h${pixels}v-8`} />
      <text x={bar.x + pixels / 2} y={y}>
        {metres >= 1000 ? `${metres / 1000} km` : `${metres} m`}
      </text>
    </g>
  )
}
