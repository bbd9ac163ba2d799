// The table of what may be asked. A verb prepares itself once from the packs and then answers line after line.
import type { Answerer } from './answer.ts'
import { duplicates } from './duplicates.ts'
import { coordinates } from './coordinates.ts'
import { numbers } from './numbers.ts'
import type { Packs } from './packs.ts'
import { places } from './places.ts'
import { types } from './types.ts'

export type Verb = (packs: Packs) => Answerer | Promise<Answerer>

export const verbs: Readonly<Record<string, Verb>> = {
  places,
  types,
  numbers,
  duplicates,
  coordinates,
}
