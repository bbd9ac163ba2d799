// Finds the next free number of an incident label. A label is for people: two incidents with one label are shown, never refused.
import { labelDay, zoneNames } from '#domain/time.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'

/** A log that goes on after a loss may not know its last labels, which were spoken already: it leaves room for them. */
const room = 100

/** The number for the next incident of a series ("241126-B": day and desk letters). */
export function nextLabelNumber(db: Db, series: string): number {
  const highest = prepared<{ number: number }>(
    db,
    'SELECT label_number AS number FROM incident WHERE label_series = ? ORDER BY label_number DESC LIMIT 1',
  ).get(series)
  const next = (highest?.number ?? 0) + 1
  return leavesRoom(db, series) ? next + room : next
}

/** True for the first label of a new epoch on the day it was opened; in whichever zone the site is, so the zone need not be known. */
function leavesRoom(db: Db, series: string): boolean {
  const own = prepared<{ epoch: number; origin: string; openedAt: number }>(
    db,
    'SELECT epoch, origin, opened_at AS openedAt FROM own_key ORDER BY epoch DESC LIMIT 1',
  ).get()
  if (own === undefined || own.epoch === 1) return false
  if (!zoneNames.some((zone) => series.startsWith(labelDay(own.openedAt, zone)))) return false
  const known = prepared<{ incident: string }>(
    db,
    'SELECT incident FROM incident WHERE label_series = ? AND origin = ? LIMIT 1',
  ).get(series, own.origin)
  return known === undefined
}
