// What nobody can see is taken out, everything else stays as it was typed, and cleaning twice changes nothing.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { typedLine, typedText } from './typed-text.ts'

it.each([
  ['=1+1', '=1+1'],
  ['<b onclick=x>api</b>', '<b onclick=x>api</b>'],
  ['😀 banjir 🚒', '😀 banjir 🚒'],
  ['gang\u202E3 TR', 'gang3 TR'],
  ['a\u0000b\u0007c', 'a b c'],
  ['satu\r\ndua\rtiga', 'satu\ndua\ntiga'],
  ['  tepi  ', 'tepi'],
])('%j is recorded as %j', (typed, recorded) => {
  expect(typedText(typed)).toBe(recorded)
})

it('changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(typedText(typedText(text))).toBe(typedText(text))
      expect(typedLine(typedLine(text))).toBe(typedLine(text))
      expect(typedLine(text)).not.toMatch(/[\p{Cc}\u202A-\u202E]/u)
    }),
  )
})
