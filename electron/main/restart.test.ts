// Restart delays grow in a crash loop and start over after a healthy life.
import { expect, test } from 'vitest'
import { quickEnds, restartDelayMs } from './restart.ts'

test('at once, then longer and longer, with a limit', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map(restartDelayMs)).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
})

test('a minute of healthy life forgets the ends before', () => {
  expect(quickEnds(0, 10)).toBe(1)
  expect(quickEnds(4, 59_999)).toBe(5)
  expect(quickEnds(4, 60_000)).toBe(1)
})
