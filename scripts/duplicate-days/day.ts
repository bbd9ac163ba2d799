// Invents a labelled day of reports: which incident each caller means is known. Seeded, so that a day can be made again.
import { inventGround, moved, type Ground, type Spot } from './ground.ts'
import { kindOf, type Kind, type Manner } from './kinds.ts'
import { createChance, type Chance } from './chance.ts'
import { mistyped, tale } from './speech.ts'
import type { Village } from '#domain/place.ts'

/** One line of `ask duplicates`, with `incident` as its label; times are UTC ms, places in degrees. */
export type DayReport = {
  readonly id: string
  readonly at: number
  readonly number: string | null
  readonly typeCode: string | null
  readonly placeText: string | null
  readonly villageCode: string | null
  readonly lat: number | null
  readonly lon: number | null
  readonly narrative: string | null
  readonly incident: string
}

/** So many incidents of a kind, each with `callers` from - to; `districts` (last two digits of codes) where, all when absent. */
export type Part = {
  readonly kind: string
  readonly incidents: number
  readonly callers: readonly [number, number]
  readonly districts?: readonly string[]
  /** Hours of the day from - to in which they begin. */
  readonly hours?: readonly [number, number]
}

/** Shares (0 to 1) of reports in which something is missing or wrong. */
export type Faults = {
  readonly noPlace: number
  readonly noVillage: number
  readonly wrongVillage: number
  readonly withPoint: number
  readonly wrongType: number
  readonly noType: number
  readonly typing: number
  readonly noNumber: number
  readonly sameNumber: number
  readonly strangerNumber: number
  readonly noWords: number
}

export type DayPlan = {
  readonly name: string
  readonly seed: number
  readonly manner: Manner
  readonly parts: readonly Part[]
  readonly faults: Faults
}

const dayStart = Date.UTC(2026, 10, 24) - 7 * 3_600_000

type Event = {
  readonly id: string
  readonly kind: Kind
  readonly startAt: number
  readonly callers: number
  readonly spot: Spot
  readonly village: Village
  readonly around: readonly { readonly village: Village; readonly km: number }[]
  /** Of a flood: the villages that have it. */
  readonly reached: readonly Village[]
  readonly spotOf: (code: string) => Spot
  readonly landmark: string
  readonly km: number | null
  readonly details: readonly string[]
}

/** All reports of a day in the order in which they come. */
export function inventDay(plan: DayPlan, villages: readonly Village[]): DayReport[] {
  const chance = createChance(plan.seed)
  const ground = inventGround(villages)
  const events: Event[] = []
  // Two floods in one village nobody could tell apart, so nobody would label them as two.
  const flooded = new Set<string>()
  for (const part of plan.parts) {
    for (let n = 0; n < part.incidents; n += 1)
      events.push(inventEvent(part, events.length, ground, { chance, flooded }))
  }
  const numbers: string[] = []
  const reports = events.flatMap((event) => reportsOf(event, plan, chance, numbers))
  return reports.toSorted((a, b) => a.at - b.at).map((report, n) => ({ ...report, id: `${plan.name}-${n + 1}` }))
}

type Drawn = { readonly chance: Chance; readonly flooded: Set<string> }

function inventEvent(part: Part, n: number, ground: Ground, { chance, flooded }: Drawn): Event {
  const kind = kindOf(part.kind)
  const within = ground.villages.filter(({ districtCode }) => part.districts?.includes(districtCode.slice(-2)) ?? true)
  const isWide = kind.spreadKm >= 1
  const free = isWide ? within.filter(({ code }) => !flooded.has(code)) : within
  const village = chance.pick(free)
  const spot = moved(ground.spotOf(village.code), chance.normal() * 0.35, chance.normal() * 0.35)
  const [from, to] = part.hours ?? [0, 23]
  const [least, most] = part.callers
  const around = ground.near(spot).slice(0, 24)
  const reached = isWide
    ? around
        .filter((one) => !flooded.has(one.village.code))
        .filter(({ km }, at) => at === 0 || km < kind.spreadKm * 1.3)
    : []
  if (isWide) for (const one of [village, ...reached.map((each) => each.village)]) flooded.add(one.code)
  const isRoad = kind.landmarks.includes('pantura') && chance.is(0.6)
  return {
    id: `K${String(n + 1).padStart(3, '0')}`,
    kind,
    startAt: dayStart + chance.between(from, to) * 3_600_000,
    callers: Math.round(least + (most - least) * chance.between(0, 1) ** 2),
    spot,
    village,
    around,
    reached: reached.map((one) => one.village),
    spotOf: ground.spotOf,
    landmark: chance.pick(kind.landmarks),
    km: isRoad ? Math.round(chance.between(8, 40) * 2) / 2 : null,
    details: kind.details.map((list) => chance.pick(list)),
  }
}

