// Every query of the contract, as a function of what core knows now. They only read.
import type { queries, QueryInput, QueryName, QueryOutput } from '#contract/queries.ts'
import type { Watchers } from '#contract/port.ts'
import type { IncidentId } from '#domain/id.ts'
import { keptNumber } from '#domain/number.ts'
import { paperDraft } from '#domain/intake.ts'
import { soundsAt } from '#domain/presence.ts'
import { isUnacknowledged } from '#domain/relay.ts'
import { deskSession } from '#db/local/desk-session.ts'
import { draftsOn } from '#db/local/draft.ts'
import { allLogins, everyLogin, findLogin } from '#db/local/login.ts'
import { alarms } from '#db/queries/alarms.ts'
import { blockedUntil, openBlocks } from '#db/queries/blocks.ts'
import { board } from '#db/queries/board.ts'
import { missedCalls } from '#db/queries/missed-calls.ts'
import { ownOpCount, ownOrigins } from '#db/queries/own-origins.ts'
import { villageText } from '../card.ts'
import type { Desk } from '../desk.ts'
import type { Live } from '../live.ts'
import { trueNow } from '../silent.ts'
import { gazetteerRows, helpRows, referenceRows } from '../reference.ts'
import { personText } from './people.ts'
import { operatorStateView } from './operator-state.ts'
import { bordersView, mapView } from './map.ts'
import { directoryView } from './directory.ts'
import { callsView } from './calls.ts'
import { duplicatesView, umbrellasView } from './duplicates.ts'
import { lastActionView } from './last-action.ts'
import { alarmClock, incidentView } from './incident.ts'

type Views = { readonly [K in QueryName]: (input: QueryInput<K>) => QueryOutput<K> }

function sessionView(desk: Desk): QueryOutput<'session'> {
  const own = deskSession(desk.db, desk.boot)
  const login = own === null ? null : findLogin(desk.db, own.operator)
  const known = desk.isTrial ? allLogins(desk.db).map(({ operator, name, role }) => ({ operator, name, role })) : []
  return {
    session: login === null ? null : (own?.session ?? null),
    operator: login === null ? null : { operator: login.operator, name: login.name, role: login.role },
    known,
    needsFirstAdmin: !desk.isTrial && everyLogin(desk.db).length === 0,
  }
}

function operatorsView(desk: Desk): QueryOutput<'operators'> {
  const own = deskSession(desk.db, desk.boot)
  const login = own === null ? null : findLogin(desk.db, own.operator)
  if (login === null || !login.isActive || login.role !== 'admin') return []
  return everyLogin(desk.db).map(({ operator, name, role, isActive, lockedUntil }) => ({
    operator,
    name,
    role,
    isActive,
    lockedUntil: lockedUntil === 0 ? null : lockedUntil,
  }))
}

function alarmsView(desk: Desk): QueryOutput<'alarms'> {
  const { limitMs } = alarmClock(desk)
  const own = deskSession(desk.db, desk.boot)
  const isLead = own !== null && findLogin(desk.db, own.operator)?.role === 'lead'
  return alarms(desk.db, { limitMs, waitedMs: desk.waitedMs })
    .filter((alarm) => isUnacknowledged(alarm.step))
    .map(({ relayedBy, ...alarm }) => {
      const agency = desk.agencies.find(({ code }) => code === alarm.agency)
      const relaying = relayedBy === null ? 'offline' : desk.presenceOf(relayedBy)
      return {
        ...alarm,
        sounds: soundsAt({ member: desk.member, relayedBy, isLead, relaying }),
        name: agency?.name ?? alarm.agency,
        phone: agency?.phone ?? null,
        village: villageText(desk, alarm.village),
      }
    })
}

function boardView(desk: Desk, limit: number): QueryOutput<'board'> {
  const view = board(desk.db, limit, alarmClock(desk))
  const rows = view.rows.map((row) => ({
    ...row,
    village: villageText(desk, row.village),
    by: personText(desk, row.by),
  }))
  return { ...view, rows }
}

function missedView(desk: Desk): QueryOutput<'missedCalls'> {
  const { rows, ...counts } = missedCalls(desk.db, trueNow(desk))
  const named = rows.map((row) => ({
    ...row,
    by: row.by === null ? null : personText(desk, row.by),
    others: row.others.map((one) => personText(desk, one)),
    isBlocked: row.number !== null && blockedUntil(desk.db, row.number, trueNow(desk)) !== null,
  }))
  return { ...counts, rows: named }
}

