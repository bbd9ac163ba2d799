// Times and names as they stand on the screen.
import { expect, it } from 'vitest'
import { dayText, elapsedText, isoDuration, percentOf, personText } from './format.ts'

it('writes durations as a clock, hours only when there are any', () => {
  expect([0, 8_400, 168_000, 3_946_000, -5_000].map(elapsedText)).toEqual([
    '00:00',
    '00:08',
    '02:48',
    '1:05:46',
    '00:00',
  ])
  expect(isoDuration(168_999)).toBe('PT168S')
})

it('writes the day of the site, also when the computer is in another zone', () => {
  const justAfterMidnight = Date.parse('2026-11-23T17:30:00Z')
  expect(dayText(justAfterMidnight, 'Asia/Jakarta', 'id')).toBe('Selasa, 24 November 2026')
  expect(dayText(justAfterMidnight, 'Asia/Jakarta', 'en')).toMatch(/^Tuesday,? 24 November 2026$/)
})

it('shortens names for a row and leaves codes alone', () => {
  expect(['Siti Nuraini', 'Tono Widodo Saputra', 'siti', 'Admin'].map(personText)).toEqual([
    'Siti N.',
    'Tono S.',
    'siti',
    'Admin',
  ])
})

it('has no percentage of nothing', () => {
  expect(percentOf(50, 52)).toBe(96)
  expect(percentOf(0, 0)).toBeNull()
})
