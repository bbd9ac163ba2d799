// What a presence is worth: a member is where it said it is, until it has been quiet for too long.
import { describe, expect, it } from 'vitest'
import { systemHost as host } from './host.ts'
import { isThere, presenceOf } from './session.ts'
import { normalTiming as timing } from './timing.ts'

describe('a presence', () => {
  const said = (state: 'online' | 'locked' | 'signed-out' | 'offline', agoMs = 0) => ({
    presence: new Map([['B', { state, heardAt: host.now() - agoMs }]]),
    timing,
    host,
  })

  it('is what the member said last; who never said anything is offline', () => {
    expect(presenceOf(said('locked'), 'B')).toBe('locked')
    expect(presenceOf(said('locked'), 'C')).toBe('offline')
  })

  it('is offline after a minute of silence: a broker that was restarted tells no last will', () => {
    expect(presenceOf(said('online', timing.freshMs - 5_000), 'B')).toBe('online')
    expect(presenceOf(said('online', timing.freshMs + 1), 'B')).toBe('offline')
  })

  it('keeps a program there while nobody is signed in: cards still reach it', () => {
    expect((['online', 'locked', 'signed-out', 'offline'] as const).map((state) => isThere(said(state), 'B'))).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})
