import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chainOf, readBatch, writeBatch } from './batch.ts'
import type { Batch } from './batch.ts'
import { canonical, parseCanonical, toBase32 } from './bytes.ts'
import { firstHash, opHash } from './hash.ts'
import { logKey } from './key.ts'
import { makeSeal, verifySeal } from './seal.ts'

const site = 'uji'
const key = logKey('A', Buffer.alloc(32, 7))

/** A genuine batch of ops with these texts. */
function batchOf(texts: readonly string[], from: number, after: string): Batch {
  let hash = after
  const ops = texts.map((text) => {
    const op = canonical({ text })
    hash = opHash(hash, op)
    return { op, personal: null, salt: null }
  })
  return { origin: key.origin, from, after, ops, seal: makeSeal(site, key, from + texts.length - 1, hash) }
}

function isGenuine(text: string): boolean {
  const batch = readBatch(text)
  if ('refused' in batch) return false
  return chainOf(batch).at(-1) === batch.seal.hash && verifySeal(site, batch.origin, key.key, batch.seal)
}

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 8 })

test('what was written is read back, and is genuine', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 9_999 }), (words, from) => {
      const batch = batchOf(words, from, firstHash(site, key.origin))
      expect(readBatch(writeBatch(batch))).toEqual(batch)
      expect(isGenuine(writeBatch(batch))).toBe(true)
    }),
  )
})

test('any edit of an op, of its place, of `after` or of the seal is found', () => {
  const edits: readonly ((batch: Batch, n: number) => Batch)[] = [
    (batch, n) => edited(batch, n, (op) => `${op.slice(0, -1)},"x":1}`),
    (batch, n) => edited(batch, n, (op) => op.replace('"text"', '"texT"')),
    (batch, n) => ({
      ...batch,
      ops: batch.ops.filter((_, place) => place !== n),
      seal: { ...batch.seal, seq: batch.seal.seq - 1 },
    }),
    (batch, n) => ({ ...batch, ops: [...batch.ops, batch.ops[n]!], seal: { ...batch.seal, seq: batch.seal.seq + 1 } }),
    (batch) => ({ ...batch, after: opHash(batch.after, 'x') }),
    (batch) => ({ ...batch, from: batch.from + 1, seal: { ...batch.seal, seq: batch.seal.seq + 1 } }),
    (batch) => ({
      ...batch,
      seal: { ...batch.seal, sig: batch.seal.sig.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) },
    }),
  ]
  fc.assert(
    fc.property(texts, fc.nat(7), fc.nat(edits.length - 1), (words, place, which) => {
      const batch = batchOf(words, 1, firstHash(site, key.origin))
      const altered = edits[which]!(batch, place % words.length)
      expect(isGenuine(writeBatch(altered))).toBe(false)
    }),
  )
})

function edited(batch: Batch, n: number, change: (op: string) => string): Batch {
  return { ...batch, ops: batch.ops.map((entry, place) => (place === n ? { ...entry, op: change(entry.op) } : entry)) }
}

test('reading never throws, whatever comes', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.jsonValue().map((value) => JSON.stringify(value)),
      ),
      (text) => {
        expect(readBatch(text)).toHaveProperty('refused')
      },
    ),
  )
})

test('a text is canonical exactly when writing what it says gives it again', () => {
  const value = fc.jsonValue({ stringUnit: 'binary' })
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 2 }), (made, space) => {
      const text = JSON.stringify(made, undefined, space)
      let expected: string | undefined
      try {
        expected = canonical(JSON.parse(text))
      } catch {
        expected = undefined
      }
      expect(parseCanonical(text) !== undefined).toBe(expected === text)
      if (expected !== undefined) expect(canonical(parseCanonical(expected))).toBe(expected)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['', ''],
  ['f', 'my'],
  ['fo', 'mzxq'],
  ['foo', 'mzxw6'],
  ['foob', 'mzxw6yq'],
  ['fooba', 'mzxw6ytb'],
  ['foobar', 'mzxw6ytboi'],
])('base32 of "%s" (RFC 4648)', (text, encoded) => {
  expect(toBase32(Buffer.from(text))).toBe(encoded)
})
