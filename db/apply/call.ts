// Rows of a call: what the exchange told of it, and the fields an operator sets. It must not judge what they add up to.
import type { Db } from '../open.ts'
import { factOf, splitAggregate } from './fact.ts'
import { setField } from './field.ts'
import { insertFact } from './insert.ts'
import type { KnownOp } from './known-op.ts'

type ExchangeOp = KnownOp<'CallSeen'> | KnownOp<'CallAnswered'> | KnownOp<'CallEnded'>

/** A fact about a call: of the exchange, or of the person who took a contact by hand. */
export function applyCallEvent(db: Db, op: ExchangeOp | KnownOp<'ContactTaken'>): void {
  if (op.kind !== 'ContactTaken') return applyExchangeEvent(db, op)
  const { source, happenedAt = null } = op.body
  insertFact(db, 'call_event', {
    call: splitAggregate(op.on).id,
    ...factOf(op),
    kind: op.kind,
    source,
    happened_at: happenedAt,
    number: op.personal?.number ?? null,
    number_trust: op.personal?.numberTrust ?? null,
    name: op.personal?.name ?? null,
  })
}

/** One fact of the exchange about a call, or the claim of an operator who answered it; several desks may report the same. */
function applyExchangeEvent(db: Db, op: ExchangeOp): void {
  const { body } = op
  const caller = op.kind === 'CallEnded' ? null : op.personal
  insertFact(db, 'call_event', {
    call: splitAggregate(op.on).id,
    ...factOf(op),
    kind: body.claimed === true ? 'claim' : op.kind,
    bridge: body.bridge ?? null,
    line: body.line ?? null,
    dialled: body.dialled ?? null,
    direction: body.direction ?? null,
    source: body.source ?? null,
    offered_at: body.offeredAt ?? null,
    answered_at: body.answeredAt ?? null,
    ended_at: body.endedAt ?? null,
    end_reason: body.endReason ?? null,
    number: caller?.number ?? null,
    number_trust: caller?.numberTrust ?? null,
    name: caller?.name ?? null,
    lat: caller?.location?.lat ?? null,
    lon: caller?.location?.lon ?? null,
    radius_m: caller?.location?.radiusM ?? null,
  })
}

/** What an operator did with a call, beside setting its fields. */
export function applyCallAct(db: Db, op: KnownOp<'CallPrompted'> | KnownOp<'CallReleased'>): void {
  insertFact(db, 'call_act', {
    call: splitAggregate(op.on).id,
    ...factOf(op),
    kind: op.kind === 'CallPrompted' ? 'prompted' : 'released',
    prompt: op.kind === 'CallPrompted' ? op.body.prompt : null,
    reason: op.kind === 'CallPrompted' ? null : (op.personal?.reason ?? null),
  })
}

/** Class, follow-up or incident of a call. */
export function applyCallField(db: Db, op: KnownOp<'CallFieldSet'>): void {
  const { field, value, over } = op.body
  setField(db, factOf(op), { aggregate: op.on, field, value, over })
}
