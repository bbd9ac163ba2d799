// What an operator does with a call: take it, steer it, class it, follow it up.
import type { CallCommand, CallReply } from '#contract/call-source.ts'
import type { CallClass, FollowUp } from '#domain/call.ts'
import { closesByClass } from '#domain/call-class.ts'
import { fault, type Fault } from '#domain/fault.ts'
import type { CallId } from '#domain/id.ts'
import { keptNumber } from '#domain/number.ts'
import type { NewOp } from '#domain/op.ts'
import { mayBeGhost } from '#domain/silent-call.ts'
import { replaceReply } from '#db/local/reply.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import { headsOf } from '#db/queries/heads.ts'
import { sessionState } from '#db/queries/operator-state.ts'
import { missedWith } from '#db/queries/missed-calls.ts'
import { callOp } from '../call-op.ts'
import type { Actor, Caller, Desk } from '../desk.ts'
import { Refusal } from '../recorder.ts'
import { keepAction, keepReply, takers, type Rules } from '../rule.ts'
import { silentOf, trueNow } from '../silent.ts'

function replyOf(reply: CallReply): Record<string, never> | Fault {
  if (reply.ok) return {}
  return fault(reply.reason === 'refused' ? 'exchange_refused' : 'exchange_unreachable')
}

/** Sends a command about a call that is still open to the exchange. */
async function steer(
  desk: Desk,
  id: CallId,
  op: Exclude<CallCommand['op'], 'dial' | 'transfer'>,
): Promise<Record<string, never> | Fault> {
  const call = desk.calls.find(id)
  if (call === null) return fault('not_found', { field: 'call' })
  if (call.endedAt !== null) return fault('wrong_state', { field: 'call', detail: 'ended' })
  return replyOf(await desk.calls.command({ op, bridgeCall: call.bridgeCall }))
}

/** Passes a call on; `to` is a number or the queue. */
async function passOn(desk: Desk, id: CallId, to: string): Promise<Record<string, never> | Fault> {
  const call = desk.calls.find(id)
  if (call === null) return fault('not_found', { field: 'call' })
  if (call.endedAt !== null) return fault('wrong_state', { field: 'call', detail: 'ended' })
  const number = to === 'queue' ? to : keptNumber(to)
  if (number === null) return fault('invalid', { field: 'number' })
  return replyOf(await desk.calls.command({ op: 'transfer', bridgeCall: call.bridgeCall, to: number }))
}

async function transferCall(desk: Desk, { call, number }: { call: CallId; number: string }, actor: Caller | null) {
  if (actor === null) return fault('not_signed_in')
  const done = await passOn(desk, call, number)
  if ('fault' in done) return done
  desk.recorder.transact({ by: actor.operator, session: actor.session }, () => {
    keepAction(desk, actor, 'transferCall')
    return []
  })
  return done
}

/** A claim is taken back; a call that is connected goes to the queue, which only the exchange can do. */
async function releaseCall(desk: Desk, { call: id, reason }: { call: CallId; reason: string }, actor: Caller) {
  const call = desk.calls.find(id)
  if (call === null) return fault('not_found', { field: 'call' })
  const isConnected = call.answeredBy === desk.member
  if (call.endedAt !== null || (!isConnected && !call.isClaimed)) return fault('wrong_state', { field: 'call' })
  const capabilities = desk.calls.health().capabilities
  if (isConnected && !(capabilities.includes('transfer') && capabilities.includes('queue'))) {
    return fault('wrong_state', { field: 'call', detail: 'connected' })
  }
  const done = isConnected ? await passOn(desk, id, 'queue') : {}
  if ('fault' in done) return done
  desk.recorder.transact({ by: actor.operator, session: actor.session }, () => {
    keepReply(desk, actor, {})
    keepAction(desk, actor, 'releaseCall')
    return [{ kind: 'CallReleased', on: `call:${id}`, body: {}, personal: { reason } }]
  })
  desk.calls.release(id)
  return {}
}

/** F2: a request to the exchange where it can answer, else the claim "saya terima di telepon meja". */
async function answerCall(desk: Desk, id: CallId): Promise<Record<string, never> | Fault> {
  if (desk.calls.health().capabilities.includes('answer')) return await steer(desk, id, 'answer')
  const call = desk.calls.find(id)
  if (call === null) return fault('not_found', { field: 'call' })
  if (call.endedAt !== null) return fault('wrong_state', { field: 'call', detail: 'ended' })
  desk.calls.claim(id)
  return {}
}

/** The op that makes a call known to the log when so far only this desk has seen it; none when it is known. */
export function ensureCall(desk: Desk, id: CallId): NewOp[] | Fault {
  if (callFacts(desk.db, id) !== null) return []
  const call = desk.calls.find(id)
  return call === null ? fault('not_found', { field: 'call' }) : [callOp('CallSeen', call)]
}

type CallField = Extract<NewOp, { kind: 'CallFieldSet' }>['body']

/** Sets a field of a call over everything known of it. */
export function callFieldSet(desk: Desk, call: CallId, field: CallField['field'], value: CallField['value']): NewOp {
  const over = headsOf(desk.db, `call:${call}`, field)
  return { kind: 'CallFieldSet', on: `call:${call}`, body: { field, value, over } as CallField }
}

/** All missed calls of a number are followed up at once. */
function followedUp(desk: Desk, call: CallId, followUp: FollowUp): NewOp[] {
  return missedWith(desk.db, { call, now: trueNow(desk) }).map((one) => callFieldSet(desk, one, 'followUp', followUp))
}

