// Random histories of one site for the tests of the state: every kind of op, citing whatever came before. The program itself must not import it.
import { callClasses, followUps, sources } from '#domain/call.ts'
import type { CallId, IncidentId, OpId, RelayId, ReportId } from '#domain/id.ts'
import { decisions, editableFields, isPersonalField, priorities, reportFields } from '#domain/incident.ts'
import { type NewOp } from '#domain/op.ts'
import { notReadyReasons, operatorStates } from '#domain/operator-state.ts'
import { roles } from '#domain/operator.ts'
import { recordedSteps } from '#domain/relay.ts'
import type { AppliedOp } from './fact.ts'
import { opMaker, sampleId, startMs } from './samples.ts'

const incident = (n: number) => sampleId<IncidentId>(1, n)
const report = (n: number) => sampleId<ReportId>(2, n)
const relay = (n: number) => sampleId<RelayId>(3, n)
const call = (n: number) => sampleId<CallId>(4, n)

/** The kinds of change; `Step.change` is a place in this list. */
export const changes = [
  opening,
  opening,
  mergeChange,
  noteChange,
  strikeChange,
  fieldChange,
  decisionChange,
  answerChange,
  cardChange,
  relayEvent,
  callChange,
  personChange,
  blockChange,
  stateChange,
] as const

/** What a step is made of; the numbers choose what is changed, ids, values, and which earlier ops are cited. */
export type Step = {
  readonly change: number
  readonly what: number
  readonly n: number
  readonly m: number
  readonly cites: readonly number[]
  readonly origin: string
  readonly ms: number
  readonly isStray: boolean
  readonly isPersonalMissing: boolean
}

/** Now and then a change that was written on paper first. */
const paper = ({ ms, isStray }: Step): { happenedAt?: number } => (isStray ? { happenedAt: startMs - ms * 60_000 } : {})

