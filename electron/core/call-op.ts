// Ops out of a call as the exchange told it: facts in the body, the caller in the personal part.
import type { SourceCall } from '#contract/call-source.ts'
import type { NewOp } from '#domain/op.ts'

/** The op that records a call. `more` is added to the body. */
export function callOp(kind: 'CallSeen' | 'CallAnswered' | 'CallEnded', call: SourceCall, more: object = {}): NewOp {
  const on = `call:${call.call}`
  const body = {
    bridge: call.bridge,
    line: call.line,
    dialled: call.dialled,
    direction: call.direction,
    offeredAt: call.offeredAt,
    ...present('answeredAt', call.answeredAt),
    ...present('endedAt', call.endedAt),
    ...present('endReason', call.endReason),
    ...more,
  }
  if (kind === 'CallEnded') return { kind, on, body }
  const personal = {
    number: call.number,
    numberTrust: call.numberTrust,
    ...present('name', call.name),
    ...present('location', call.location),
  }
  return { kind, on, body, personal }
}

function present<K extends string, V>(key: K, value: V | null): { [P in K]?: V } {
  return (value === null ? {} : { [key]: value }) as { [P in K]?: V }
}
