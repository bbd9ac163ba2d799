// Instants, the injected clock and site days. Indonesia has no summer time, so a zone is a fixed offset.

/** UTC milliseconds since 1970. */
export type Instant = number

/** The only source of time in core, so that tests can set it. */
export type Clock = { readonly now: () => Instant }

export const systemClock: Clock = { now: () => Date.now() }

const zones = {
  'Asia/Jakarta': { short: 'WIB', offsetMs: 7 * 3_600_000 },
  'Asia/Pontianak': { short: 'WIB', offsetMs: 7 * 3_600_000 },
  'Asia/Makassar': { short: 'WITA', offsetMs: 8 * 3_600_000 },
  'Asia/Jayapura': { short: 'WIT', offsetMs: 9 * 3_600_000 },
} as const

export type Zone = keyof typeof zones
export const zoneNames = Object.keys(zones) as [Zone, ...Zone[]]

/** WIB, WITA or WIT. */
export function zoneShort(zone: Zone): string {
  return zones[zone].short
}

/** The calendar day of an instant in site time, as YYYY-MM-DD. */
export function dayOf(at: Instant, zone: Zone): string {
  return new Date(at + zones[zone].offsetMs).toISOString().slice(0, 10)
}

/** First instant of a site day and first instant of the next one. */
export function dayBounds(day: string, zone: Zone): { from: Instant; to: Instant } {
  const from = Date.parse(`${day}T00:00:00Z`) - zones[zone].offsetMs
  return { from, to: from + 86_400_000 }
}

/** DDMMYY of an instant in site time, the first part of an incident label. */
export function labelDay(at: Instant, zone: Zone): string {
  const [year = '', month = '', day = ''] = dayOf(at, zone).split('-')
  return `${day}${month}${year.slice(2)}`
}

/** ISO 8601 with the zone's offset, for exports. */
export function isoWithOffset(at: Instant, zone: Zone): string {
  const { offsetMs } = zones[zone]
  return `${new Date(at + offsetMs).toISOString().slice(0, 19)}+${String(offsetMs / 3_600_000).padStart(2, '0')}:00`
}

/** HH:mm:ss of an instant in site time. */
export function clockText(at: Instant, zone: Zone): string {
  return new Date(at + zones[zone].offsetMs).toISOString().slice(11, 19)
}
