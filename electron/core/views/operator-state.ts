// How this desk's operator is, and whether another desk is known to be ready.
import type { QueryOutput } from '#contract/queries.ts'
import { stateAt } from '#domain/operator-state.ts'
import { deskSession } from '#db/local/desk-session.ts'
import { deskOrigins, deskState } from '#db/queries/operator-state.ts'
import type { Desk } from '../desk.ts'
import { trueNow } from '../silent.ts'

/** Only a desk that is heard and says so counts as ready: on doubt this desk rings aloud. */
export function operatorStateView(desk: Desk): QueryOutput<'operatorState'> {
  const origins = deskOrigins(desk.db)
  const now = trueNow(desk)
  const wrapUpMs = desk.site.targets.wrapUpSeconds * 1000
  const isReady = ([member, origin]: readonly [string, string]): boolean => {
    const other = member === desk.member || desk.presenceOf(member) !== 'online' ? null : deskState(desk.db, origin)
    return other !== null && stateAt(other, now, wrapUpMs) === 'ready'
  }
  const isOtherReady = [...origins].some(isReady)
  const origin = origins.get(desk.member)
  const own = origin === undefined || deskSession(desk.db, desk.boot) === null ? null : deskState(desk.db, origin)
  if (own === null || own.state === 'out')
    return { state: 'out', reason: null, text: null, since: null, wrapUpMs, isOtherReady }
  const { state, reason, text, since } = own
  return { state, reason, text, since: since + (desk.clockOffsetMs() ?? 0), wrapUpMs, isOtherReady }
}
