// Undo: how long an action can be taken back, why it sometimes cannot, and what is recorded as the reason.
/** An action can be taken back for ten minutes. */
export const undoMs = 600_000

/** Written into the record where an undo needs a reason; agencies read it on a cancelled relay. */
export const undoReason = 'dibatalkan operator'
export const undoReasonAcknowledged = 'dibatalkan operator setelah diterima instansi'

/** Commands whose records have words of their own on the screen; everything else is "other". */
export const actionNames = [
  'classifyCall',
  'setFollowUp',
  'openIncident',
  'setIncidentField',
  'addReport',
  'setReportField',
  'answerQuestion',
  'addNote',
  'strikeNote',
  'verifyIncident',
  'postponeIncident',
  'cancelIncident',
  'closeIncident',
  'reopenIncident',
  'makeRelays',
  'cancelRelay',
  'stepRelay',
  'tellByVoice',
  'handleAlarm',
  'mergeIncident',
  'joinIncident',
  'separateIncident',
  'setUmbrella',
  'setOperatorState',
  'promptCall',
  'noteContact',
  'enterPaper',
  'addPaper',
  'requestBlock',
  'decideBlock',
  'liftBlock',
  'handleLogAlarm',
  'dialNumber',
  'transferCall',
  'releaseCall',
] as const
export type ActionName = (typeof actionNames)[number]

/** What these did happened on the telephone: no record takes it back. */
export const outsideActions: readonly string[] = ['dialNumber', 'transferCall', 'releaseCall'] satisfies ActionName[]

/** What an undo leaves as it is in the world: an agency has accepted what it calls off, or was spoken to. */
export const leftBehind = ['acknowledged', 'said'] as const
export type LeftBehind = (typeof leftBehind)[number]

/** Why an action cannot be taken back; the same words as the refusal. */
export const undoFaults = ['undo_changed', 'undo_built_on', 'undo_outside', 'undo_fact'] as const
export type UndoFault = (typeof undoFaults)[number]
