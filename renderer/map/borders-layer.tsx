// The borders of all villages: paths in metres that are made once; a moved view changes only one transform.
import { memo, useMemo, type ReactNode } from 'react'
import { ringsPath, type MapView, type Plane, type Size } from './plane.ts'
import type { Borders } from './precision.ts'

type LandProps = { readonly borders: Borders; readonly plane: Plane }

const Land = memo(function Land({ borders, plane }: LandProps): ReactNode {
  const paths = useMemo(
    () => borders.areas.map(({ code, rings }) => ({ code, d: ringsPath(plane, rings) })),
    [borders, plane],
  )
  return (
    <g className="land">
      {paths.map(({ code, d }) => (
        <path key={code} d={d} />
      ))}
    </g>
  )
})

type Props = LandProps & {
  readonly view: MapView
  readonly size: Size
  /** The areas that the place in hand is known by. */
  readonly chosen: Borders['areas']
}

/** All borders, the chosen ones once more on top. */
export function BordersLayer({ borders, plane, view, size, chosen }: Props): ReactNode {
  const { x, y, metres } = view
  const move = `translate(${size.width / 2 - x / metres} ${size.height / 2 - y / metres}) scale(${1 / metres})`
  return (
    <g transform={move}>
      <Land borders={borders} plane={plane} />
      {chosen.map(({ code, rings }) => (
        <path key={code} className="chosen" d={ringsPath(plane, rings)} />
      ))}
    </g>
  )
}
