// Tells whether an op is understood: kind, version, aggregate and both schemas. It must not judge who may record what.
import { callId, incidentId, relayId, reportId } from '#domain/id.ts'
import type { OpBody, OpKind, OpPersonal } from '#domain/op.ts'
import { isOpKind, opKinds, opVersion } from '#domain/op.ts'
import type { ParkedReason } from '#log/op.ts'
import type { AppliedOp } from './fact.ts'
import { splitAggregate } from './fact.ts'

/** An op whose body and personal part fit the schemas of its kind. */
export type KnownOp<K extends OpKind> = AppliedOp & {
  readonly kind: K
  readonly body: OpBody<K>
  readonly personal: OpPersonal<K> | null
}
export type AnyKnownOp = { [K in OpKind]: KnownOp<K> }[OpKind]

const idOf = { call: callId, incident: incidentId, report: reportId, relay: relayId }

/** The op with its parts as their schemas give them, or why it is not understood. A missing personal part is no reason. */
export function understand(op: AppliedOp): { readonly op: AnyKnownOp } | { readonly parked: ParkedReason } {
  if (!isOpKind(op.kind) || op.v !== opVersion) return { parked: 'unknown_kind' }
  const schema = opKinds[op.kind]
  const on = splitAggregate(op.on)
  const owners: readonly string[] = typeof schema.on === 'string' ? [schema.on] : schema.on
  if (!owners.includes(on.kind) || !isId(on)) return { parked: 'bad_schema' }
  const body = schema.body.safeParse(op.body)
  if (!body.success) return { parked: 'bad_schema' }
  if (op.personal === null) return { op: { ...op, body: body.data, personal: null } as AnyKnownOp }
  const personal = schema.personal.safeParse(op.personal)
  if (!personal.success) return { parked: 'bad_schema' }
  return { op: { ...op, body: body.data, personal: personal.data } as AnyKnownOp }
}

function isId(on: { readonly kind: string; readonly id: string }): boolean {
  if (!Object.hasOwn(idOf, on.kind)) return on.id !== ''
  return idOf[on.kind as keyof typeof idOf].safeParse(on.id).success
}
