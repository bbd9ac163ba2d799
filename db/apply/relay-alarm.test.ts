// The alarm of a relay whose incident becomes unknown: it must not ring for ever, whatever the order of the ops.
import { expect, test } from 'vitest'
import type { NewOp } from '#domain/op.ts'
import type { IncidentId, RelayId } from '#domain/id.ts'
import { rebuild, rebuildAll } from './rebuild.ts'
import { applySamples, opMaker, sampleDatabase, sampleId } from './samples.ts'
import { stateHash } from './state-hash.ts'

const incident = sampleId<IncidentId>(1, 1)
const relay = sampleId<RelayId>(3, 1)
const make = opMaker()
const opened = make({
  kind: 'IncidentOpened',
  on: `incident:${incident}`,
  body: { label: '241126-B001', priority: 'P1' },
})
const carded = (about: string[]): NewOp => ({
  kind: 'RelayMade',
  on: `relay:${relay}`,
  about,
  body: { agency: 'BPBD', channel: 'phone', card: 'c1' },
  personal: { card: '{}', sig: '' },
})
const named = make(carded([`incident:${incident}`]), { ms: 5_000 })
// An earlier card of the same relay that names no incident counts before it.
const nameless = make({ ...carded([]), body: { agency: 'BPBD', channel: 'phone', card: 'c0' } } as NewOp, { ms: 1_000 })

const alarmOf = (db: ReturnType<typeof sampleDatabase>) => db.prepare('SELECT incident, alarm_since FROM relay').get()

test('a relay that loses its incident has no alarm, in any order and after a rebuild', () => {
  const db = sampleDatabase()
  applySamples(db, [opened, named])
  expect(alarmOf(db)).toEqual({ incident, alarm_since: named.wall })
  applySamples(db, [nameless])
  expect(alarmOf(db)).toEqual({ incident: null, alarm_since: null })
  const hash = stateHash(db)
  const ops = [opened, nameless, named]
  const opsOn = (_db: unknown, aggregate: string) => ops.filter((op) => op.on === aggregate)
  rebuild(db, `relay:${relay}`, opsOn)
  expect(stateHash(db)).toBe(hash)
  expect(rebuildAll(db, [opened.on, named.on], opsOn)).toEqual([])
  expect(stateHash(db)).toBe(hash)
  rebuild(db, `relay:${relay}`, () => [named])
  expect(alarmOf(db)).toEqual({ incident, alarm_since: named.wall })
})
