// Sets of a field out of recorded ops, and what puts back what a field was before. It decides nothing about other kinds.
import type { Fault } from '#domain/fault.ts'
import type { IncidentId, OpId } from '#domain/id.ts'
import {
  answerField,
  isPersonalField,
  priorities,
  type Disposition,
  type IncidentField,
  type ReportField,
} from '#domain/incident.ts'
import type { NewOp } from '#domain/op.ts'
import { undoReason } from '#domain/undo.ts'
import { understand, type AnyKnownOp } from '#db/apply/known-op.ts'
import { opById } from '#db/log/stored-op.ts'
import type { OwnAction } from '#db/local/own-action.ts'
import type { Db } from '#db/open.ts'
import { headsOf } from '#db/queries/heads.ts'
import { incidentFacts, reportFacts } from '#db/queries/incident-facts.ts'
import type { Desk } from './desk.ts'
import { idOf, refused, type Context, type Part } from './undo-part.ts'

/** One set of a field as an op recorded it. `isGone`: its personal value is not here any more. */
type FieldSet = {
  readonly op: AnyKnownOp
  readonly id: OpId
  readonly field: string
  readonly value: string | null
  readonly over: readonly OpId[]
  readonly isGone: boolean
}

/** An op by its id in the form of its kind; null when it is not here or not understood. */
export function knownOp(db: Db, id: OpId): AnyKnownOp | null {
  const stored = opById(db, id)
  if (stored === undefined) return null
  const known = understand(stored)
  return 'op' in known ? known.op : null
}

/** The fields that an op sets: two for an opening, else one or none. */
function setsBy(op: AnyKnownOp): FieldSet[] {
  const base = { op, id: op.id as OpId, over: [], isGone: false }
  switch (op.kind) {
    case 'IncidentOpened':
      return (['type', 'priority'] as const).flatMap((field) => {
        const value = op.body[field] ?? null
        return value === null ? [] : [{ ...base, field, value }]
      })
    case 'IncidentFieldSet':
    case 'ReportFieldSet': {
      const { field, over } = op.body
      const isPersonal = isPersonalField(field)
      const value = (isPersonal ? op.personal : op.body)?.value ?? null
      return [{ ...base, field, over, value, isGone: isPersonal && op.personal === null }]
    }
    case 'QuestionAnswered':
      return [{ ...base, field: answerField(op.body.question), value: op.body.answer, over: op.body.over }]
    case 'CallFieldSet':
      return [{ ...base, field: op.body.field, value: op.body.value, over: op.body.over }]
    default:
      return []
  }
}

/** A field goes back to what it was before, while what was set is still its value. */
export function fieldBack({ desk, actions }: Context, op: AnyKnownOp): Part | Fault | null {
  const [set] = setsBy(op)
  if (set === undefined) return null
  if (!isStillSet(desk.db, set, actions)) return refused('undo_changed')
  if (setBefore(desk.db, set)?.isGone === true) return refused('undo_built_on')
  const incident = incidentOf(desk, op)
  const facts = incident === null ? null : incidentFacts(desk.db, incident)
  // What agencies read is the root's: a change of an absorbed incident would reach nobody.
  if (op.kind === 'IncidentFieldSet' && facts !== null && facts.root !== null && set.field !== 'mergedInto')
    return refused('undo_built_on')
  const make = (): NewOp | null => putBack(desk.db, set, facts?.activity ?? {})
  return { make, told: toldBy(set, incident) }
}

/** A decision and an umbrella are not told to agencies; a link changes the cards at both its ends. */
function toldBy(set: FieldSet, incident: IncidentId | null): IncidentId[] {
  if (incident === null || set.field === 'decision' || set.field === 'umbrella') return []
  const other = set.field === 'mergedInto' && set.value !== null ? [set.value as IncidentId] : []
  return [...other, incident]
}

function incidentOf(desk: Desk, op: AnyKnownOp): IncidentId | null {
  if (op.on.startsWith('incident:')) return idOf(op.on)
  return op.kind === 'ReportFieldSet' ? (reportFacts(desk.db, idOf(op.on))?.incident ?? null) : null
}

const rank = (value: string | null): number => {
  const place = (priorities as readonly (string | null)[]).indexOf(value)
  return place < 0 ? priorities.length : place
}

