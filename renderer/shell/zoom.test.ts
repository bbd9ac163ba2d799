// A larger monitor draws larger, and every step is one that exists.
import { expect, it } from 'vitest'
import { zooms } from '#contract/page.ts'
import { zoomOf } from './zoom.ts'

it('follows the width of the monitor', () => {
  expect([1024, 1366, 1536, 1920, 2560, 3440, 3840].map(zoomOf)).toEqual([90, 100, 100, 100, 110, 120, 130])
  for (let width = 800; width < 8000; width += 40) expect(zooms).toContain(zoomOf(width))
})
