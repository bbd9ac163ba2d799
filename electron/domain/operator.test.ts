import { expect, it } from 'vitest'
import { lockMs, shortPersonName } from './operator.ts'

it('locks for a minute first, doubles, and never longer than fifteen', () => {
  expect([1, 2, 3, 4, 5, 9].map(lockMs)).toEqual([60_000, 120_000, 240_000, 480_000, 900_000, 900_000])
})

it('shortens names as people write them beside a note', () => {
  expect(['Siti Nuraini', 'Tono', 'Dwi Ayu wulandari', '  '].map(shortPersonName)).toEqual([
    'Siti N.',
    'Tono',
    'Dwi W.',
    '',
  ])
})
