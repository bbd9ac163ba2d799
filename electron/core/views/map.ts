// What the map shows: open incidents, callers and known points, and the borders once some are imported.
import type { QueryOutput } from '#contract/queries.ts'
import type { CallId, IncidentId } from '#domain/id.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import { callsOfIncident, incidentOnMap, incidentsOnMap, type MapIncident } from '#db/queries/on-map.ts'
import { villageText } from '../card.ts'
import type { Desk } from '../desk.ts'
import { whereIs } from '../where.ts'

type View = QueryOutput<'map'>
type Pin = View['pins'][number]

/** More pins than this cover each other; the board has them all. */
const mostPins = 300

/** The map with one incident in hand. */
export function mapView(desk: Desk, inHand: IncidentId | null): View {
  const own = inHand === null ? null : incidentOnMap(desk.db, inHand)
  return {
    bounds: boundsOf(desk),
    pins: incidentsOnMap(desk.db, mostPins).map((row) => pinOf(desk, row)),
    inHand: own === null ? null : pinOf(desk, own),
    callers: callersOf(desk, inHand),
    known: knownPoints(desk),
  }
}

function pinOf(desk: Desk, { village, ...row }: MapIncident): Pin {
  return { ...row, place: villageText(desk, village), ...whereIs(desk, village) }
}

/** Open calls as the exchange tells them now, then those on record of the incident in hand. */
function callersOf(desk: Desk, inHand: IncidentId | null): View['callers'] {
  const live = desk.calls.calls().flatMap(({ call, endedAt, location }): View['callers'] => {
    if (endedAt !== null || location === null) return []
    const { lat, lon, radiusM, source } = location
    return [{ call, source, radiusM, point: { lat, lon } }]
  })
  const recorded = inHand === null ? [] : callsOfIncident(desk.db, inHand)
  const before = recorded.flatMap((call): View['callers'] => {
    const location = callFacts(desk.db, call as CallId)?.location ?? null
    if (location === null || live.some((one) => one.call === call)) return []
    const { lat, lon, radiusM } = location
    return [{ call: call as CallId, source: null, radiusM, point: { lat, lon } }]
  })
  return [...live, ...before]
}

const knownOf = new WeakMap<object, View['known']>()

/** Landmarks and Km markers whose point stands in the centre's pack. */
function knownPoints({ landmarks: pack }: Desk): View['known'] {
  const made = knownOf.get(pack)
  if (made !== undefined) return made
  const landmarks = pack.landmarks.flatMap(({ id, name, point }) => (point === null ? [] : [{ id, name, point }]))
  const markers = pack.roads.flatMap((road) =>
    road.markers.flatMap(({ km, point }) =>
      point === null ? [] : [{ id: `${road.id} ${km}`, name: `Km ${km}`, point }],
    ),
  )
  const known = [...landmarks, ...markers]
  knownOf.set(pack, known)
  return known
}

type Box = NonNullable<View['bounds']>
const boxes = new WeakMap<object, Box>()

function boundsOf(desk: Desk): View['bounds'] {
  const borders = desk.borders.borders()
  if (borders === null) return desk.landmarks.bounds
  const known = boxes.get(borders)
  if (known !== undefined) return known
  const box = { south: Infinity, west: Infinity, north: -Infinity, east: -Infinity }
  for (const ring of borders.areas.flatMap(({ rings }) => rings)) {
    for (let at = 0; at + 1 < ring.length; at += 2) {
      const [lon = 0, lat = 0] = [ring[at], ring[at + 1]]
      box.west = Math.min(box.west, lon)
      box.east = Math.max(box.east, lon)
      box.south = Math.min(box.south, lat)
      box.north = Math.max(box.north, lat)
    }
  }
  boxes.set(borders, box)
  return box
}

/** Gives the same value until an import, so that nobody compares its thousands of points after every key. */
export function bordersView(desk: Desk): () => QueryOutput<'borders'> {
  let from: unknown = null
  let view: QueryOutput<'borders'> = null
  return () => {
    const borders = desk.borders.borders()
    if (borders === null || borders === from) return view
    from = borders
    const { source, licence, file, importedAt } = borders
    const areas = borders.areas.map((area) => {
      const { name = area.code, district = '' } = desk.villages.get(area.code) ?? {}
      return { ...area, name, district }
    })
    view = { source, licence, file, importedAt, areas, villages: desk.villages.size }
    return view
  }
}
