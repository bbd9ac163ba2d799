// What the screens see of calls: the exchange's word of now, joined with what is recorded.
import type { QueryOutput } from '#contract/queries.ts'
import type { CallId } from '#domain/id.ts'
import { dayBounds, dayOf } from '#domain/time.ts'
import { blockedUntil } from '#db/queries/blocks.ts'
import { lastRelease } from '#db/queries/call-acts.ts'
import { callFacts, unclassedCalls, type CallFacts } from '#db/queries/call-facts.ts'
import { callFigures, sourceFigures } from '#db/queries/call-figures.ts'
import { numberHistory } from '#db/queries/number-history.ts'
import type { DeskCall } from '../call-desk.ts'
import type { Desk } from '../desk.ts'
import { silentOf, trueNow } from '../silent.ts'
import { personText } from './people.ts'

type View = QueryOutput<'calls'>
type Row = View['ringing'][number]

/** An ended call that nobody classed stays in hand this long, also across a restart (ms). */
const wrapUpMs = 30 * 60_000

function history(desk: Desk, number: string | null, except: CallId): Row['history'] {
  return numberHistory(desk.db, { number, now: desk.clock.now(), except })
}

function released(desk: Desk, call: CallId): Row['released'] {
  const release = lastRelease(desk.db, call)
  return release === null ? null : { ...release, by: personText(desk, release.by) }
}

/** A number that has an open incident rings like any other, whatever was decided before. */
function blockOf(desk: Desk, number: string | null, past: Row['history']): Pick<Row, 'blockedUntil' | 'isQuiet'> {
  const isFree = number === null || past.open.length > 0
  const until = isFree ? null : blockedUntil(desk.db, number, trueNow(desk))
  const isQuiet = until !== null && !desk.site.blockedCalls.sound
  return { blockedUntil: until === null ? null : until + (desk.clockOffsetMs() ?? 0), isQuiet }
}

/** A claim can be taken back; what is connected here only the exchange can put into the queue. */
function canRelease(desk: Desk, call: DeskCall): boolean {
  if (call.endedAt !== null || call.direction === 'out') return false
  if (call.answeredBy !== desk.member) return call.isClaimed
  const { capabilities } = desk.calls.health()
  return capabilities.includes('transfer') && capabilities.includes('queue')
}

function liveRow(desk: Desk, call: DeskCall): Row {
  const known = callFacts(desk.db, call.call)
  const past = history(desk, call.number, call.call)
  return {
    call: call.call,
    state: call.state,
    direction: call.direction,
    number: call.number,
    numberTrust: call.numberTrust,
    name: call.name,
    line: call.line,
    dialled: call.dialled,
    offeredAt: call.offeredAt,
    answeredAt: call.answeredAt ?? known?.answeredAt ?? null,
    endedAt: call.endedAt,
    endReason: call.endReason,
    answeredBy: call.answeredBy,
    muted: call.muted,
    class: known?.class ?? null,
    incident: known?.incident ?? null,
    isRecorded: call.isRecorded,
    isUnknown: call.isUnknown,
    history: past,
    ...blockOf(desk, call.number, past),
    canRelease: canRelease(desk, call),
    released: released(desk, call.call),
  }
}

function recordedRow(desk: Desk, call: CallFacts): Row {
  const past = history(desk, call.number, call.call)
  return {
    call: call.call,
    state: 'ended',
    direction: call.direction,
    number: call.number,
    numberTrust: call.numberTrust,
    name: call.name,
    line: call.line,
    dialled: call.dialled,
    offeredAt: call.offeredAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    endReason: call.endReason,
    answeredBy: desk.member,
    muted: false,
    class: call.class,
    incident: call.incident,
    isRecorded: true,
    isUnknown: false,
    history: past,
    ...blockOf(desk, call.number, past),
    canRelease: false,
    released: released(desk, call.call),
  }
}

