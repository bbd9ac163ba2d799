// Which incidents are one: links between them, the component they make and its root. It must not know what an incident shows.
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { headsOf, valueOf } from './field.ts'

/** A component: its root stands for all, `members` are all of them with the root, sorted. */
export type Component = { readonly root: string; readonly members: readonly string[] }

/**
 * Takes over the link of an incident whose facts changed. Gives the incidents whose rows depend on that: itself, and when its
 * link or its being known changed, all that were one with it before. Run for every changed incident before any component is read.
 */
export function relink(db: Db, incident: string): { readonly isMoved: boolean; readonly before: readonly string[] } {
  const old = linked(db, incident)
  const wasKnown = prepared(db, 'SELECT 1 FROM incident WHERE incident = ?').get(incident) !== undefined
  const isKnown = isOpened(db, incident)
  const target = valueOf(headsOf(db, `incident:${incident}`), 'mergedInto')
  const link = isKnown && target !== incident ? target : null
  if (link === old && wasKnown === isKnown) return { isMoved: false, before: [incident] }
  const before = reached(db, incident, (one) => one === incident || hasRow(db, one))
  if (link === null) prepared(db, 'DELETE FROM merge_link WHERE incident = ?').run(incident)
  else {
    prepared(
      db,
      `INSERT INTO merge_link (incident, into_incident) VALUES (?, ?)
       ON CONFLICT (incident) DO UPDATE SET into_incident = excluded.into_incident`,
    ).run(incident, link)
  }
  return { isMoved: true, before }
}

/** The component of an incident whose opening is known. A link to an incident that is not known yet does not count. */
export function componentOf(db: Db, incident: string): Component {
  const members = reached(db, incident, (one) => isOpened(db, one)).toSorted()
  return { root: rootAmong(db, incident, members), members }
}

/** Follows the links; in a cycle, which two desks can make without knowing of each other, the smallest id is the root. */
function rootAmong(db: Db, start: string, members: readonly string[]): string {
  const path: string[] = []
  let at = start
  for (;;) {
    const again = path.indexOf(at)
    if (again >= 0) return path.slice(again).toSorted()[0] ?? at
    path.push(at)
    const next = linked(db, at)
    if (next === null || !members.includes(next)) return at
    at = next
  }
}

function linked(db: Db, incident: string): string | null {
  const sql = 'SELECT into_incident AS target FROM merge_link WHERE incident = ?'
  return prepared<{ target: string }>(db, sql).get(incident)?.target ?? null
}

/** Everything that hangs together with an incident by links between incidents that count. */
function reached(db: Db, start: string, counts: (incident: string) => boolean): string[] {
  const found = new Set([start])
  if (!counts(start)) return [start]
  const into = prepared<{ incident: string }>(db, 'SELECT incident FROM merge_link WHERE into_incident = ?')
  for (const incident of found) {
    const target = linked(db, incident)
    const absorbed = into.all(incident).map((row) => row.incident)
    for (const next of target === null ? absorbed : [target, ...absorbed]) if (counts(next)) found.add(next)
  }
  return [...found]
}

function isOpened(db: Db, incident: string): boolean {
  return prepared(db, 'SELECT 1 FROM incident_opened WHERE incident = ? LIMIT 1').get(incident) !== undefined
}

function hasRow(db: Db, incident: string): boolean {
  return prepared(db, 'SELECT 1 FROM incident WHERE incident = ?').get(incident) !== undefined
}
