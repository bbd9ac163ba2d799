import { describe, expect, it } from 'vitest'
import { consonants, isVowelless, wordForms } from './word-forms.ts'

const forms = (word: string): string[] => wordForms(word).map(({ form }) => form)

describe('wordForms', () => {
  it.each([
    ['menabrak', 'tabrak'],
    ['nabrak', 'tabrak'],
    ['ditabrak', 'tabrak'],
    ['ngobong', 'obong'],
    ['mbakar', 'bakar'],
    ['nyolong', 'colong'],
    ['kebanjiran', 'banjir'],
    ['rumahnya', 'rumah'],
    ['omahe', 'omah'],
    ['tanggane', 'tangga'],
    ['griyanipun', 'griya'],
    ['dibakarkan', 'bakar'],
    ['kobongane', 'kobong'],
    ['ulo', 'ula'],
    ['travo', 'trapa'],
    ['tooolong', 'talang'],
  ])('%s may be %s', (word, stem) => {
    expect(forms(word)).toContain(stem)
  })

  it('puts the word as it stands first and lets nothing shrink below three letters', () => {
    expect(wordForms('dike')[0]).toEqual({ form: 'dike', weight: 1 })
    expect(
      forms('di')
        .concat(forms('api'), forms('kena'))
        .filter((form) => form.length < 2),
    ).toEqual([])
  })
})

describe('hasty spelling', () => {
  it('knows a word that was written without its vowels', () => {
    expect(isVowelless('bnjr')).toBe(true)
    expect(isVowelless('banjir')).toBe(false)
    expect(consonants('kebakaran')).toBe(consonants('kbkrn'))
  })
})
