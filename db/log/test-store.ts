// Builds real op stores in temporary folders for tests. Not part of the program.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '#domain/time.ts'
import type { Scope } from '#log/member.ts'
import { migrate } from '../migrate.ts'
import { openDatabase, prepared } from '../open.ts'
import type { Db } from '../open.ts'
import type { Log, Understanding } from './log.ts'
import { openLog } from './open-log.ts'
import { opsOn } from './stored-op.ts'
import type { StoredOp } from './stored-op.ts'

export const testKey = 'ab'.repeat(32)
const migrations = new URL('../migrations/', import.meta.url).pathname

/** A new encrypted database brought to the present form. */
export function newDatabase(file = join(mkdtempSync(join(tmpdir(), 'm112-')), 'meja.db')): Db {
  const db = openDatabase({ file, key: testKey })
  // No test pulls the power; the promises about durability have tests of their own.
  db.pragma('synchronous = OFF')
  migrate(db, { dir: migrations, now: () => 1_795_486_500_000 })
  return db
}

/** A clock that stands still until it is moved. */
export function testClock(now = 1_795_486_500_000): Clock & { move: (ms: number) => void } {
  let at = now
  return { now: () => at, move: (ms) => (at += ms) }
}

/** Keeps one row per applied op, so that a test can compare replicas without the product's state tables. */
export function tally(db: Db, kinds: readonly string[]): Understanding {
  db.exec('CREATE TABLE IF NOT EXISTS tally (id TEXT PRIMARY KEY, aggregate TEXT NOT NULL, text TEXT NOT NULL) STRICT')
  const apply = (on: Db, op: StoredOp) => {
    if (!kinds.includes(op.kind) || op.v !== 1) return { parked: 'unknown_kind' } as const
    if (op.body.boom === true) throw new Error('apply fails')
    const { origin: _origin, seq: _seq, was: _was, op: _op, hash: _hash, ...rest } = op
    prepared(on, 'INSERT INTO tally VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text').run(
      op.id,
      op.on,
      JSON.stringify(rest),
    )
    return 'applied' as const
  }
  return {
    apply,
    rebuild: (on, aggregate) => {
      prepared(on, 'DELETE FROM tally WHERE aggregate = ?').run(aggregate)
      for (const op of opsOn(on, aggregate)) apply(on, op)
    },
    derive: () => undefined,
  }
}

/** What a replica made of its ops, to compare with another one; of one aggregate when it is named. */
export function tallyOf(db: Db, aggregate = '%'): unknown[] {
  return prepared(db, 'SELECT * FROM tally WHERE aggregate LIKE ? ORDER BY id').all(aggregate)
}

/** Every kind a tally knows unless a test says otherwise. */
export const testKinds = [
  'LogOpened',
  'CallAnswered',
  'IncidentOpened',
  'IncidentFieldSet',
  'IncidentApproved',
  'NoteAdded',
  'RelayMade',
  'RelayChanged',
  'RelayCancelled',
  'RelayTold',
  'RelayStepped',
  'CardReceived',
  'HandoverAccepted',
  'PersonalErased',
]

/** A store for one member on a new database. */
export function newStore(facts: {
  readonly member: string
  readonly site?: string
  readonly scope?: Scope
  readonly rootKey?: string | null
  readonly clock?: Clock
  readonly db?: Db
  readonly kinds?: readonly string[]
}): Log {
  const db = facts.db ?? newDatabase()
  return openLog(db, {
    site: facts.site ?? 'uji',
    member: facts.member,
    scope: facts.scope ?? 'full',
    rootKey: facts.rootKey ?? null,
    clock: facts.clock ?? testClock(),
    understanding: tally(db, facts.kinds ?? testKinds),
  })
}
