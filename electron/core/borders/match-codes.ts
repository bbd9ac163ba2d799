// Finds the property that holds the village codes, and sorts the features by what their code says.
import { usualCodeNames, villageCodeOf, type CodeProperty } from '#domain/borders.ts'
import { isRecord, type RawFeature } from './read-features.ts'

/** How the id that stands beside the properties is named in the list of properties. */
export const featureId = 'id (feature)'

/** The properties in which at least one village of the regency is named, the best first. */
export function codeProperties(features: readonly RawFeature[], known: ReadonlySet<string>): CodeProperty[] {
  const found = new Map<string, Set<string>>()
  for (const { value } of features) {
    for (const [name, entry] of entriesOf(value)) {
      const code = villageCodeOf(entry)
      if (code === null || !known.has(code)) continue
      const codes = found.get(name) ?? new Set()
      found.set(name, codes.add(code))
    }
  }
  return [...found]
    .map(([name, codes]) => ({ name, known: codes.size }))
    .toSorted((a, b) => b.known - a.known || rank(a.name) - rank(b.name))
}

/** A property with a usual name where nothing fits, so that the refusal can say what it read; null without one. */
export function usualProperty(features: readonly RawFeature[]): string | null {
  const names = entriesOf(features[0]?.value).map(([name]) => name)
  const usual = names.filter((name) => rank(name) < usualCodeNames.length)
  return usual.toSorted((a, b) => rank(a) - rank(b))[0] ?? null
}

/** What stands under a property of a feature. */
export function codeValue({ value }: RawFeature, property: string): unknown {
  return entriesOf(value).find(([name]) => name === property)?.[1]
}

function entriesOf(feature: unknown): [string, unknown][] {
  if (!isRecord(feature)) return []
  const own: [string, unknown][] = isRecord(feature['properties']) ? Object.entries(feature['properties']) : []
  return feature['id'] === undefined ? own : [...own, [featureId, feature['id']]]
}

function rank(name: string): number {
  const at = (usualCodeNames as readonly string[]).indexOf(name.toLowerCase())
  return at < 0 ? usualCodeNames.length : at
}
