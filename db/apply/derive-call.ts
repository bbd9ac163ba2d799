// What the facts about one call add up to. It must not know what the exchange says right now.
import { isMissed } from '#domain/call.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { Activity } from './activity.ts'
import { activityText, see } from './activity.ts'
import { putDerived } from './derived-row.ts'
import type { Fact } from './fact.ts'
import { compareFacts } from './fact.ts'
import { headsAmong, setsOf, valueOf } from './field.ts'
import type { Strike } from './strike.ts'
import { standing, strikesOn } from './strike.ts'

type Event = Fact & {
  readonly kind: 'CallSeen' | 'CallAnswered' | 'CallEnded' | 'claim' | 'ContactTaken'
  readonly bridge: string | null
  readonly line: string | null
  readonly dialled: string | null
  readonly direction: 'in' | 'out' | null
  readonly source: string | null
  readonly offered_at: number | null
  readonly answered_at: number | null
  readonly ended_at: number | null
  readonly end_reason: string | null
  readonly number: string | null
  readonly number_trust: string | null
  readonly name: string | null
  readonly lat: number | null
  readonly lon: number | null
  readonly radius_m: number | null
  readonly happened_at: number | null
}

type Act = Fact & { readonly kind: 'prompted' | 'released' }

/** The row of a call, or none while no fact of the exchange is known. Of each fact the earliest op that states it counts. */
export function deriveCall(db: Db, call: string): void {
  const recorded = prepared<Event>(db, 'SELECT * FROM call_event WHERE call = ?').all(call).sort(compareFacts)
  const strikes = strikesOn(db, `call:${call}`)
  const events = counted(recorded, strikes)
  const [first] = events
  if (first === undefined) return putDerived(db, 'call', call, null)
  const acts = prepared<Act>(db, 'SELECT * FROM call_act WHERE call = ?').all(call)
  const facts = { ...exchangeFacts(events, acts, first), ...contactFacts(events, first) }
  const sets = setsOf(db, `call:${call}`)
  const heads = headsAmong(sets)
  const activity: Activity = new Map()
  see(activity, recorded)
  see(activity, strikes)
  see(activity, sets)
  see(activity, acts)
  const followUp = heads.get('followUp')?.[0]
  const followUpValue = followUp?.value ?? null
  const isToCallBack =
    isMissed({ direction: facts.direction, answeredAt: facts.answered_at, endedAt: facts.ended_at }) &&
    followUpValue !== 'dihubungi' &&
    followUpValue !== 'selesai'
  putDerived(db, 'call', call, {
    ...facts,
    class: valueOf(heads, 'class'),
    follow_up: followUpValue,
    follow_up_by: followUp?.by ?? null,
    follow_up_at: followUp?.time ?? null,
    incident: valueOf(heads, 'incident'),
    is_to_call_back: isToCallBack ? 1 : 0,
    activity: activityText(activity),
  })
}

/** A contact that a person noted can be taken back; what the exchange said of a call cannot. */
function counted(events: readonly Event[], strikes: readonly Strike[]): readonly Event[] {
  const stands = new Set(standing(events, strikes))
  return events.filter((event) => event.kind !== 'ContactTaken' || stands.has(event))
}

function exchangeFacts(events: readonly Event[], acts: readonly Act[], first: Event) {
  const stated = <K extends keyof Event>(column: K) => events.find((event) => event[column] !== null)?.[column] ?? null
  const ended = endOf(events)
  // A number and its trust are one fact, and so is a place: their columns come from one op.
  const numbered = events.find((event) => event.number !== null)
  const placed = events.find((event) => event.lat !== null)
  return {
    bridge: stated('bridge'),
    line: stated('line'),
    dialled: stated('dialled'),
    direction: stated('direction') ?? 'in',
    source: stated('source'),
    number: numbered?.number ?? null,
    number_trust: (numbered === undefined ? stated('number_trust') : numbered.number_trust) ?? 'withheld',
    name: stated('name'),
    lat: placed?.lat ?? null,
    lon: placed?.lon ?? null,
    radius_m: placed?.radius_m ?? null,
    offered_at: stated('offered_at') ?? first.time,
    ...answerOf(notReleased(events, acts), ended),
    ended_at: ended === undefined ? stated('ended_at') : (ended.ended_at ?? ended.time),
    end_reason: ended?.end_reason ?? stated('end_reason'),
  }
}

/**
 * What a person noted of a contact. Nobody measured when it was answered or how long it took, so those times stay empty. The
 * exchange's own word of the same call wins.
 */
function contactFacts(events: readonly Event[], first: Event) {
  if (events.some(({ kind }) => kind !== 'ContactTaken')) return { is_by_hand: 0, typed_at: null }
  return {
    is_by_hand: 1,
    typed_at: first.happened_at === null ? null : first.time,
    offered_at: first.happened_at ?? first.time,
    answered_by: first.by,
    answered_origin: first.origin,
  }
}

/** Without the answers that their desk gave back afterwards. */
function notReleased(events: readonly Event[], acts: readonly Act[]): readonly Event[] {
  const releases = acts.filter(({ kind }) => kind === 'released')
  if (releases.length === 0) return events
  const isAnswer = ({ kind }: Event): boolean => kind === 'CallAnswered' || kind === 'claim'
  return events.filter(
    (event) =>
      !isAnswer(event) ||
      !releases.some((release) => release.origin === event.origin && compareFacts(event, release) < 0),
  )
}

/** End reasons with which the exchange says that nobody at this desk answered. */
const unanswered: readonly (string | null)[] = ['abandoned', 'answered-elsewhere', 'no-operator', 'rejected']

/** Who answered and when. A claim counts only while the exchange says nothing else. */
function answerOf(events: readonly Event[], ended: Event | undefined) {
  const told = events.filter((event) => event.kind !== 'claim')
  const claim = events.find((event) => event.kind === 'claim')
  const isClaimed = claim !== undefined && !unanswered.includes(ended?.end_reason ?? null)
  const answered = told.find((event) => event.kind === 'CallAnswered') ?? (isClaimed ? claim : undefined)
  const stated = told.find((event) => event.answered_at !== null)?.answered_at
  return {
    answered_at: stated ?? answered?.answered_at ?? answered?.time ?? null,
    answered_by: answered?.by ?? null,
    answered_origin: answered?.origin ?? null,
    is_claim: stated === undefined && answered !== undefined && answered === claim ? 1 : 0,
  }
}

/** A known reason wins over "unknown", which is what a desk writes for a call that vanished while it was restarting. */
function endOf(events: readonly Event[]): Event | undefined {
  const ends = events.filter((event) => event.kind === 'CallEnded')
  return ends.find((event) => event.end_reason !== null && event.end_reason !== 'unknown') ?? ends[0]
}
