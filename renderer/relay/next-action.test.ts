// What is offered next for an agency, and the word for how far it is.
import { expect, it } from 'vitest'
import { newId, type RelayId } from '#domain/id.ts'
import { nextAction, shortName, stateWord, stepAt, untold, type AgencyRow, type Relay } from './next-action.ts'

const relay = (more: Partial<Relay>): Relay => ({
  relay: newId<RelayId>(),
  agency: 'BPBD',
  channel: 'mqtt',
  step: 'told',
  toldAt: 1000,
  receivedAt: null,
  acknowledgedAt: null,
  refusedAt: null,
  underWayAt: null,
  onSceneAt: null,
  doneAt: null,
  cancelledAt: null,
  toldByVoiceAt: null,
  person: null,
  reason: null,
  isReadBack: false,
  isErased: false,
  typedAt: null,
  typedBy: null,
  isOverdue: false,
  recordState: 'local',
  ...more,
})
const next = (more: Partial<Relay> | null, canDial = false): string => {
  const action = nextAction({ relay: more === null ? null : relay(more) }, canDial)
  if (action === null) return 'nothing'
  return action.kind === 'step' ? action.step : action.kind === 'relay' && action.isAgain ? 'again' : action.kind
}

it('tells first, and again after a refusal or a cancellation', () => {
  expect([next(null), next({ step: 'refused' }), next({ step: 'cancelled' })]).toEqual(['relay', 'again', 'again'])
})

it('phones an agency whose desk does not answer, then records the read-back', () => {
  expect([next({}), next({ step: 'received' })]).toEqual(['phone', 'phone'])
  expect(next({ toldByVoiceAt: 2000 })).toBe('readBack')
  expect(next({ channel: 'phone' })).toBe('readBack')
  expect(next({ channel: 'phone' }, true)).toBe('phone')
  expect(next({ channel: 'phone', toldByVoiceAt: 2000 }, true)).toBe('readBack')
  expect(next({ channel: 'radio' }, true)).toBe('readBack')
})

it('records the steps of those who have no desk, and leaves the others to theirs', () => {
  const steps = ['acknowledged', 'underWay', 'onScene', 'done'] as const
  expect(steps.map((step) => next({ channel: 'phone', step }))).toEqual(['underWay', 'onScene', 'done', 'nothing'])
  expect(steps.map((step) => next({ step }))).toEqual(['nothing', 'nothing', 'nothing', 'nothing'])
})

it('does not mix up "not received" and "received, not acknowledged"', () => {
  expect(stateWord(relay({}))).toBe('unreached')
  expect(stateWord(relay({ step: 'received' }))).toBe('unaccepted')
  expect(stateWord(relay({ channel: 'phone' }))).toBe('toPhone')
  expect(stateWord(relay({ channel: 'phone', toldByVoiceAt: 2000 }))).toBe('voice')
  expect(stateWord(relay({ step: 'received', toldByVoiceAt: 2000 }))).toBe('voiceUnread')
  expect(stateWord(null)).toBe('notYet')
})

it('counts from the beginning of the present step', () => {
  expect(stepAt(relay({}))).toBe(1000)
  expect(stepAt(relay({ toldByVoiceAt: 2000 }))).toBe(2000)
  expect(stepAt(relay({ step: 'onScene', acknowledgedAt: 2000, onSceneAt: 3000 }))).toBe(3000)
})

it('leaves out of F8 who was told and who was not recommended', () => {
  const row = (agency: string, part: AgencyRow['part'], told: Relay | null): AgencyRow => ({
    agency,
    name: agency,
    phone: null,
    part,
    channel: 'phone',
    isConnected: false,
    relay: told,
  })
  const rows = [
    row('A', 'lead', relay({})),
    row('B', 'support', null),
    row('C', 'other', null),
    row('D', 'lead', relay({ step: 'refused' })),
  ]
  expect(untold(rows).map(({ agency }) => agency)).toEqual(['B'])
})

it('names a button after the code of an agency with a long name', () => {
  expect(shortName({ name: 'PMI Demak', agency: 'PMI' })).toBe('PMI Demak')
  expect(shortName({ name: 'Badan Penanggulangan Bencana Daerah', agency: 'BPBD' })).toBe('BPBD')
})
