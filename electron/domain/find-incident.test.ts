// What is asked of the index meets what is kept in it, however a person spells it.
import { expect, it } from 'vitest'
import { chosenTerms, findTerms, findableWords, type Findable, type FindTerm } from './find-incident.ts'

const names = {
  types: [
    { code: 'BKR-RMH', label: 'Kebakaran bangunan', labelEn: 'Structure fire' },
    { code: 'LAKA-LL', label: 'Kecelakaan lalu lintas', labelEn: 'Road crash' },
  ],
  villages: [
    { code: '33.21.04.2005', name: 'Sayung' },
    { code: '33.21.05.2001', name: 'Karangsari' },
  ],
  districts: [
    { code: '33.21.04', name: 'Sayung' },
    { code: '33.21.05', name: 'Karangtengah' },
  ],
}
const fire: Findable = {
  label: '241126-B019',
  type: 'BKR-RMH',
  village: '33.21.04.2005',
  priority: 'P1',
  texts: ['depan Pasar Bintoro', 'api merembet ke roemah sebelah', 'Bambang Suryanto'],
  numbers: ['+6281200004486'],
}

function fits(incident: Findable, terms: readonly FindTerm[]): boolean {
  const words = findableWords(incident)
  return terms.every((term) => term.some((start) => words.some((word) => word.startsWith(start))))
}

it.each([
  'b019',
  'B 019',
  '241126-B019',
  '0812-0000-4486',
  '+62 812 0000 4486',
  '08120000',
  'kebakaran',
  'fire',
  'sayung',
  'say',
  'kebakaran sayung',
  'rumah',
  'pasar bintoro',
  'Bambang suryanto kebakaran',
])('finds it by "%s"', (text) => {
  expect(fits(fire, findTerms(text, names))).toBe(true)
})

it.each(['b018', '0813', 'kecelakaan', 'karangtengah', 'bambang kecelakaan', 'zzz'])(
  'does not find it by "%s"',
  (text) => {
    expect(fits(fire, findTerms(text, names))).toBe(false)
  },
)

it('narrows by what was chosen: a district stands for its villages', () => {
  const chosen = (place: string | null, type: string | null = null, priority: string | null = null) =>
    fits(fire, chosenTerms({ place, type, priority }))
  expect([chosen('33.21.04'), chosen('33.21.04.2005'), chosen(null, 'BKR-RMH'), chosen(null, null, 'P1')]).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect([chosen('33.21.05'), chosen(null, 'LAKA-LL'), chosen(null, null, 'P2')]).toEqual([false, false, false])
})

it('keeps a bounded number of words of a pasted book, and asks for a bounded number', () => {
  const book = Array.from({ length: 30_000 }, (_, index) => `kata${index}`).join(' ')
  expect(findableWords({ ...fire, texts: [book] }).length).toBeLessThanOrEqual(2000)
  expect(findTerms(book, names).length).toBeLessThanOrEqual(12)
})

it('asks for nothing when nothing was typed', () => {
  expect(findTerms('  "*( ', names)).toEqual([])
})
