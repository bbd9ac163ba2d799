// The one table of keys: what each does, its name on the key sheet, its default key and where it works. Runs nothing.
import type { TextKey } from '../text/text.ts'

/**
 * everywhere: also before sign-in; desk: on every screen of a signed-in operator; the others only while the focus is
 * in that list, or (class) while a call class is being chosen.
 */
export type Scope =
  | 'everywhere'
  | 'desk'
  | 'board'
  | 'list'
  | 'missed'
  | 'blocks'
  | 'notes'
  | 'questions'
  | 'operators'
  | 'map'
  | 'contacts'
export type KeyEntry = { readonly title: TextKey; readonly keys: string; readonly scope: Scope }

export const keymap = {
  keySheet: { title: 'keys.keySheet', keys: 'F1', scope: 'everywhere' },
  palette: { title: 'keys.palette', keys: 'Control+k', scope: 'everywhere' },
  nextTheme: { title: 'keys.nextTheme', keys: 'Alt+w', scope: 'everywhere' },
  nextLanguage: { title: 'keys.nextLanguage', keys: 'Alt+y', scope: 'everywhere' },
  zoomIn: { title: 'keys.zoomIn', keys: 'Control+Equal', scope: 'everywhere' },
  zoomOut: { title: 'keys.zoomOut', keys: 'Control+Minus', scope: 'everywhere' },
  zoomReset: { title: 'keys.zoomReset', keys: 'Control+Digit0', scope: 'everywhere' },
  closeMessage: { title: 'keys.closeMessage', keys: 'Alt+x', scope: 'everywhere' },
  testSound: { title: 'keys.testSound', keys: 'Alt+s', scope: 'everywhere' },
  recoverAdmin: { title: 'keys.recoverAdmin', keys: 'Alt+p', scope: 'everywhere' },
  trialRing: { title: 'keys.trialRing', keys: 'Control+Shift+r', scope: 'everywhere' },
  trialHangUp: { title: 'keys.trialHangUp', keys: 'Control+Shift+h', scope: 'everywhere' },
  trialNetwork: { title: 'keys.trialNetwork', keys: 'Control+Shift+j', scope: 'everywhere' },
  trialExchange: { title: 'keys.trialExchange', keys: 'Control+Shift+k', scope: 'everywhere' },

  answer: { title: 'keys.answer', keys: 'F2', scope: 'desk' },
  hold: { title: 'keys.hold', keys: 'F3', scope: 'desk' },
  mute: { title: 'keys.mute', keys: 'Control+m', scope: 'desk' },
  neighbours: { title: 'keys.neighbours', keys: 'F4', scope: 'desk' },
  releaseCall: { title: 'keys.releaseCall', keys: 'Alt+q', scope: 'desk' },
  endCall: { title: 'keys.endCall', keys: 'F10', scope: 'desk' },
  callClass: { title: 'keys.callClass', keys: 'Control+j', scope: 'desk' },
  silentPrompt: { title: 'keys.silentPrompt', keys: 'Alt+h', scope: 'desk' },
  openCallerIncident: { title: 'keys.openCallerIncident', keys: 'Alt+i', scope: 'desk' },
  callBack: { title: 'keys.callBack', keys: 'Control+h', scope: 'desk' },
  callScreen: { title: 'keys.callScreen', keys: 'Control+Digit1', scope: 'desk' },
  incidentScreen: { title: 'keys.incidentScreen', keys: 'Control+Digit2', scope: 'desk' },
  mapScreen: { title: 'keys.mapScreen', keys: 'Control+Digit3', scope: 'desk' },
  directoryScreen: { title: 'keys.directoryScreen', keys: 'Control+Digit5', scope: 'desk' },
  settingsScreen: { title: 'keys.settingsScreen', keys: 'Control+Digit6', scope: 'desk' },
  helpScreen: { title: 'keys.helpScreen', keys: 'Control+Digit7', scope: 'desk' },
  wallWindow: { title: 'keys.wallWindow', keys: 'Control+Shift+b', scope: 'desk' },
  filterIncidents: { title: 'keys.filterIncidents', keys: 'Control+f', scope: 'desk' },
  toBoard: { title: 'keys.toBoard', keys: 'Alt+e', scope: 'desk' },
  toMissed: { title: 'keys.toMissed', keys: 'Alt+m', scope: 'desk' },
  readyState: { title: 'keys.readyState', keys: 'Alt+z', scope: 'desk' },
  blocks: { title: 'keys.blocks', keys: 'Alt+n', scope: 'desk' },
  signOut: { title: 'keys.signOut', keys: 'Control+l', scope: 'desk' },
  dailyLog: { title: 'keys.dailyLog', keys: 'Control+p', scope: 'desk' },
  operators: { title: 'keys.operators', keys: 'Control+o', scope: 'desk' },

  newIncident: { title: 'keys.newIncident', keys: 'Control+n', scope: 'desk' },
  toType: { title: 'keys.toType', keys: 'F5', scope: 'desk' },
  toPlace: { title: 'keys.toPlace', keys: 'F6', scope: 'desk' },
  priority1: { title: 'keys.priority1', keys: 'Control+Shift+Digit1', scope: 'desk' },
  priority2: { title: 'keys.priority2', keys: 'Control+Shift+Digit2', scope: 'desk' },
  priority3: { title: 'keys.priority3', keys: 'Control+Shift+Digit3', scope: 'desk' },
  priority4: { title: 'keys.priority4', keys: 'Control+Shift+Digit4', scope: 'desk' },
  settle: { title: 'keys.settle', keys: 'Alt+k', scope: 'desk' },
  addReport: { title: 'keys.addReport', keys: 'Alt+l', scope: 'desk' },
  lookSuggested: { title: 'keys.lookSuggested', keys: 'Alt+d', scope: 'desk' },
  joinSuggested: { title: 'keys.joinSuggested', keys: 'Control+d', scope: 'desk' },
  separate: { title: 'keys.separate', keys: 'Alt+g', scope: 'desk' },
  umbrella: { title: 'keys.umbrella', keys: 'Alt+a', scope: 'desk' },
  umbrellaCaller: { title: 'keys.umbrellaCaller', keys: 'Alt+r', scope: 'desk' },
  addPaper: { title: 'keys.addPaper', keys: 'Alt+c', scope: 'desk' },
  toQuestions: { title: 'keys.toQuestions', keys: 'F7', scope: 'desk' },
  toNote: { title: 'keys.toNote', keys: 'F9', scope: 'desk' },
  verify: { title: 'keys.verify', keys: 'Alt+v', scope: 'desk' },
  postpone: { title: 'keys.postpone', keys: 'Alt+u', scope: 'desk' },
  cancelIncident: { title: 'keys.cancelIncident', keys: 'Alt+b', scope: 'desk' },
  closeIncident: { title: 'keys.closeIncident', keys: 'Alt+t', scope: 'desk' },
  reopen: { title: 'keys.reopen', keys: 'Alt+o', scope: 'desk' },

  relayAll: { title: 'keys.relayAll', keys: 'F8', scope: 'desk' },
  agency1: { title: 'keys.agency', keys: 'Alt+Digit1', scope: 'desk' },
  agency2: { title: 'keys.agency', keys: 'Alt+Digit2', scope: 'desk' },
  agency3: { title: 'keys.agency', keys: 'Alt+Digit3', scope: 'desk' },
  agency4: { title: 'keys.agency', keys: 'Alt+Digit4', scope: 'desk' },
  agency5: { title: 'keys.agency', keys: 'Alt+Digit5', scope: 'desk' },
  agency6: { title: 'keys.agency', keys: 'Alt+Digit6', scope: 'desk' },
  agency7: { title: 'keys.agency', keys: 'Alt+Digit7', scope: 'desk' },
  agency8: { title: 'keys.agency', keys: 'Alt+Digit8', scope: 'desk' },
  commandLine: { title: 'keys.commandLine', keys: 'F12', scope: 'desk' },
  undo: { title: 'keys.undo', keys: 'Control+z', scope: 'desk' },
  takeAlarm: { title: 'keys.takeAlarm', keys: 'F11', scope: 'desk' },
  phoneAlarm: { title: 'keys.phoneAlarm', keys: 'Shift+F11', scope: 'desk' },
  repeatAlarm: { title: 'keys.repeatAlarm', keys: 'Control+F11', scope: 'desk' },
  nextAlarm: { title: 'keys.nextAlarm', keys: 'Control+ArrowDown', scope: 'desk' },

  openRow: { title: 'keys.openRow', keys: 'Enter', scope: 'board' },
  callContact: { title: 'keys.callContact', keys: 'Enter', scope: 'contacts' },
  openFound: { title: 'keys.openFound', keys: 'Enter', scope: 'list' },
  nextPage: { title: 'keys.nextPage', keys: 'PageDown', scope: 'list' },
  previousPage: { title: 'keys.previousPage', keys: 'PageUp', scope: 'list' },
  callRow: { title: 'keys.callRow', keys: 'Enter', scope: 'missed' },
  missedReached: { title: 'keys.missedReached', keys: 'h', scope: 'missed' },
  missedUnreached: { title: 'keys.missedUnreached', keys: 't', scope: 'missed' },
  missedDone: { title: 'keys.missedDone', keys: 's', scope: 'missed' },
  answerQuestion: { title: 'keys.answerQuestion', keys: 'Digit1', scope: 'questions' },
  nextQuestion: { title: 'keys.nextQuestion', keys: 'Enter', scope: 'questions' },
  takeAnswerBack: { title: 'keys.takeAnswerBack', keys: 'Delete', scope: 'questions' },
  approveBlock: { title: 'keys.approveBlock', keys: 's', scope: 'blocks' },
  refuseBlock: { title: 'keys.refuseBlock', keys: 't', scope: 'blocks' },
  liftBlock: { title: 'keys.liftBlock', keys: 'c', scope: 'blocks' },
  strikeNote: { title: 'keys.strikeNote', keys: 'Delete', scope: 'notes' },
  mapLeft: { title: 'keys.mapLeft', keys: 'ArrowLeft', scope: 'map' },
  mapRight: { title: 'keys.mapRight', keys: 'ArrowRight', scope: 'map' },
  mapUp: { title: 'keys.mapUp', keys: 'ArrowUp', scope: 'map' },
  mapDown: { title: 'keys.mapDown', keys: 'ArrowDown', scope: 'map' },
  mapNearer: { title: 'keys.mapNearer', keys: 'Equal', scope: 'map' },
  mapFarther: { title: 'keys.mapFarther', keys: 'Minus', scope: 'map' },
  mapWhole: { title: 'keys.mapWhole', keys: 'Digit0', scope: 'map' },
  mapHere: { title: 'keys.mapHere', keys: 'Home', scope: 'map' },
  editOperator: { title: 'keys.editOperator', keys: 'Enter', scope: 'operators' },
  addOperator: { title: 'keys.addOperator', keys: 't', scope: 'operators' },
  newRecoveryCode: { title: 'keys.newRecoveryCode', keys: 'k', scope: 'operators' },
} as const satisfies Record<string, KeyEntry>

