import { describe, expect, it } from 'vitest'
import { keptNumber, maskedNumber, shownNumber } from './number.ts'

describe('telephone numbers', () => {
  it.each([
    ['081200004486', '+6281200004486', '0812-0000-4486', '0812-••••-•486'],
    ['+62 812-0000-4486', '+6281200004486', '0812-0000-4486', '0812-••••-•486'],
    ['6281200004486', '+6281200004486', '0812-0000-4486', '0812-••••-•486'],
    ['0291 685877', '+62291685877', '(0291) 685877', '(0291) •••877'],
    ['+15551234567', '+15551234567', '+1 555 123 4567', '+1 555 ••• •567'],
    ['112', '112', '112', '1••'],
    ['2101', '2101', '2101', '2•••'],
  ])('%s is kept as %s, shown as %s, masked as %s', (raw, kept, shown, masked) => {
    expect(keptNumber(raw)).toBe(kept)
    expect(shownNumber(kept)).toBe(shown)
    expect(maskedNumber(kept)).toBe(masked)
  })

  it.each([null, '', 'anonymous', 'Restricted', '---'])('%j is no number', (raw) => {
    expect(keptNumber(raw)).toBeNull()
  })

  it('shows what is no number as it came', () => {
    expect(shownNumber('9'.repeat(40))).toBe('9'.repeat(40))
  })
})