const isTalking = (call: DeskCall): boolean => ['connecting', 'connected', 'held', 'closing'].includes(call.state)
const isRinging = (call: DeskCall): boolean => call.state === 'offered' && call.answeredBy === null

/** A call that could not be read rings at every desk: nobody knows for whom it is. */
function ringsHere(desk: Desk, call: DeskCall): boolean {
  return call.isUnknown || call.offeredTo.includes(desk.member)
}

/** The call that is connected here. */
function talkingRow(desk: Desk, calls: readonly DeskCall[]): Row | null {
  const talking = calls.filter((call) => (call.answeredBy === desk.member || call.isClaimed) && isTalking(call)).at(-1)
  return talking === undefined ? null : liveRow(desk, talking)
}

/** The last call that ended here without a class. */
function wrapUpRow(desk: Desk, own: ReadonlySet<string>): Row | null {
  const since = desk.clock.now() - wrapUpMs
  const open = unclassedCalls(desk.db, { since, limit: 10 })
  const isOurs = (call: CallFacts): boolean => {
    const answeredBy = desk.calls.find(call.call)?.answeredBy ?? null
    return call.answeredOrigin !== null && own.has(call.answeredOrigin) && [null, desk.member].includes(answeredBy)
  }
  // A call this desk made itself needs no class.
  const wrapUp = open.find((call) => call.direction === 'in' && isOurs(call))
  if (wrapUp === undefined) return null
  const live = desk.calls.find(wrapUp.call)
  return live === null ? recordedRow(desk, wrapUp) : liveRow(desk, live)
}

/** What rings here; a blocked number is offered last, or not at all where the site says so. */
function ringingRows(desk: Desk, calls: readonly DeskCall[]): Row[] {
  const rows = calls
    .filter((call) => isRinging(call) && !call.isClaimed && ringsHere(desk, call))
    .map((call) => liveRow(desk, call))
  const isBlocked = (row: Row): boolean => row.blockedUntil !== null
  const blocked = desk.site.blockedCalls.offer ? rows.filter(isBlocked) : []
  return [...rows.filter((row) => !isBlocked(row)), ...blocked]
}

/** The prompts of a call, their times by this desk's clock. */
function silentRow(desk: Desk, call: CallId): View['silent'] {
  const state = silentOf(desk, call)
  if (state === null) return null
  const offset = desk.clockOffsetMs() ?? 0
  const { next, missing, isLost, waitUntil, given } = state
  return {
    call,
    next,
    missing: [...missing],
    isLost,
    waitUntil: waitUntil === null ? null : waitUntil + offset,
    given: given.map(({ prompt, at }) => ({ prompt, at: at + offset })),
  }
}

/** The strip of the call screen. `own` are the origins of this desk. */
export function callsView(desk: Desk, own: ReadonlySet<string>): View {
  const calls = desk.calls.calls()
  const { isOnline, capabilities, queue, refused } = desk.calls.health()
  const day = dayBounds(dayOf(desk.clock.now(), desk.site.zone), desk.site.zone)
  const talking = talkingRow(desk, calls)
  const toClass = talking?.direction === 'in' ? talking : wrapUpRow(desk, own)
  const figures = callFigures(desk.db, { ...day, withinMs: desk.site.targets.answerSeconds * 1000 })
  const queued = calls.filter((call) => call.state === 'queued')
  return {
    active: talking ?? toClass,
    toClass,
    silent: toClass === null ? null : silentRow(desk, toClass.call),
    ringing: ringingRows(desk, calls),
    queue: {
      waiting: Math.max(queue.waiting, queued.length),
      longestSince: queue.longestSince ?? queued[0]?.offeredAt ?? null,
    },
    today: { ...figures, sources: sourceFigures(desk.db, day).map((row) => ({ ...row })) },
    exchange: {
      isOnline,
      capabilities: [...capabilities],
      unknownCalls: Object.values(refused).reduce((sum, n) => sum + n, 0),
    },
  }
}
