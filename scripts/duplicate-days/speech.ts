// How callers of invented days speak: some facts, some noise, and how hurried hands write it down.
import type { Chance } from './chance.ts'
import type { Kind, Manner } from './kinds.ts'

const noise = [
  'tolong cepat',
  'segera ya pak',
  'cepet pak',
  'halo',
  'kula lihat dari jauh',
  'banyak orang',
  'mohon bantuan',
  'pun lapor rt',
  'belum ada petugas',
  'saya cuma lewat',
] as const

/** What one caller says of an incident. */
export function tale(kind: Kind, manner: Manner, details: readonly string[], typing: number, chance: Chance): string {
  const told = details.filter(() => chance.is(0.5))
  const parts = [chance.pick(kind.tales[manner]), ...told, ...(chance.is(0.4) ? [chance.pick(noise)] : [])]
  return mistyped(parts.join(chance.is(0.5) ? ', ' : ' '), typing, chance)
}

/** Letters left out, doubled, swapped; old spellings; abbreviations. `share` of the words of four letters and more. */
export function mistyped(text: string, share: number, chance: Chance): string {
  return text
    .split(' ')
    .map((word) => (word.length >= 4 && chance.is(share) ? spoilt(word, chance) : word))
    .join(' ')
}

function spoilt(word: string, chance: Chance): string {
  const at = 1 + chance.below(word.length - 2)
  switch (chance.below(5)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1)
    case 1:
      return word.slice(0, at) + (word[at] ?? '') + word.slice(at)
    case 2:
      return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2)
    case 3:
      return word.replace('u', 'oe').replace('j', 'dj')
    default:
      return word.replace('karang', 'krg ').replace('tambak', 'tmbk ').replace('pasar', 'psr')
  }
}
