// What is entered by hand: contacts no exchange told of, and times that stood on paper. Reads no clock and records nothing.
import type { CallClass, Source } from './call.ts'
import type { IncidentId } from './id.ts'
import { dayBounds, dayOf, type Instant, type Zone } from './time.ts'

/** What the drafts of a paper form are kept under: of a new incident, or of one that is added to. */
export function paperDraft(incident?: IncidentId): string {
  return incident === undefined ? 'paper' : `paper:${incident}`
}

/** What paper says of an agency: told by phone, or one of its steps. */
export const paperSteps = ['told', 'acknowledged', 'refused', 'underWay', 'onScene', 'done'] as const
export type PaperStep = (typeof paperSteps)[number]

/** The key that picks a source: the last digit of an old number, or a letter of its name. */
export const sourceKeys: Readonly<Record<Source, string>> = {
  '112': '2',
  '110': '0',
  '113': '3',
  '115': '5',
  '118': '8',
  '119': '9',
  'walk-in': 'D',
  radio: 'R',
  whatsapp: 'W',
  other: 'L',
}

/** Classes of a contact that needs no incident. A ghost is none: its prompts are for callers who say nothing. */
export const contactClasses: readonly CallClass[] = ['INFO', 'PRANK', 'SALAH', 'PUTUS', 'COBA']

/** Older paper needs a lead (ms). */
export const paperMs = 30 * 86_400_000
/** Clocks of desks differ a little; a watch on the wall too (ms). */
const slackMs = 60_000

/** Why a time from paper cannot be taken, or null. `isLead`: a lead may enter what is older. */
export function paperFault(at: Instant, now: Instant, isLead: boolean): 'time_in_future' | 'time_too_old' | null {
  if (at > now + slackMs) return 'time_in_future'
  return at < now - paperMs && !isLead ? 'time_too_old' : null
}

/** "14.05", "14:05", "1405" or "9.05" as minutes since midnight; null for anything else. */
export function readClock(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2})[.:]?(\d{2})$/.exec(text.trim()) ?? []
  if (hours === undefined || minutes === undefined) return null
  const at = Number(hours) * 60 + Number(minutes)
  return Number(hours) < 24 && Number(minutes) < 60 ? at : null
}

/** The instant of a clock time on a site day (YYYY-MM-DD), or null when either is none. */
export function paperTime(day: string, clock: string, zone: Zone): Instant | null {
  const minutes = readClock(clock)
  if (minutes === null || !isDay(day)) return null
  return dayBounds(day, zone).from + minutes * 60_000
}

function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}

/** The last moment at which the clock showed this: an hour that is still to come was yesterday's. */
export function lastTime(now: Instant, clock: string, zone: Zone): Instant | null {
  const today = paperTime(dayOf(now, zone), clock, zone)
  if (today === null) return null
  return today <= now + slackMs ? today : today - 86_400_000
}

/** The first moment at or after `from` at which the clock shows this: what follows an incident may be past midnight. */
export function paperTimeAfter(from: Instant, clock: string, zone: Zone): Instant | null {
  const same = paperTime(dayOf(from, zone), clock, zone)
  if (same === null) return null
  // Paper knows no seconds: the minute of the incident itself is no day later.
  return same >= from - slackMs ? same : same + 86_400_000
}