function blocksView(desk: Desk): QueryOutput<'blocks'> {
  const offset = desk.clockOffsetMs() ?? 0
  return openBlocks(desk.db, trueNow(desk)).map((block) => ({
    ...block,
    requestedAt: block.requestedAt + offset,
    until: block.until === null ? null : block.until + offset,
    requestedBy: personText(desk, block.requestedBy),
    decidedBy: block.decidedBy === null ? null : personText(desk, block.decidedBy),
  }))
}

function stationView(desk: Desk): QueryOutput<'station'> {
  const { site } = desk
  return {
    member: desk.member,
    site: site.site,
    siteName: site.name,
    zone: site.zone,
    version: desk.version,
    isTrial: desk.isTrial,
    answerSeconds: site.targets.answerSeconds,
    p1AckSeconds: site.targets.p1AckSeconds,
    neighbours: site.neighbours.map(({ name, phone }) => ({ name, phone: phone === null ? null : keptNumber(phone) })),
  }
}

function paperView(desk: Desk, operator: string | null, incident?: IncidentId): QueryOutput<'paperDraft'> {
  const drafts = operator === null ? [] : [...draftsOn(desk.db, operator, paperDraft(incident))]
  return Object.fromEntries(drafts.map(([field, { text }]) => [field, text]))
}

function viewsOf(desk: Desk): Views {
  const reference = referenceRows(desk.reference, desk.agencies)
  const help = helpRows(desk.reference)
  const directory = directoryView(desk)
  const gazetteer = gazetteerRows(desk.reference, desk.gazetteer, desk.landmarks)
  const operator = (): string | null => deskSession(desk.db, desk.boot)?.operator ?? null
  return {
    station: () => stationView(desk),
    session: () => sessionView(desk),
    operators: () => operatorsView(desk),
    reference: () => reference,
    help: () => help,
    gazetteer: () => gazetteer,
    calls: () => callsView(desk, ownOrigins(desk.db)),
    missedCalls: () => missedView(desk),
    blocks: () => blocksView(desk),
    operatorState: () => operatorStateView(desk),
    incident: ({ incident }) => incidentView(desk, incident, operator()),
    board: ({ limit }) => boardView(desk, limit),
    duplicates: (input) => duplicatesView(desk, input, operator()),
    umbrellas: () => umbrellasView(desk),
    lastAction: () => lastActionView(desk),
    map: ({ incident }) => mapView(desk, incident),
    borders: bordersView(desk),
    borderCheck: () => desk.borders.state(),
    paperDraft: (input) => paperView(desk, operator(), input.incident),
    directory: () => directory,
    alarms: () => alarmsView(desk),
    sync: () => {
      const facts = desk.sync()
      const alarms = facts.alarms.map(({ handled, ...alarm }) => {
        return { ...alarm, handled: handled === null ? null : { ...handled, by: personText(desk, handled.by) } }
      })
      return { ...facts, own: ownOpCount(desk.db), connected: [...facts.connected], alarms }
    },
    health: () => desk.health.view(desk.clockOffsetMs()),
  }
}

/** Queries that a person who is not signed in may watch: what the sign-in screen, the ring and the status bar show. */
const open: readonly QueryName[] = [
  'station',
  'operatorState',
  'session',
  'reference',
  'gazetteer',
  'help',
  'calls',
  'sync',
  'health',
  'alarms',
]

/** What each query gives while nobody is signed in; callers' data stays off a locked screen. */
function locked<K extends QueryName>(name: K): QueryOutput<K> | undefined {
  if (open.includes(name)) return undefined
  const empty = {
    operators: [],
    missedCalls: { total: 0, silent: 0, rows: [] },
    blocks: [],
    board: { total: 0, p1: 0, overdue: 0, rows: [] },
    incident: null,
    duplicates: [],
    umbrellas: [],
    lastAction: null,
    map: { bounds: null, pins: [], inHand: null, callers: [], known: [] },
    borders: null,
    borderCheck: { state: 'none' },
    paperDraft: {},
    directory: [],
  }
  return empty[name as keyof typeof empty] as QueryOutput<K>
}

/** Watchers for every query, to be served on a port. */
export function watchers(desk: Desk, live: Live): Watchers<typeof queries> {
  const views = viewsOf(desk)
  const watcher = (name: QueryName) => (input: never, push: (value: never) => void) =>
    live.watch(() => {
      const isLocked = deskSession(desk.db, desk.boot) === null
      const empty = isLocked ? locked(name) : undefined
      return (empty === undefined ? views[name](input) : empty) as never
    }, push)
  const names = Object.keys(views) as QueryName[]
  return Object.fromEntries(names.map((name) => [name, watcher(name)])) as unknown as Watchers<typeof queries>
}