/** What a field was before a set: of several that were replaced the one work went on with; null when it was empty. */
function setBefore(db: Db, set: FieldSet): FieldSet | null {
  const found = set.over.flatMap((id) => {
    const op = knownOp(db, id)
    return op === null ? [] : setsBy(op).filter(({ field }) => field === set.field)
  })
  const later = (a: FieldSet, b: FieldSet): number => (a.op.at < b.op.at ? 1 : -1)
  const isPriority = set.field === 'priority'
  return found.toSorted((a, b) => (isPriority ? rank(a.value) - rank(b.value) : 0) || later(a, b))[0] ?? null
}

/**
 * True while a set is what its field is now. An undo that put it back counts as the set itself, so that several actions on one
 * field can be taken back one after the other.
 */
function isStillSet(db: Db, set: FieldSet, actions: readonly OwnAction[]): boolean {
  const heads = headsOf(db, set.op.on, set.field)
  const meant = heads.flatMap((head) => meantBy(db, { on: set.op.on, field: set.field, head }, actions))
  return meant.length === 1 && meant[0] === set.id
}

type Head = { readonly on: string; readonly field: string; readonly head: OpId }

function meantBy(db: Db, { on, field, head }: Head, actions: readonly OwnAction[]): readonly OpId[] {
  const undo = actions.find(({ ops, undoes }) => undoes !== null && ops.includes(head))
  const undone = actions.find(({ action }) => action === undo?.undoes)
  if (undone === undefined) return [head]
  const sets = undone.ops.flatMap((id) => {
    const op = knownOp(db, id)
    return op === null || op.on !== on ? [] : setsBy(op).filter((one) => one.field === field)
  })
  return sets.flatMap(({ over }) => over.flatMap((id) => meantBy(db, { on, field, head: id }, actions)))
}

/** The op that puts a field back; `saw` is what the person sees of the incident now. */
function putBack(db: Db, set: FieldSet, saw: Readonly<Record<string, number>>): NewOp | null {
  const before = setBefore(db, set)
  const value = before?.value ?? null
  const over = headsOf(db, set.op.on, set.field)
  const { op } = set
  const place = { on: op.on, ...(op.about === undefined ? {} : { about: op.about }) }
  switch (op.kind) {
    case 'IncidentFieldSet':
      return incidentField({ on: op.on, field: op.body.field, value, over, before, saw })
    case 'ReportFieldSet':
      return { kind: 'ReportFieldSet', ...place, ...valueParts(op.body.field, value, over) }
    case 'QuestionAnswered':
      return { kind: 'QuestionAnswered', on: op.on, body: { ...op.body, answer: value, over } }
    case 'CallFieldSet': {
      const { field } = op.body
      const shown = field === 'followUp' ? (value ?? 'belum') : value
      return { kind: 'CallFieldSet', on: op.on, body: { field, value: shown, over } as typeof op.body }
    }
    default:
      return null
  }
}

function valueParts<F extends IncidentField | ReportField>(field: F, value: string | null, over: OpId[]) {
  return isPersonalField(field) ? { body: { field, over }, personal: { value } } : { body: { field, over, value } }
}

type IncidentSet = {
  readonly on: string
  readonly field: IncidentField
  readonly value: string | null
  readonly over: OpId[]
  readonly before: FieldSet | null
  readonly saw: Readonly<Record<string, number>>
}

/** A decision and a link say why; what they say of the incident is what is seen now. */
function incidentField({ on, field, value, over, before, saw }: IncidentSet): NewOp {
  const kind = 'IncidentFieldSet'
  const old: { why?: string | undefined; disposition?: Disposition | undefined } =
    before?.op.kind === kind || before?.op.kind === 'IncidentOpened' ? before.op.body : {}
  if (field !== 'decision' && field !== 'mergedInto') {
    const parts = valueParts(field, value, over)
    const why = old.why === undefined ? {} : { why: old.why }
    return { kind, on, ...parts, body: { ...parts.body, ...why } }
  }
  const disposition = old.disposition === undefined ? {} : { disposition: old.disposition }
  const isSeen = field === 'mergedInto' || value === 'closed' || value === 'cancelled'
  const body = { field, value, over, ...(isSeen ? { saw } : {}), ...disposition }
  return { kind, on, body, personal: { reason: undoReason } } as NewOp
}
