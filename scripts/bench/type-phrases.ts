// type_top3_hit and type_search_p95_ms: phrases of callers and operators against the lists of daily words. No window, no database.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { createTypeIndex, searchTypes, type TypeIndex } from '#domain/type-search.ts'
import { loadReference, searchableTypes } from '../../electron/core/reference.ts'
import { p95, spread, type Figure, type Measured } from './figure.ts'

const phrasesFile = z.record(z.string(), z.record(z.string(), z.array(z.string())))

type Labelled = { readonly code: string; readonly kind: string; readonly phrase: string }

/** The labelled phrases as they were said. */
function labelledPhrases(): Labelled[] {
  const file = join(import.meta.dirname, 'type-phrases.yaml')
  const codes = phrasesFile.parse(parse(readFileSync(file, 'utf8')))
  return Object.entries(codes).flatMap(([code, kinds]) =>
    Object.entries(kinds).flatMap(([kind, phrases]) => phrases.map((phrase) => ({ code, kind, phrase }))),
  )
}

const longWords = /\p{L}{6,}/gu

/** The n-th long word of a phrase is mistyped; a phrase without one stays. */
function mistyped(phrase: string, n: number, change: (word: string, at: number) => string): string {
  const words = [...phrase.matchAll(longWords)]
  const found = words[n % Math.max(1, words.length)]
  if (found === undefined) return phrase
  const word = found[0]
  return (
    phrase.slice(0, found.index) + change(word, 1 + (n % (word.length - 3))) + phrase.slice(found.index + word.length)
  )
}

/** How a phrase may reach the field besides as it was said. */
const errors: Readonly<Record<string, (phrase: string, n: number) => string>> = {
  'letter missing': (phrase, n) => mistyped(phrase, n, (word, at) => word.slice(0, at) + word.slice(at + 1)),
  'letters swapped': (phrase, n) =>
    mistyped(phrase, n, (word, at) => word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)),
  'letter wrong': (phrase, n) => mistyped(phrase, n, (word, at) => `${word.slice(0, at)}q${word.slice(at + 1)}`),
  'no vowels': (phrase, n) => mistyped(phrase, n, (word) => word.charAt(0) + word.slice(1).replace(/[aiueo]/g, '')),
  'half typed': (phrase) => phrase.replace(/(\p{L}{4,})\p{L}{2}$/u, '$1'),
}

async function typeIndex(): Promise<TypeIndex> {
  const loaded = await loadReference(resolve('resources/reference'))
  if (!loaded.ok) throw new Error(loaded.problems.join('; '))
  const { reference } = loaded
  return createTypeIndex(searchableTypes(reference), {
    fillers: reference.abbreviations.fillers,
    synonyms: reference.synonyms,
  })
}

const isHit = (index: TypeIndex, { code, phrase }: Labelled): boolean =>
  searchTypes(index, phrase, 3).some((type) => type.code === code)

const share = (hits: readonly boolean[]): number => hits.filter(Boolean).length / hits.length

async function measureHits(): Promise<Measured> {
  const index = await typeIndex()
  const said = labelledPhrases()
  const kinds = new Map<string, boolean[]>()
  const count = (kind: string, isFound: boolean): void => {
    const known = kinds.get(kind)
    if (known === undefined) kinds.set(kind, [isFound])
    else known.push(isFound)
  }
  for (const [n, labelled] of said.entries()) {
    count(labelled.kind, isHit(index, labelled))
    for (const [kind, change] of Object.entries(errors)) {
      count(kind, isHit(index, { ...labelled, phrase: change(labelled.phrase, n) }))
    }
  }
  const note = [...kinds].map(([kind, hits]) => `${kind} ${share(hits).toFixed(3)} of ${hits.length}`).join(', ')
  return { value: share([...kinds.values()].flat()), note }
}

async function measureSpeed(): Promise<Measured> {
  const index = await typeIndex()
  const samples: number[] = []
  for (const { phrase } of labelledPhrases()) {
    for (let typed = 1; typed <= phrase.length; typed += 1) {
      const startedAt = performance.now()
      searchTypes(index, phrase.slice(0, typed))
      samples.push(performance.now() - startedAt)
    }
  }
  return { value: p95(samples), note: `ms per keystroke: ${spread(samples)}` }
}

export const typeHits: Figure = {
  name: 'type_top3_hit',
  unit: 'share',
  target: 0.95,
  isMost: false,
  measure: measureHits,
}
export const typeSearch: Figure = {
  name: 'type_search_p95_ms',
  unit: 'ms',
  target: 8,
  isMost: true,
  measure: measureSpeed,
}
