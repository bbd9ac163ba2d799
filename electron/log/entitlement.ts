// Which log may record what: one pure function that every replica runs alike, so that all replicas apply the same ops.
import { agencyKinds } from '#domain/op.ts'
import type { Scope } from './member.ts'
import { agencyOf } from './member.ts'

const centreKinds: readonly string[] = [
  'LogOpened',
  'PersonalErased',
  'OperatorSet',
  'ExportMade',
  'SessionOpened',
  'SessionClosed',
]
const perLog: readonly string[] = ['LogOpened', 'SessionOpened', 'SessionClosed']

/**
 * Whether a log of this scope may record this kind.
 * `agency` is the agency of the relay that the op is on, null when the relay is not known yet: then the op waits.
 * `listed` is false on a site without a member list, where a desk erases its own parts.
 */
export function entitlement(facts: {
  readonly scope: Scope
  readonly kind: string
  readonly agency: string | null
  readonly listed: boolean
}): 'allowed' | 'refused' | 'waits' {
  const { scope, kind } = facts
  const code = agencyOf(scope)
  if (code === null) {
    if (scope === 'centre') return centreKinds.includes(kind) ? 'allowed' : 'refused'
    return kind !== 'PersonalErased' || !facts.listed ? 'allowed' : 'refused'
  }
  if (!(agencyKinds as readonly string[]).includes(kind)) return 'refused'
  if (perLog.includes(kind)) return 'allowed'
  if (facts.agency === null) return 'waits'
  return facts.agency === code ? 'allowed' : 'refused'
}
