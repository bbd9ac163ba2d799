import { describe, expect, it } from 'vitest'
import { messageText, placeText, type MessageFacts } from './message.ts'

const none: MessageFacts = {
  priority: null,
  type: null,
  village: null,
  rtRw: null,
  landmark: null,
  words: null,
  name: null,
  relation: null,
  callback: null,
  text: null,
  told: [],
}

describe('message to an agency', () => {
  it('says how urgent, what, where, what was said and who to call back', () => {
    expect(
      messageText({
        ...none,
        priority: 'P1',
        type: 'LAKA-LL Kecelakaan lalu lintas',
        village: 'Sidogemah, Sayung',
        rtRw: '03/01',
        landmark: 'depan SPBU',
        words: 'Truk nyenggol motor',
        name: 'Bambang',
        relation: 'saksi',
        callback: '0812-0000-4486',
      }),
    ).toBe(
      'P1 LAKA-LL Kecelakaan lalu lintas · Sidogemah, Sayung, RT 03/01, depan SPBU · Truk nyenggol motor · Bambang (saksi) 0812-0000-4486',
    )
  })

  it('adds what was answered, unless the words say it already', () => {
    const told = ['2 korban', 'tidak sadar', 'motor']
    expect(messageText({ ...none, text: 'Dua motor, satu TIDAK sadar.', told })).toBe(
      'Dua motor, satu TIDAK sadar. · 2 korban',
    )
    expect(messageText({ ...none, told })).toBe('2 korban, tidak sadar, motor')
    expect(messageText({ ...none, words: 'pengendara motorcross', told: ['motor'] })).toContain('· motor')
  })

  it('leaves out what is not known and never shows a lone separator', () => {
    expect(messageText(none)).toBe('')
    expect(messageText({ ...none, callback: '0812-0000-4486' })).toBe('0812-0000-4486')
    expect(messageText({ ...none, relation: 'korban' })).toBe('Pelapor (korban)')
    expect(placeText({ village: null, rtRw: ' ', landmark: 'Km 10' })).toBe('Km 10')
  })

  it("takes the operator's own text instead of the caller's words when there is one", () => {
    expect(messageText({ ...none, words: 'toloong', text: 'Dua korban, satu tidak sadar' })).toBe(
      'Dua korban, satu tidak sadar',
    )
  })
})
