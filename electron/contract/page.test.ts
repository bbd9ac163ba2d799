// Only the page's "I listen" passes as such.
import { expect, test } from 'vitest'
import { isPageReady } from './page.ts'

test('"I listen" is told from everything else', () => {
  expect(isPageReady({ kind: 'meja-ready' })).toBe(true)
  for (const other of [null, undefined, 1, 'meja-ready', {}, { kind: 'meja-port' }])
    expect(isPageReady(other)).toBe(false)
})
