// Ops and databases for the tests of the state: hand-made ops with hashes of their own, outside any log. The program itself must not import it.
import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NewOp } from '#domain/op.ts'
import { migrate } from '../migrate.ts'
import type { Db } from '../open.ts'
import { openDatabase, transact } from '../open.ts'
import { applyOp } from './apply.ts'
import type { Touched } from './derive.ts'
import { deriveTouched } from './derive.ts'
import type { AppliedOp } from './fact.ts'

/** 24 November 2026, 09:15 WIB. */
export const startMs = 1_795_486_500_000

/** The key of every sample database. */
export const sampleKey = 'cd'.repeat(32)

/** A new encrypted database in a temporary folder, with every table. */
export function sampleDatabase(): Db {
  const folder = mkdtempSync(join(tmpdir(), 'm112-state-'))
  const db = openDatabase({ file: join(folder, 'meja.db'), key: sampleKey })
  db.pragma('synchronous = OFF')
  migrate(db, { dir: join(import.meta.dirname, '../migrations'), now: () => startMs })
  return db
}

/** What a sample op may say besides its change; `ms` is counted from `startMs`. */
export type SampleWhen = {
  readonly origin?: string
  readonly ms?: number
  readonly by?: string
  readonly isPersonalMissing?: boolean
}

/** Makes ops of several logs, each with its own numbers. */
export function opMaker() {
  const heads = new Map<string, number>()
  return (change: NewOp, when: SampleWhen = {}): AppliedOp => {
    const origin = when.origin ?? 'B.sample'
    const seq = (heads.get(origin) ?? 0) + 1
    heads.set(origin, seq)
    const wall = startMs + (when.ms ?? seq * 1000)
    const hash = createHash('sha256')
      .update(JSON.stringify([origin, seq, change]))
      .digest('hex')
    return {
      hash,
      id: hash,
      origin,
      seq,
      at: `${String(wall).padStart(15, '0')}.00000`,
      wall,
      offset: null,
      by: when.by ?? 'siti',
      session: 'session',
      kind: change.kind,
      v: 1,
      on: change.on,
      ...(change.about === undefined ? {} : { about: change.about }),
      body: change.body,
      personal: when.isPersonalMissing === true ? null : (change.personal ?? null),
    }
  }
}

/** Applies ops in one transaction and derives once, as a commit or a received batch does. Gives the reasons of parked ops. */
export function applySamples(db: Db, ops: readonly AppliedOp[]): string[] {
  return transact(db, () => {
    const touched: Touched = new Set()
    const parked: string[] = []
    for (const op of ops) {
      const result = applyOp(db, op, touched)
      if (!result.ok) parked.push(result.parked)
    }
    deriveTouched(db, touched)
    return parked
  })
}

/** The n-th id of a kind: valid UUIDs that are easy to tell apart in a failing test. */
export function sampleId<Id extends string>(kind: number, n: number): Id {
  return `0193a1f0-7c00-7000-8${String(kind).padStart(3, '0')}-${String(n).padStart(12, '0')}` as Id
}
