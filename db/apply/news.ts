// Tells whether something happened that the person who ended an incident had not seen ("ada kabar baru"). It must not know a clock.
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { Fact } from './fact.ts'
import type { Head, StoredSet } from './field.ts'
import { rankOf } from './field.ts'
import { standing, strikesOn } from './strike.ts'

type Place = { readonly origin: string; readonly seq: number }

/** What was recorded of an incident: its notes and reports, the sets of its fields, and the ids of its relays. */
export type Recorded = {
  readonly notes: readonly (Place & { readonly by: string })[]
  readonly reports: readonly Place[]
  readonly sets: readonly StoredSet[]
  readonly relays: readonly string[]
}

/**
 * True when a report, relay, step or note of a person, or a more urgent priority, lies beyond what the person saw who took
 * the decision `decided`, or a step of an agency that he saw was struck. What the same log recorded before the decision was
 * seen. A decision that does not say what was seen has no news. A receipt of the agency's program and an alarm that was dealt
 * with are no news.
 */
export function hasNewsSince(db: Db, decided: Head, recorded: Recorded): boolean {
  if (decided.saw === null) return false
  const saw = new Map(Object.entries(JSON.parse(decided.saw) as Readonly<Record<string, number>>))
  const isNews = ({ origin, seq }: Place) =>
    seq > (saw.get(origin) ?? 0) && (origin !== decided.origin || seq > decided.seq)
  return (
    recorded.reports.some(isNews) ||
    recorded.notes.some((note) => note.by !== 'system' && isNews(note)) ||
    recorded.relays.some((relay) => isRelayNews(db, relay, isNews)) ||
    isRaised(recorded.sets, isNews)
  )
}

/** What people did with a relay; and that a step was taken back which was seen, for the relay is not as far as it was believed. */
function isRelayNews(db: Db, relay: string, isNews: (place: Place) => boolean): boolean {
  const cards = prepared<Place>(db, 'SELECT origin, seq FROM relay_card WHERE relay = ? AND at IS NOT NULL').all(relay)
  const events = prepared<Fact>(
    db,
    `SELECT op, at, time, by, origin, seq FROM relay_event
     WHERE relay = ? AND by <> 'system' AND card IS NULL AND kind <> 'alarmHandled'`,
  ).all(relay)
  const strikes = strikesOn(db, `relay:${relay}`)
  const isTakenBack = (event: Fact): boolean => strikes.some((strike) => strike.entry === event.op && isNews(strike))
  return (
    cards.some(isNews) ||
    standing(events, strikes).some(isNews) ||
    events.some((event) => !isNews(event) && isTakenBack(event))
  )
}

/** True when a priority that counts now is more urgent than every one that was seen. */
function isRaised(sets: readonly StoredSet[], isNews: (place: Place) => boolean): boolean {
  const priorities = sets.filter((set) => set.field === 'priority')
  const seen = priorities.filter((set) => !isNews(set)).map((set) => rankOf(set.value))
  const least = Math.min(5, ...seen)
  return priorities.some((set) => set.head !== null && isNews(set) && rankOf(set.value) < least)
}
