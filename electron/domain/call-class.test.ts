import { describe, expect, it } from 'vitest'
import { callClasses } from './call.ts'
import { callClassLetters, callClassOfLetter, closesByClass } from './call-class.ts'

describe('call class letters', () => {
  it('are one for each class', () => {
    expect(new Set(Object.values(callClassLetters)).size).toBe(callClasses.length)
    for (const code of callClasses) expect(callClassOfLetter(callClassLetters[code].toLowerCase())).toBe(code)
  })

  it('name no class for other keys', () => {
    expect(callClassOfLetter('X')).toBeNull()
    expect(callClassOfLetter('')).toBeNull()
  })

  it('close junk, silence and information at once, but no report', () => {
    expect(callClasses.filter((code) => !closesByClass(code))).toEqual(['DARURAT', 'NONDARURAT', 'LANJUT'])
  })
})
