import { expect, it } from 'vitest'
import { scenarios } from './scenario.ts'

it('rings from invented numbers only', () => {
  const numbers = scenarios.flatMap(({ callers }) => callers.map(({ number }) => number))
  expect(numbers.filter((number) => number !== null && !/^0\d{2,3}0000\d{4}$/.test(number))).toEqual([])
})
