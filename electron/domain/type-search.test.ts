import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTypeIndex, searchTypes } from './type-search.ts'

const types = [
  {
    code: 'EVK-HWN',
    label: 'Evakuasi hewan',
    labelEn: 'Animal rescue',
    priority: 'P3',
    words: ['ular', 'ula', 'sarang tawon'],
  },
  {
    code: 'BKR-RMH',
    label: 'Kebakaran bangunan',
    labelEn: 'Structure fire',
    priority: 'P1',
    words: ['kebakaran', 'omah kobong'],
  },
  {
    code: 'UTL-PLN',
    label: 'Gangguan listrik',
    labelEn: 'Power hazard',
    priority: 'P2',
    words: ['mati lampu', 'kesetrum'],
  },
  {
    code: 'MED-DAR',
    label: 'Darurat medis',
    labelEn: 'Medical emergency',
    priority: 'P1',
    words: ['pingsan', 'kesetrum'],
  },
  { code: 'LAIN', label: 'Darurat lain', labelEn: 'Other', priority: 'P2', words: ['minta tolong'] },
] as const
const index = createTypeIndex(types, {
  fillers: ['ada', 'di', 'tolong', 'minta'],
  synonyms: [
    ['rumah', 'omah', 'griya'],
    ['kereta', 'kereta api', 'sepur'],
    ['terbakar', 'kobong'],
  ],
})
const found = (text: string): string[] => searchTypes(index, text).map(({ code }) => code)

describe('searchTypes', () => {
  it('finds by code, with or without its hyphen', () => {
    expect(found('bkr')[0]).toBe('BKR-RMH')
    expect(found('UTL-PLN')[0]).toBe('UTL-PLN')
    expect(found('medd')[0]).toBe('MED-DAR')
  })

  it('finds by label, daily word, and the word inside a sentence', () => {
    expect(found('gangguan')[0]).toBe('UTL-PLN')
    expect(found('animal')[0]).toBe('EVK-HWN')
    expect(found('tolong ada ular gede di dapur')[0]).toBe('EVK-HWN')
    expect(found('omahe tangga kobong')[0]).toBe('BKR-RMH')
  })

  it('forgives a typing error', () => {
    expect(found('kebakran')[0]).toBe('BKR-RMH')
    expect(found('kbakaran rumah')[0]).toBe('BKR-RMH')
  })

  it('reads synonyms, affixes and the a that is said o as one', () => {
    expect(found('griyane kobong')[0]).toBe('BKR-RMH')
    expect(found('ono ulo')[0]).toBe('EVK-HWN')
    expect(found('terbakarnya rumah')[0]).toBe('BKR-RMH')
    expect(found('kesetrume')[0]).toBe('MED-DAR')
  })

  it('takes a word of two parts for one: a train is no fire', () => {
    const trains = createTypeIndex(
      [
        { code: 'API', label: 'Api', labelEn: 'Fire', priority: 'P1', words: ['api besar'] },
        { code: 'KA', label: 'Kecelakaan kereta', labelEn: 'Train', priority: 'P1', words: ['kereta anjlok'] },
      ] as const,
      { fillers: [], synonyms: [['kereta', 'kereta api', 'sepur']] },
    )
    expect(searchTypes(trains, 'kereta api').map(({ code }) => code)).toEqual(['KA'])
    expect(searchTypes(trains, 'sepure').map(({ code }) => code)).toEqual(['KA'])
  })

  it('understands words written without vowels, and half-typed ones', () => {
    expect(found('kbkrn')[0]).toBe('BKR-RMH')
    expect(found('ada kebak')[0]).toBe('BKR-RMH')
  })

  it('puts the more urgent first among equals', () => {
    expect(found('kesetrum')).toEqual(['MED-DAR', 'UTL-PLN'])
  })

  it('understands a text of nothing but fillers as it stands', () => {
    expect(found('minta tolong')[0]).toBe('LAIN')
  })

  it('lists all in the order of the pack when nothing is typed', () => {
    expect(found(' ')).toEqual(types.map(({ code }) => code))
    expect(searchTypes(index, '', 2)).toHaveLength(2)
  })

  it('finds every type by each of its words typed in full', () => {
    const pairs = types.flatMap((type) => type.words.map((word) => ({ type, word })))
    fc.assert(
      fc.property(fc.constantFrom(...pairs), ({ type, word }) => {
        expect(found(word)).toContain(type.code)
      }),
    )
  })

  it('never throws and never repeats, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const codes = found(text)
        expect(new Set(codes).size).toBe(codes.length)
      }),
    )
  })
})