export type ActionId = keyof typeof keymap
export const actionIds = Object.keys(keymap) as ActionId[]

const shownNames: Readonly<Record<string, string>> = {
  Control: 'Ctrl',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Delete: 'Del',
  Equal: '+',
  Minus: '-',
}

/** What is printed on a key cap: "Ctrl+Shift+1". */
export function keyCapText(keys: string): string {
  return keys
    .split('+')
    .map((part) => shownNames[part] ?? part.replace('Digit', '').replace(/^[a-z]$/, (letter) => letter.toUpperCase()))
    .join('+')
}

/** Two keys clash when they are the same and there is a moment in which both would work. */
export function clashes(table: Readonly<Record<string, KeyEntry>>): string[] {
  const entries = Object.entries(table)
  const same = (a: KeyEntry, b: KeyEntry): boolean => a.keys.toLowerCase() === b.keys.toLowerCase()
  const meet = (a: KeyEntry, b: KeyEntry): boolean =>
    a.scope === b.scope || [a.scope, b.scope].some((scope) => scope === 'everywhere' || scope === 'desk')
  return entries.flatMap(([name, entry], index) =>
    entries
      .slice(index + 1)
      .flatMap(([other, second]) => (same(entry, second) && meet(entry, second) ? [`${name} ${other}`] : [])),
  )
}
