// Blocking a number: for how long it may be, and which numbers never. It blocks nothing itself; a blocked call is still a call.
import { z } from 'zod'
import { keptNumber } from './number.ts'

/** A block ends by itself after a day or three. */
export const blockHours = [24, 72] as const
export type BlockHours = (typeof blockHours)[number]
export const blockHour = z.union([z.literal(24), z.literal(72)])

export const blockId = z.uuid().brand<'BlockId'>()
export type BlockId = z.infer<typeof blockId>

/** Emergency and service numbers have at most so many digits. */
const shortest = 6

/** True for a number that must never be blocked: short numbers, and those of agencies and neighbour centres. */
export function isProtected(number: string, known: readonly (string | null)[]): boolean {
  const digits = number.replace(/\D/g, '')
  return digits.length < shortest || known.some((other) => other !== null && keptNumber(other) === number)
}
