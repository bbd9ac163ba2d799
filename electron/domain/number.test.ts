import { describe, expect, it } from 'vitest'
import { keptNumber, maskedNumber, readNumber, shownNumber } from './number.ts'

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

describe('readNumber', () => {
  it.each([
    ['+62 (0)812 0000 4486', 'number', '+6281200004486'],
    ['"Budi" <sip:+6281200004486@ims.example;user=phone>;tag=9', 'number', '+6281200004486'],
    ['tel:0291685877;phone-context=+62', 'number', '+62291685877'],
    ['62291685877', 'number', '+62291685877'],
    ['0015551234567', 'number', '+15551234567'],
    ['\u202a0812\u00a00000\u00a04486\u202c', 'number', '+6281200004486'],
    ['+62112', 'short', null],
    ['sip:2101@pbx', 'short', null],
    ['0812 0000 4486 / 0813 1111 2222', 'invalid', null],
    ['685877', 'invalid', null],
    ['<b>112</b>', 'invalid', null],
    ['"Anonymous" <sip:anonymous@anonymous.invalid>', 'withheld', null],
    ['No Caller ID', 'withheld', null],
    ['sip:unknown@unknown.invalid', 'unavailable', null],
    [null, 'unavailable', null],
  ])('%s: %s', (raw, kind, e164) => {
    expect(readNumber(raw)).toMatchObject({ kind, e164 })
  })

  it('never joins two numbers into one, and keeps a number without its area code', () => {
    expect(keptNumber('0812 0000 4486 / 0813 1111 2222')).toBeNull()
    expect(keptNumber('685877')).toBe('685877')
  })
})
