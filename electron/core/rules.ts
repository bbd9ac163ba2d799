// Every command of the contract with its rule. A command without one does not compile.
import { blockRules } from './commands/block.ts'
import { callRules } from './commands/call.ts'
import { decisionRules } from './commands/decision.ts'
import { draftRules } from './commands/draft.ts'
import { findRules } from './commands/find.ts'
import { incidentRules } from './commands/incident.ts'
import { intakeRules } from './commands/intake.ts'
import { leadRules } from './commands/lead.ts'
import { mapRules } from './commands/map.ts'
import { mergeRules } from './commands/merge.ts'
import { operatorStateRules } from './commands/operator-state.ts'
import { operatorRules } from './commands/operator.ts'
import { recoveryRules } from './commands/recovery-code.ts'
import { paperRules } from './commands/paper.ts'
import { questionRules } from './commands/question.ts'
import { relayRules } from './commands/relay.ts'
import { undoRules } from './commands/undo.ts'
import type { Rules } from './rule.ts'

export const rules: Rules = {
  ...operatorRules,
  ...operatorStateRules,
  ...recoveryRules,
  ...callRules,
  ...blockRules,
  ...incidentRules,
  ...decisionRules,
  ...questionRules,
  ...relayRules,
  ...mergeRules,
  ...draftRules,
  ...mapRules,
  ...findRules,
  ...intakeRules,
  ...paperRules,
  ...leadRules,
  ...undoRules,
}
