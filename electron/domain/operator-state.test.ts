import { expect, it } from 'vitest'
import { ringsAloud, stateAt } from './operator-state.ts'

it('ends writing up by itself, and a break never', () => {
  expect(stateAt({ state: 'wrap-up', since: 1000 }, 60_999, 60_000)).toBe('wrap-up')
  expect(stateAt({ state: 'wrap-up', since: 1000 }, 61_000, 60_000)).toBe('ready')
  expect(stateAt({ state: 'not-ready', since: 1000 }, 9_000_000, 60_000)).toBe('not-ready')
})

it('rings aloud in a break only while nobody else is ready or nobody took the call in time', () => {
  const away = { state: 'not-ready', isOtherReady: true, waitedMs: 0, limitMs: 10_000 } as const
  expect(ringsAloud(away)).toBe(false)
  expect(ringsAloud({ ...away, isOtherReady: false })).toBe(true)
  expect(ringsAloud({ ...away, waitedMs: 9_999 })).toBe(false)
  expect(ringsAloud({ ...away, waitedMs: 10_000 })).toBe(true)
  expect(ringsAloud({ ...away, state: 'ready' })).toBe(true)
  expect(ringsAloud({ ...away, state: 'wrap-up' })).toBe(true)
})
