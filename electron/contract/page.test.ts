// Only what the page may say passes as such.
import { expect, test } from 'vitest'
import { pageMessage } from './page.ts'

test('what the page may say is told from everything else', () => {
  expect(pageMessage({ kind: 'meja-ready', more: 1 })).toEqual({ kind: 'meja-ready' })
  expect(pageMessage({ kind: 'meja-wall' })).toEqual({ kind: 'meja-wall' })
  expect(pageMessage({ kind: 'meja-zoom', zoom: 120 })).toEqual({ kind: 'meja-zoom', zoom: 120 })
  const others = [null, undefined, 1, 'meja-ready', {}, { kind: 'meja-port' }, { kind: 'meja-zoom' }]
  for (const other of [...others, { kind: 'meja-zoom', zoom: 500 }, { kind: 'meja-zoom', zoom: '120' }])
    expect(pageMessage(other)).toBeNull()
})