function reportsOf(event: Event, plan: DayPlan, chance: Chance, numbers: string[]): DayReport[] {
  const own: string[] = []
  let at = event.startAt
  const found: DayReport[] = []
  for (let n = 0; n < event.callers; n += 1) {
    if (n > 0) at = event.startAt + delay(event, chance)
    const number = numberOf(plan.faults, own, numbers, chance)
    found.push(reportOf(event, at, number, plan, chance))
  }
  return found
}

/** Half of the calls come within `lastsMinutes`, one in ten much later. */
function delay({ kind }: Event, chance: Chance): number {
  const minutes = kind.lastsMinutes * 1.44 * -Math.log(1 - chance.between(0, 0.999))
  return minutes * 60_000 * (chance.is(0.1) ? chance.between(2, 4) : 1)
}

function numberOf(faults: Faults, own: string[], numbers: string[], chance: Chance): string | null {
  if (chance.is(faults.noNumber)) return null
  if (own.length > 0 && chance.is(faults.sameNumber)) return chance.pick(own)
  if (numbers.length > 0 && chance.is(faults.strangerNumber)) return chance.pick(numbers)
  const number = `+628${chance.below(90) + 10}0000${String(chance.below(10_000)).padStart(4, '0')}`
  own.push(number)
  numbers.push(number)
  return number
}

function reportOf(event: Event, at: number, number: string | null, plan: DayPlan, chance: Chance): DayReport {
  const { faults, manner } = plan
  const { spotOf } = event
  const { kind } = event
  const village = villageOf(event, chance)
  const middle = village === event.village ? event.spot : spotOf(village.code)
  const spread = Math.min(0.5, kind.spreadKm * 0.6)
  const where = moved(middle, chance.normal() * spread, chance.normal() * spread)
  const isWrong = chance.is(faults.wrongVillage)
  const coded = isWrong ? chance.pick(event.around.slice(0, 12)).village : village
  const error = chance.is(0.06) ? 2 : 0.2
  const point = chance.is(faults.withPoint) ? moved(where, chance.normal() * error, chance.normal() * error) : null
  const hasVillage = !chance.is(faults.noVillage)
  // Who can say nothing at all of the place is asked until something is known.
  const isPlaceless = chance.is(faults.noPlace) && (hasVillage || point !== null || chance.is(0.3))
  return {
    id: '',
    at: Math.round(at),
    number,
    typeCode: typeOf(kind, faults, chance),
    placeText: isPlaceless ? null : placeText(event, village, faults, chance),
    villageCode: hasVillage ? coded.code : null,
    lat: point === null ? null : Number(point.lat.toFixed(5)),
    lon: point === null ? null : Number(point.lon.toFixed(5)),
    narrative: chance.is(faults.noWords) ? null : tale(kind, manner, event.details, faults.typing, chance),
    incident: event.id,
  }
}

/** The village of a caller: that of the incident, or another that has the flood. */
function villageOf(event: Event, chance: Chance): Village {
  return event.reached.length === 0 || chance.is(0.4) ? event.village : chance.pick(event.reached)
}

function typeOf(kind: Kind, faults: Faults, chance: Chance): string | null {
  if (chance.is(faults.noType)) return null
  if (!chance.is(faults.wrongType)) return kind.type
  return chance.is(0.2) ? 'LAIN' : chance.pick(kind.mistaken)
}

const ways = ['depan', 'dekat', 'belakang', 'timur', 'sebelah', 'cedhak', 'ngarep', 'utara'] as const

function placeText(event: Event, village: Village, faults: Faults, chance: Chance): string {
  const { name, district } = village
  const landmark = chance.is(0.7) ? `${chance.pick(ways)} ${event.landmark}` : ''
  const km = event.km !== null && chance.is(0.6) ? `km ${String(event.km).replace('.', ',')}` : ''
  const rt = chance.is(0.12) ? `rt ${chance.below(6) + 1}` : ''
  const named = chance.pick([
    name,
    `desa ${name}`,
    `ds. ${name}`,
    `${name} ${district}`,
    `${name}, ${district}`,
    district,
  ])
  const parts = chance.is(0.5) ? [landmark, km, named, rt] : [named, landmark, rt, km]
  const text = parts.filter((part) => part !== '').join(' ')
  return mistyped(text.toLowerCase(), faults.typing, chance)
}
