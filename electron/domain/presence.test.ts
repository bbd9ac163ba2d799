// Who hears an alarm, and what a presence is worth that this program does not know.
import { describe, expect, it } from 'vitest'
import { presenceStates, readPresence, soundsAt } from './presence.ts'

describe('an alarm sounds', () => {
  const elsewhere = { member: 'C', relayedBy: 'B', isLead: false }
  it('at another desk exactly while nobody is at the one that relayed', () => {
    const heard = presenceStates.filter((relaying) => soundsAt({ ...elsewhere, relaying }))
    expect(heard).toEqual(['locked', 'signed-out', 'offline'])
  })
  it('always at the desk that relayed, at a lead’s, and where the desk is not known', () => {
    for (const relaying of presenceStates) {
      expect(soundsAt({ ...elsewhere, member: 'B', relaying })).toBe(true)
      expect(soundsAt({ ...elsewhere, isLead: true, relaying })).toBe(true)
      expect(soundsAt({ ...elsewhere, relayedBy: null, relaying })).toBe(true)
    }
  })
})

describe('a presence', () => {
  it('of a later version or none counts as offline', () => {
    expect([readPresence('online'), readPresence('locked'), readPresence('napping'), readPresence(undefined)]).toEqual([
      'online',
      'locked',
      'offline',
      'offline',
    ])
  })
})
