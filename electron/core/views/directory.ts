// What the screen of contacts shows: whom this site can call, by its own file and the reference data.
import type { QueryOutput } from '#contract/queries.ts'
import { keptNumber } from '#domain/number.ts'
import type { Desk } from '../desk.ts'

const kept = (phone: string | null): string | null => (phone === null ? null : keptNumber(phone))

/** Agencies with their units below them, in the order of the site, then the neighbour centres. A unit is called over its agency. */
export function directoryView(desk: Desk): QueryOutput<'directory'> {
  const agencies = desk.agencies.flatMap(({ code, name, phone, units }) => [
    { id: code, kind: 'agency' as const, name, detail: code, number: kept(phone) },
    ...units.map((unit) => ({
      id: `${code}.${unit.code}`,
      kind: 'unit' as const,
      name: unit.name,
      detail: name,
      number: kept(phone),
    })),
  ])
  const neighbours = desk.site.neighbours.map(({ name, phone }) => ({
    id: `neighbour ${name}`,
    kind: 'neighbour' as const,
    name,
    detail: '',
    number: kept(phone),
  }))
  return [...agencies, ...neighbours]
}
