// What did not change keeps its identity.
import { expect, it } from 'vitest'
import { share } from './share.ts'

it('keeps the whole when nothing changed', () => {
  const before = { a: [1, { b: 'x' }], c: null }
  expect(share(before, structuredClone(before))).toBe(before)
})

it('keeps the parts that did not change and takes the new of what did', () => {
  const before = { type: { value: 'A' }, notes: [{ n: 1 }, { n: 2 }] }
  const next = share(before, { type: { value: 'B' }, notes: [{ n: 1 }, { n: 2 }, { n: 3 }] })
  expect(next).toEqual({ type: { value: 'B' }, notes: [{ n: 1 }, { n: 2 }, { n: 3 }] })
  expect(next.notes[0]).toBe(before.notes[0])
  expect(next.type).not.toBe(before.type)
})

it('does not mistake a list for a shorter one, nor null for an object', () => {
  expect(share({ a: [1, 2] }, { a: [1] })).toEqual({ a: [1] })
  expect(share({ a: { b: 1 } }, { a: null })).toEqual({ a: null })
  expect(share({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 })
})
