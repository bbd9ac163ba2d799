// Turns one op into rows: the only way into the state tables, for own and received ops alike. It must not decide who may record what.
import { assertNever } from '#domain/fault.ts'
import type { ParkedReason } from '#log/op.ts'
import type { Db } from '../open.ts'
import { applyBlock } from './block.ts'
import { applyCallAct, applyCallEvent, applyCallField } from './call.ts'
import type { Touched } from './derive.ts'
import type { AppliedOp } from './fact.ts'
import { applyAnswer, applyIncidentField, applyIncidentOpened, applyNote, applyStrike } from './incident.ts'
import type { AnyKnownOp } from './known-op.ts'
import { understand } from './known-op.ts'
import { applyCard, applyRelayEvent } from './relay.ts'
import { applyReport, applyReportField } from './report.ts'
import { applyExport, applyOperator, applySession } from './session.ts'
import { applyEntryStruck } from './strike.ts'

export type ApplyResult = { readonly ok: true } | { readonly ok: false; readonly parked: ParkedReason }

const applied: ApplyResult = { ok: true }

/**
 * Writes the rows of one op and adds what is to be derived to `touched`; the caller runs `deriveTouched` before the commit.
 * An op that is not understood writes nothing and says why. A throw means a fault of the database or the program: the caller
 * undoes the op and parks it as `apply_failed`.
 */
export function applyOp(db: Db, op: AppliedOp, touched: Touched): ApplyResult {
  const known = understand(op)
  if ('parked' in known) return { ok: false, parked: known.parked }
  writeRows(db, known.op)
  touched.add(op.on)
  // Only relays and reports are found through what they concern.
  for (const about of op.about ?? []) if (about.startsWith('incident:')) touched.add(about)
  return applied
}

function writeRows(db: Db, op: AnyKnownOp): void {
  switch (op.kind) {
    case 'CallSeen':
    case 'CallAnswered':
    case 'CallEnded':
    case 'ContactTaken':
      return applyCallEvent(db, op)
    case 'CallFieldSet':
      return applyCallField(db, op)
    case 'CallPrompted':
    case 'CallReleased':
      return applyCallAct(db, op)
    case 'BlockRequested':
    case 'BlockDecided':
    case 'BlockLifted':
      return applyBlock(db, op)
    case 'IncidentOpened':
      return applyIncidentOpened(db, op)
    case 'IncidentFieldSet':
      return applyIncidentField(db, op)
    case 'QuestionAnswered':
      return applyAnswer(db, op)
    case 'NoteAdded':
      return applyNote(db, op)
    case 'NoteStruck':
      return applyStrike(db, op)
    case 'ReportAdded':
      return applyReport(db, op)
    case 'ReportFieldSet':
      return applyReportField(db, op)
    case 'RelayMade':
    case 'RelayChanged':
    case 'RelayCancelled':
      return applyCard(db, op)
    case 'RelayTold':
    case 'CardReceived':
    case 'RelayStepped':
    case 'RelayAlarmHandled':
      return applyRelayEvent(db, op)
    case 'SessionOpened':
    case 'SessionClosed':
    case 'OperatorStateSet':
      return applySession(db, op)
    case 'OperatorSet':
      return applyOperator(db, op)
    case 'ExportMade':
      return applyExport(db, op)
    case 'EntryStruck':
      return applyEntryStruck(db, op)
    // Read from the log itself: they make no rows of the state.
    case 'LogOpened':
    case 'LogAlarmHandled':
    case 'RecoveryCodeMade':
    case 'PersonalErased':
    case 'IncidentApproved':
    case 'HandoverAccepted':
      return
    default:
      return assertNever(op)
  }
}