/** What a retry is told while nobody knows what became of the first try: dialling again is the operator's to decide. */
const asked = fault('exchange_unreachable')

/** Remembers that it asked before it asks: a retry after a crash must never dial twice. */
async function dialNumber(desk: Desk, input: { number: string; call: CallId | null }, actor: Caller | null) {
  if (actor === null) return fault('not_signed_in')
  const { command, operator: by, session } = actor
  desk.recorder.transact({ by, session }, () => {
    keepReply(desk, actor, asked)
    return []
  })
  const reply = replyOf(await desk.calls.command({ op: 'dial', number: input.number }))
  const { call } = input
  desk.recorder.transact({ by, session }, () => {
    replaceReply(desk.db, command, JSON.stringify(reply))
    if ('fault' in reply) return []
    keepAction(desk, actor, 'dialNumber')
    return call === null ? [] : followedUp(desk, call, 'dihubungi')
  })
  return reply
}

/** A class that closes the record ends the writing up of that call. */
function writtenUp(desk: Desk, input: { call: CallId; class: CallClass }, { session }: Actor): NewOp[] {
  const own = sessionState(desk.db, session)
  if (own?.state !== 'wrap-up' || own.call !== input.call || !closesByClass(input.class)) return []
  return [{ kind: 'OperatorStateSet', on: `session:${session}`, body: { state: 'ready' } }]
}

/** Why a call may not be classed as a ghost, or null. */
function noGhost(desk: Desk, call: CallId): Fault | null {
  const state = silentOf(desk, call)
  if (state === null || mayBeGhost(state, trueNow(desk))) return null
  if (state.isLost) return fault('prompts_lost', { field: 'class' })
  const code = state.missing.length > 0 ? 'prompts_needed' : 'prompt_too_early'
  return fault(code, { field: 'class', detail: state.missing.join(' ') })
}

/** Records that a prompt is given now. It is said by the operator; only the callback is asked of the exchange. */
async function promptCall(desk: Desk, { call, prompt }: { call: CallId; prompt: string }, actor: Caller) {
  const state = silentOf(desk, call)
  if (state === null) return fault('not_found', { field: 'call' })
  if (state.next !== prompt) return fault('wrong_state', { field: 'prompt', detail: state.next ?? '' })
  if (state.waitUntil !== null && trueNow(desk) < state.waitUntil) return fault('prompt_too_early')
  const isCallback = desk.reference.silentPrompts.find(({ code }) => code === prompt)?.kind === 'callback'
  const number = desk.calls.find(call)?.number ?? callFacts(desk.db, call)?.number ?? null
  const mustDial = isCallback && number !== null && desk.calls.health().capabilities.includes('dial')
  const author = { by: actor.operator, session: actor.session }
  if (mustDial) {
    desk.recorder.transact(author, () => {
      keepReply(desk, actor, asked)
      return []
    })
  }
  const reply = mustDial ? replyOf(await desk.calls.command({ op: 'dial', number })) : {}
  desk.recorder.transact(author, () => {
    if (mustDial) replaceReply(desk.db, actor.command, JSON.stringify(reply))
    else keepReply(desk, actor, reply)
    if ('fault' in reply) return []
    const known = ensureCall(desk, call)
    if ('fault' in known) throw new Refusal(known)
    const ops: NewOp[] = [...known, { kind: 'CallPrompted', on: `call:${call}`, body: { prompt } }]
    keepAction(desk, actor, mustDial ? 'dialNumber' : 'promptCall', desk.recorder.append(ops, author))
    return []
  })
  return reply
}

type CallCommandName =
  | 'answerCall'
  | 'holdCall'
  | 'muteCall'
  | 'endCall'
  | 'dialNumber'
  | 'classifyCall'
  | 'promptCall'
  | 'transferCall'
  | 'releaseCall'
  | 'setFollowUp'

export const callRules: Pick<Rules, CallCommandName> = {
  answerCall: { roles: takers, request: (desk, input) => answerCall(desk, input.call) },
  holdCall: { roles: takers, request: (desk, input) => steer(desk, input.call, input.hold ? 'hold' : 'resume') },
  muteCall: { roles: takers, request: (desk, input) => steer(desk, input.call, input.mute ? 'mute' : 'unmute') },
  endCall: { roles: takers, request: (desk, input) => steer(desk, input.call, 'hangup') },
  transferCall: { roles: takers, request: transferCall },
  releaseCall: {
    roles: takers,
    request: (desk, input, actor) =>
      actor === null ? Promise.resolve(fault('not_signed_in')) : releaseCall(desk, input, actor),
  },
  dialNumber: { roles: takers, request: dialNumber },
  classifyCall: {
    roles: takers,
    decide: (desk, input, actor) => {
      const known = ensureCall(desk, input.call)
      if ('fault' in known) return known
      const refused = input.class === 'GHOST' ? noGhost(desk, input.call) : null
      if (refused !== null) return refused
      const ops = [...known, callFieldSet(desk, input.call, 'class', input.class), ...writtenUp(desk, input, actor)]
      return { ops, reply: {} }
    },
  },
  promptCall: {
    roles: takers,
    request: (desk, input, actor) =>
      actor === null ? Promise.resolve(fault('not_signed_in')) : promptCall(desk, input, actor),
  },
  setFollowUp: {
    roles: takers,
    decide: (desk, input) => {
      const known = ensureCall(desk, input.call)
      if ('fault' in known) return known
      return {
        ops: [...known, ...followedUp(desk, input.call, input.followUp)],
        reply: {},
      }
    },
  },
}
