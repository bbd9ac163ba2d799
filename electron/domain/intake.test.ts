import { expect, test } from 'vitest'
import { sources } from './call.ts'
import { paperFault, paperMs, paperTime, paperTimeAfter, readClock, sourceKeys } from './intake.ts'
import { typedLine, typedText } from './typed-text.ts'

/** 24 November 2026, 09:15 WIB. */
const now = 1_795_486_500_000

test('every source has a key of its own', () => {
  expect(Object.keys(sourceKeys).sort()).toEqual([...sources].sort())
  expect(new Set(Object.values(sourceKeys)).size).toBe(sources.length)
})

test('a clock is read as people write it, and nothing else is', () => {
  expect(['14.05', '14:05', '1405', ' 9.05 ', '0:00'].map(readClock)).toEqual([845, 845, 845, 545, 0])
  const bad = [
    '',
    '24.00',
    '12.60',
    '9',
    '14.05.10',
    '-1.00',
    '=1.05',
    '１４.05',
    '14.05 😀',
    '<b>14.05</b>',
    '1'.repeat(10_000),
  ]
  expect(bad.map(readClock)).toEqual(bad.map(() => null))
})

test('a time from paper is an instant of the site day', () => {
  expect(paperTime('2026-11-24', '09.15', 'Asia/Jakarta')).toBe(now)
  expect(paperTime('2026-02-30', '09.15', 'Asia/Jakarta')).toBeNull()
  expect(paperTime('24-11-2026', '09.15', 'Asia/Jakarta')).toBeNull()
  expect(paperTime('2026-11-24', '25.00', 'Asia/Jakarta')).toBeNull()
})

test('what follows an incident before midnight may be after it', () => {
  const late = paperTime('2026-11-23', '23.50', 'Asia/Jakarta') ?? 0
  expect(paperTimeAfter(late, '23.58', 'Asia/Jakarta')).toBe(late + 8 * 60_000)
  expect(paperTimeAfter(late, '00.10', 'Asia/Jakarta')).toBe(late + 20 * 60_000)
  expect(paperTimeAfter(late, '23.50', 'Asia/Jakarta')).toBe(late)
  expect(paperTimeAfter(late, 'nanti', 'Asia/Jakarta')).toBeNull()
})

test('a time from paper is neither in the future nor, without a lead, older than 30 days', () => {
  expect(paperFault(now, now, false)).toBeNull()
  expect(paperFault(now + 60_001, now, true)).toBe('time_in_future')
  expect(paperFault(now - paperMs, now, false)).toBeNull()
  expect(paperFault(now - paperMs - 1, now, false)).toBe('time_too_old')
  expect(paperFault(now - paperMs - 1, now, true)).toBeNull()
})

test('typed text keeps words, emoji and signs, and loses what shows nothing or turns it around', () => {
  expect(typedLine('  Bu\u0000 Sri\u202E\u0007\r\nrT ')).toBe('Bu  Sri rT'.replace('Bu  ', 'Bu  '))
  expect(typedLine('😀 👩\u200D🚒 <b>=1+1</b>')).toBe('😀 👩\u200D🚒 <b>=1+1</b>')
  expect(typedText('a\r\nb\u2066c\tx')).toBe('a\nbc x')
  expect(typedText('x'.repeat(10_000))).toHaveLength(10_000)
})
