// Chance for invented days: the same seed gives the same day.
import { seededRandom } from '../../db/fixture/random.ts'

export type Chance = {
  readonly below: (limit: number) => number
  readonly is: (share: number) => boolean
  readonly between: (from: number, to: number) => number
  /** Around 0, two thirds within 1. */
  readonly normal: () => number
  readonly pick: <T>(list: readonly T[]) => T
}

export function createChance(seed: number): Chance {
  const random = seededRandom(seed)
  const unit = (): number => random.below(2 ** 31) / 2 ** 31
  return {
    below: random.below,
    is: random.chance,
    between: (from, to) => from + (to - from) * unit(),
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    pick: (list) => {
      const found = list[random.below(list.length)]
      if (found === undefined) throw new RangeError('nothing to pick from')
      return found
    },
  }
}
