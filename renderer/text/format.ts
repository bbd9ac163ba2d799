// How times, days and durations are written on the screen. Always site time, never the zone of the computer.
import { clockText, dayOf, type Instant, type Zone } from '#domain/time.ts'
import type { Language } from './text.ts'

const two = (n: number): string => String(n).padStart(2, '0')

/** 00:08, 02:48, 1:05:46; never negative. */
export function elapsedText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours === 0 ? rest : `${hours}:${rest}`
}

/** ISO 8601 duration for the datetime attribute of <time>. */
export function isoDuration(ms: number): string {
  return `PT${Math.max(0, Math.floor(ms / 1000))}S`
}

/** "Selasa, 24 November 2026". */
export function dayText(at: Instant, zone: Zone, language: Language): string {
  return new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(Date.parse(`${dayOf(at, zone)}T00:00:00Z`))
}

/** "24/11/26 11:57". */
export function momentText(at: Instant, zone: Zone): string {
  const [year = '', month = '', day = ''] = dayOf(at, zone).split('-')
  return `${day}/${month}/${year.slice(2)} ${clockText(at, zone).slice(0, 5)}`
}

/** A whole number, with the separators of the language. */
export function countText(n: number, language: Language): string {
  return new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB').format(n)
}

/** Share of two counts in whole percent, or null when there is nothing to compare. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((100 * part) / whole)
}

/** "Siti N." of "Siti Nuraini": enough to know who it was, short enough for a row. */
export function personText(name: string): string {
  const [first = '', ...rest] = name.trim().split(/\s+/)
  const last = rest.at(-1)
  return last === undefined ? first : `${first} ${last.slice(0, 1)}.`
}
