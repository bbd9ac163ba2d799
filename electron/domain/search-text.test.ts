import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowedErrors, searchKey, searchWords, similarity, trigrams, typingErrors } from './search-text.ts'

describe('searchKey', () => {
  it.each([
    ['Kedungwaru  LOR', 'kedungwaru lor'],
    ['kr.anyar', 'kr anyar'],
    ['Boenderan', 'bunderan'],
    ['Djatirogo', 'jatirogo'],
    ['Tjangkring', 'cangkring'],
    ['Banjoemeneng', 'banyumeneng'],
    ['lindhu', 'lindu'],
    ['wong kenthir', 'wong kentir'],
    ['Désa–Ngawen', 'desa ngawen'],
    ['  ...  ', ''],
  ])('writes %j as %j', (text, key) => {
    expect(searchKey(text)).toBe(key)
  })

  it('is settled: a key is its own key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(searchKey(searchKey(text))).toBe(searchKey(text))
      }),
    )
  })

  it('has no words for text without letters or digits', () => {
    expect(searchWords(' -- ')).toEqual([])
  })
})

describe('typingErrors', () => {
  it.each([
    ['sayung', 'sayung', 0, 0],
    ['sayng', 'sayung', 1, 1],
    ['syaung', 'sayung', 1, 1],
    ['sayungg', 'sayung', 1, 1],
    ['sayu', 'sayung', 2, 0],
    ['seyu', 'sayung', 3, 1],
  ])('%s for %s: %i in whole, %i against its beginning', (typed, word, whole, prefix) => {
    expect(typingErrors(typed, word, 3)).toEqual({ whole, prefix })
  })

  it('stops at the limit', () => {
    expect(typingErrors('banjir', 'gempa', 1)).toEqual({ whole: 2, prefix: 2 })
  })

  it('finds at most one error after one slip of the finger', () => {
    const word = fc.stringMatching(/^[a-z]{4,14}$/)
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('drop', 'double', 'swap', 'wrong'), (name, where, slip) => {
        const at = where % (name.length - 1)
        const typed = {
          drop: name.slice(0, at) + name.slice(at + 1),
          double: name.slice(0, at) + name.charAt(at) + name.slice(at),
          swap: name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2),
          wrong: `${name.slice(0, at)}0${name.slice(at + 1)}`,
        }[slip]
        expect(typingErrors(typed, name, 2).whole).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('does not depend on which of the two words was typed', () => {
    const word = fc.stringMatching(/^[a-d]{1,8}$/)
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(typingErrors(a, b, 9).whole).toBe(typingErrors(b, a, 9).whole)
      }),
    )
  })

  it('allows none in short words, one in others, two in long ones', () => {
    expect([3, 4, 8, 9].map(allowedErrors)).toEqual([0, 1, 1, 2])
  })
})

describe('similarity', () => {
  it('is 1 for the same text, 0 for nothing in common, and symmetric', () => {
    expect(similarity(trigrams('demak'), trigrams('demak'))).toBe(1)
    expect(similarity(trigrams('demak'), trigrams('rob'))).toBe(0)
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const share = similarity(trigrams(a), trigrams(b))
        expect(share).toBe(similarity(trigrams(b), trigrams(a)))
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }),
    )
  })
})
