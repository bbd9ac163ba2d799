// What Ctrl+Z would take back now, in facts a screen can put into words. It only reads.
import type { QueryOutput } from '#contract/queries.ts'
import { actionNames, undoFaults, undoMs } from '#domain/undo.ts'
import type { AnyKnownOp } from '#db/apply/known-op.ts'
import { deskSession } from '#db/local/desk-session.ts'
import { ownActions } from '#db/local/own-action.ts'
import { incidentFacts, reportFacts } from '#db/queries/incident-facts.ts'
import type { IncidentId, ReportId } from '#domain/id.ts'
import type { Desk } from '../desk.ts'
import { nextUndo, planUndo } from '../undo.ts'
import { knownOp } from '../undo-field.ts'

/** The incident that an op is about, by its number. */
function labelOf(desk: Desk, op: AnyKnownOp): string | null {
  const [kind, id = ''] = op.on.split(':')
  const named = op.about?.find((one) => one.startsWith('incident:'))?.slice('incident:'.length)
  const reported = kind === 'report' ? reportFacts(desk.db, id as ReportId)?.incident : undefined
  const incident = kind === 'incident' ? id : (reported ?? named)
  return incident === undefined ? null : (incidentFacts(desk.db, incident as IncidentId)?.label ?? null)
}

/** What was changed: a field, a call class (both by their code), the names of agencies. */
function detailOf(desk: Desk, ops: readonly AnyKnownOp[]): string | null {
  const names = ops.flatMap((op) => {
    if (op.kind !== 'RelayMade' && op.kind !== 'RelayCancelled') return []
    return [desk.agencies.find(({ code }) => code === op.body.agency)?.name ?? op.body.agency]
  })
  if (names.length > 0) return names.join(', ')
  for (const op of ops) {
    if (op.kind === 'CallFieldSet' && op.body.field === 'class' && op.body.value !== null) return op.body.value
    if (op.kind === 'IncidentFieldSet' || op.kind === 'ReportFieldSet') return op.body.field
  }
  return null
}

/** The action that can be taken back next and whether it can; null when there is none of the last ten minutes. */
export function lastActionView(desk: Desk): QueryOutput<'lastAction'> {
  const own = deskSession(desk.db, desk.boot)
  if (own === null) return null
  const actions = ownActions(desk.db, own.session)
  const next = nextUndo(actions)
  if (next === undefined || desk.clock.now() - next.at > undoMs) return null
  const ops = next.ops.flatMap((id) => knownOp(desk.db, id) ?? [])
  const undo = planUndo(desk, next, actions)
  const why = 'fault' in undo ? (undoFaults.find((one) => one === undo.fault) ?? 'undo_fact') : null
  return {
    action: next.action,
    name: actionNames.find((one) => one === next.name) ?? 'other',
    label: ops.map((op) => labelOf(desk, op)).find((label) => label !== null) ?? null,
    detail: detailOf(desk, ops),
    at: next.at,
    why,
    leaves: 'fault' in undo ? null : undo.leaves,
  }
}
