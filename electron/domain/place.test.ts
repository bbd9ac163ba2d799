import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVillageIndex, searchVillages, villageKind, villageLabel, type Village } from './place.ts'

function village(code: string, name: string, district: string): Village {
  return { code, name, district, districtCode: code.slice(0, 8), kind: villageKind(code) }
}

const villages = [
  village('33.21.04.2014', 'Sayung', 'Sayung'),
  village('33.21.04.2015', 'Sriwulan', 'Sayung'),
  village('33.21.04.2009', 'Karangasem', 'Sayung'),
  village('33.21.11.1003', 'Bintoro', 'Demak'),
  village('33.21.09.2008', 'Undaan Lor', 'Karanganyar'),
  village('33.21.09.2012', 'Karanganyar', 'Karanganyar'),
  village('33.21.12.2005', 'Karangrejo', 'Bonang'),
  village('33.21.06.2002', 'Karangrejo', 'Wonosalam'),
]
const index = createVillageIndex(villages, {
  words: { kr: 'karang' },
  marks: ['ds', 'kec', 'rt', 'rw'],
  regencyMarks: ['kab'],
})
const found = (text: string, limit?: number): string[] => searchVillages(index, text, limit).map(villageLabel)

describe('searchVillages', () => {
  it('ranks beginnings (the least left to type first), then later words', () => {
    expect(found('karang')).toEqual([
      'Karangasem, Sayung',
      'Karangrejo, Bonang',
      'Karangrejo, Wonosalam',
      'Karanganyar, Karanganyar',
      'Undaan Lor, Karanganyar',
    ])
    expect(found('lor')).toEqual(['Undaan Lor, Karanganyar'])
  })

  it('takes a district before or behind the village', () => {
    expect(found('sayung sriwulan')[0]).toBe('Sriwulan, Sayung')
    expect(found('sriwulan, sayung')[0]).toBe('Sriwulan, Sayung')
    expect(found('karangrejo wonosalam')[0]).toBe('Karangrejo, Wonosalam')
    expect(found('karangrejo bonang')[0]).toBe('Karangrejo, Bonang')
  })

  it('understands abbreviations, marks, RT/RW and the regency', () => {
    expect(found('rt 03/rw 02 ds. kr.rejo kec. wonosalam kab. demak')[0]).toBe('Karangrejo, Wonosalam')
  })

  it('finds nothing for nothing and keeps the limit', () => {
    expect(found('')).toEqual([])
    expect(found(' ... rt 3 ')).toEqual([])
    expect(found('karang', 2)).toHaveLength(2)
  })

  it('tells a desa from a kelurahan by its code', () => {
    expect(villageKind('33.21.11.1003')).toBe('kelurahan')
    expect(villageKind('33.21.04.2014')).toBe('desa')
  })

  it('never throws, never repeats, never exceeds the limit, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 1, max: 15 }), (text, limit) => {
        const codes = searchVillages(index, text, limit).map(({ code }) => code)
        expect(codes.length).toBeLessThanOrEqual(limit)
        expect(new Set(codes).size).toBe(codes.length)
      }),
    )
  })
})