function pick<T>(list: readonly T[], n: number): T {
  const found = list[n % list.length]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

/** Ids that a set may cite: mostly of its own field, now and then of anything, which must do no harm. */
function overOf({ cites, isStray }: Step, known: readonly AppliedOp[], on: string, field: string): OpId[] {
  const own = known.filter((op) => isStray || (op.on === on && (op.body as { field?: string }).field === field))
  return cites.flatMap((cited) => (own.length === 0 ? [] : [pick(own, cited).id as OpId]))
}

function cardChange(entry: Step, known: readonly AppliedOp[]): NewOp {
  const { n, m, cites, isStray } = entry
  const on = `relay:${relay(m)}`
  const cards = known.flatMap((op) =>
    op.on === on && 'card' in (op.body as object) ? [(op.body as { card: string }).card] : [],
  )
  // Two ops with one card must not happen, and must not harm.
  const card = isStray && cards.length > 0 ? pick(cards, n) : `card-${known.length}`
  const over = cards.length === 0 ? [] : cites.map((cited) => pick(cards, cited))
  return {
    kind: pick(['RelayMade', 'RelayChanged', 'RelayCancelled'] as const, entry.what),
    on,
    // Now and then a card that does not say where it belongs.
    ...(isStray && cites.length === 0 ? {} : { about: [`incident:${incident(n)}`] }),
    body: { agency: pick(['BPBD', 'PMI'], m), channel: pick(['mqtt', 'phone'] as const, n), card, ...paper(entry) },
    personal: { card: JSON.stringify({ incident: incident(n), over }), sig: '' },
  }
}

/** A set of a field of an incident or a report, its value where it belongs. */
function fieldChange(entry: Step, known: readonly AppliedOp[]): NewOp {
  const { n, m } = entry
  const kind = pick(['IncidentFieldSet', 'IncidentFieldSet', 'ReportFieldSet'] as const, entry.what)
  const on = kind === 'ReportFieldSet' ? `report:${report(m)}` : `incident:${incident(n)}`
  const field = kind === 'ReportFieldSet' ? pick(reportFields, m) : pick(editableFields, m + entry.ms)
  const over = overOf(entry, known, on, field)
  const value = field === 'priority' ? pick(priorities, entry.ms) : `${field} ${entry.ms}`
  const why = entry.isStray ? { why: 'answers' } : {}
  const part = isPersonalField(field)
    ? { body: { field, over }, personal: { value } }
    : { body: { field, over, value, ...why } }
  return { kind, on, ...part } as NewOp
}

function decisionChange(entry: Step, known: readonly AppliedOp[]): NewOp {
  const on = `incident:${incident(entry.n)}`
  const over = overOf(entry, known, on, 'decision')
  const saw = { 'A.one': entry.ms, 'B.two': entry.m }
  const value = pick(decisions, entry.m)
  return { kind: 'IncidentFieldSet', on, body: { field: 'decision', over, value, saw, disposition: 'TERTANGANI' } }
}

/** A link to another incident, to itself, to none or to one that nobody knows; or an umbrella. Chains and cycles come of it. */
function mergeChange(entry: Step, known: readonly AppliedOp[]): NewOp {
  const { n, m, what, ms } = entry
  const on = `incident:${incident(n)}`
  const field = what === 0 ? 'umbrella' : 'mergedInto'
  const over = overOf(entry, known, on, field)
  const value = what === 0 ? pick(['on', null], m) : pick([null, incident(ms % 5), incident((n + 1) % 4)], m)
  return { kind: 'IncidentFieldSet', on, body: { field, over, value, saw: { 'A.one': ms, 'B.two': m } } }
}

/** An answer to a question, or its taking back. */
function answerChange(entry: Step, known: readonly AppliedOp[]): NewOp {
  const { n, m, ms } = entry
  const on = `incident:${incident(n)}`
  const question = pick(['sadar', 'napas'], m)
  const own = known.filter((op) => op.kind === 'QuestionAnswered' && op.on === on)
  const over = own.length === 0 ? [] : entry.cites.map((cited) => pick(own, cited).id as OpId)
  const answer = pick([null, 'ya', 'tidak'], ms)
  return { kind: 'QuestionAnswered', on, body: { protocol: 'LAKA-LL', version: 1 + m, question, answer, over } }
}

function relayEvent(entry: Step, known: readonly AppliedOp[]): NewOp {
  const { what, n, m } = entry
  const on = `relay:${relay(m)}`
  const cards = known.flatMap((op) =>
    op.on === on && 'card' in (op.body as object) ? [(op.body as { card: string }).card] : [],
  )
  switch (what % 4) {
    case 0:
      return { kind: 'RelayAlarmHandled', on, body: { dueAt: startMs + n * 30_000 } }
    case 1:
      return { kind: 'CardReceived', on, body: { card: pick(['x', ...cards], what) } }
    case 2:
      return { kind: 'RelayTold', on, body: { channel: 'phone', ...paper(entry) }, personal: { person: 'Bu Ani' } }
    default:
      return {
        kind: 'RelayStepped',
        on,
        body: { step: pick(recordedSteps, what + n), ...paper(entry) },
        personal: { person: 'Pak Budi' },
      }
  }
}

function callChange(entry: Step, known: readonly AppliedOp[]): NewOp {
  const { n, m, what } = entry
  const on = `call:${call(n)}`
  const field = pick(['class', 'followUp', 'incident'] as const, m + what)
  const over = overOf(entry, known, on, field)
  const values = {
    class: pick([null, ...callClasses], m),
    followUp: pick(followUps, m),
    incident: pick([null, incident(n)], m),
  }
  switch (what % 7) {
    case 6:
      return {
        kind: 'ContactTaken',
        on,
        body: { source: pick(sources, n + m), ...paper(entry) },
        personal: { number: '+6281200004486', numberTrust: 'from' },
      }
    case 5:
      return { kind: 'CallReleased', on, body: {}, personal: { reason: 'salah angkat' } }
    case 4:
      return { kind: 'CallPrompted', on, body: { prompt: pick(['ucap', 'tombol', 'balik'], m) } }
    case 0:
      return {
        kind: 'CallSeen',
        on,
        body: { offeredAt: startMs + m },
        personal: { number: null, numberTrust: 'withheld' },
      }
    case 1:
      return {
        kind: 'CallAnswered',
        on,
        body: { line: '112', claimed: m === 0 },
        personal: { number: '+6281200000000' },
      }
    case 2:
      return { kind: 'CallEnded', on, body: { endReason: pick(['unknown', 'abandoned', 'caller-hangup'] as const, m) } }
    default:
      return { kind: 'CallFieldSet', on, body: { field, value: values[field], over } } as NewOp
  }
}

/** Sign-ins, operators, exports, and what is only kept. */
function personChange({ what, n, m, ms }: Step): NewOp {
  switch (what % 8) {
    case 7:
      return { kind: 'RecoveryCodeMade', on: `operator:o${n}`, body: {} }
    case 0:
      return { kind: 'SessionOpened', on: `session:s${n}`, body: { role: pick(roles, m) } }
    case 1:
      return { kind: 'SessionClosed', on: `session:s${n}`, body: {} }
    case 2:
      return {
        kind: 'OperatorSet',
        on: `operator:o${n}`,
        body: { role: pick(roles, m), active: ms > 9 },
        personal: { name: `O${m}` },
      }
    case 3:
      return { kind: 'ExportMade', on: `export:e${n}`, body: { what: 'log', day: '2026-11-24', rows: m, sha256: 'x' } }
    case 4:
      return { kind: 'IncidentApproved', on: `incident:${incident(n)}`, body: {} }
    case 5:
      return { kind: 'LogAlarmHandled', on: `log:B.${n}`, body: { alarm: pick(['fork', 'rewound'], m) } }
    default:
      return { kind: 'HandoverAccepted', on: 'shift:1', body: {} }
  }
}

function blockChange({ what, n, m, ms }: Step): NewOp {
  const on = `block:b${n}`
  const personal = { number: '+6281200000000', reason: 'iseng' }
  if (what % 3 === 0) return { kind: 'BlockRequested', on, body: { hours: m === 0 ? 24 : 72 }, personal }
  if (what % 3 === 1) return { kind: 'BlockDecided', on, body: { approved: ms > 9 } }
  return { kind: 'BlockLifted', on, body: {}, personal: { reason: 'selesai' } }
}

function stateChange({ n, m, ms }: Step): NewOp {
  const state = pick(operatorStates, m)
  const why = state === 'not-ready' ? { reason: pick(notReadyReasons, ms) } : {}
  return { kind: 'OperatorStateSet', on: `session:s${n}`, body: { state, ...why }, personal: { text: 'dokter' } }
}

function noteChange(entry: Step, known: readonly AppliedOp[]): NewOp {
  const { what, n, m } = entry
  const on = `incident:${incident(n)}`
  const notes = known.filter((op) => op.kind === 'NoteAdded' && op.on === on)
  if (what % 3 > 0 || notes.length === 0)
    return { kind: 'NoteAdded', on, body: paper(entry), personal: { text: `catatan ${m}` } }
  return { kind: 'NoteStruck', on, body: { note: pick(notes, m).id as OpId }, personal: { reason: 'salah' } }
}

/** Strikes an entry of any kind, on its own aggregate or, as a program with a fault might, on another; now and then an unknown one. */
function strikeChange({ m, n, isStray }: Step, known: readonly AppliedOp[]): NewOp {
  const owners = ['call', 'report', 'relay', 'block', 'session', 'log']
  const own = known.filter(({ on, kind }) => owners.includes(on.slice(0, on.indexOf(':'))) && kind !== 'CallFieldSet')
  const struck = own.length === 0 ? null : pick(own, m * 7 + n)
  const entry = (struck === null || (isStray && m === 0) ? 'f'.repeat(64) : struck.id) as OpId
  const on = struck === null || isStray ? `relay:${relay(n)}` : struck.on
  return { kind: 'EntryStruck', on, body: { entry }, personal: { reason: 'salah' } }
}

function opening(entry: Step): NewOp {
  const { what, n, m } = entry
  const on = `incident:${incident(n)}`
  if (what % 2 === 0) {
    return {
      kind: 'ReportAdded',
      on: `report:${report(m)}`,
      about: [on],
      body: { incident: incident(n), call: call(m), ...paper(entry) },
    }
  }
  return {
    kind: 'IncidentOpened',
    on,
    body: { label: `241126-B00${m}`, type: 'BCN-BJR', priority: pick(priorities, m), ...paper(entry) },
  }
}

/** The ops of a history, in the order in which they were recorded. */
export function opsOf(steps: readonly Step[]): AppliedOp[] {
  const make = opMaker()
  const known: AppliedOp[] = []
  for (const entry of steps) known.push(make(pick(changes, entry.change)(entry, known), entry))
  return known
}
