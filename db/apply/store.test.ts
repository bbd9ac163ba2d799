import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isFault } from '#domain/fault.ts'
import type { IncidentId } from '#domain/id.ts'
import { writeBatch } from '#log/batch.ts'
import { appendOwn } from '../log/append.ts'
import type { OwnOp } from '../log/append.ts'
import { branchesOf } from '../log/log.ts'
import type { Log } from '../log/log.ts'
import { openEpoch, openLog } from '../log/open-log.ts'
import { readBatchFrom } from '../log/read-batches.ts'
import { receiveBatch } from '../log/receive.ts'
import { newDatabase, testClock } from '../log/test-store.ts'
import { transact } from '../open.ts'
import { incidentDetail } from '../queries/incident-detail.ts'
import { sampleId, startMs } from './samples.ts'
import { stateHash } from './state-hash.ts'
import { createUnderstanding, renewState } from './understanding.ts'

const incident = sampleId<IncidentId>(1, 1)
const on = `incident:${incident}`
const clock = testClock()
const at = { now: startMs, limitMs: 60_000 }
const who = { by: 'siti', session: 'system' }

function replica(member: string): Log {
  return openLog(newDatabase(), { site: 'uji', member, clock, understanding: createUnderstanding() })
}

/** What a command does: append, apply, derive, in one transaction. */
function record(log: Log, ...ops: OwnOp[]): string[] {
  return transact(log.db, () => {
    const stored = appendOwn(log, ops)
    if (isFault(stored)) throw new Error(stored.fault)
    for (const op of stored) expect(log.understanding.apply(log.db, op)).toBe('applied')
    log.understanding.derive(log.db)
    return stored.map((op) => op.id)
  })
}

/** Carries the whole log of one replica to the other, with or without its personal parts. */
function carry(from: Log, to: Log, isWithPersonal = true): void {
  for (const { origin } of from.db.prepare('SELECT DISTINCT origin FROM log').all() as { origin: string }[]) {
    const [branch] = branchesOf(from.db, origin)
    for (let seq = 1; seq <= branch!.headSeq;) {
      const batch = readBatchFrom(from.db, branch!, seq)!
      const ops = batch.ops.map((op) => (isWithPersonal ? op : { ...op, personal: null, salt: null }))
      const result = receiveBatch(to, writeBatch({ ...batch, ops }), { kind: 'give', member: to.member } as never)
      expect(result.result).toBe('stored')
      seq += batch.ops.length
    }
  }
}

const opened: OwnOp = { ...who, kind: 'IncidentOpened', on, body: { label: '241126-B001', priority: 'P1' } }
const landmark = (value: string, over: string[] = []): OwnOp => ({
  ...who,
  kind: 'IncidentFieldSet',
  on,
  body: { field: 'landmark', over },
  personal: { value },
})
/** Stands in for the member list: each knows the other's present log. */
function introduce(a: Log, b: Log): void {
  for (const [knows, log] of [
    [a, b],
    [b, a],
  ] as const) {
    const { member, origin, key } = log.memory.key
    knows.memory.standings.set(origin, { member, key, scope: 'full' })
  }
}

function pair(): [Log, Log] {
  const logs: [Log, Log] = [replica('A'), replica('B')]
  introduce(...logs)
  return logs
}

test('two replicas that exchanged their logs have one state, and rebuilding it gives the same', () => {
  const [a, b] = pair()
  const [first] = record(b, opened)
  record(b, landmark('depan masjid'), { ...who, kind: 'NoteAdded', on, body: {}, personal: { text: 'air naik' } })
  carry(b, a)
  record(a, landmark('belakang pasar', []), {
    ...who,
    kind: 'IncidentFieldSet',
    on,
    body: { field: 'type', value: 'BCN-ROB', over: [first!] },
  })
  expect(stateHash(a.db)).not.toBe(stateHash(b.db))
  carry(a, b)
  expect(stateHash(a.db)).toBe(stateHash(b.db))
  expect(incidentDetail(b.db, incident, at)?.landmark.conflicts).toHaveLength(1)
  const before = stateHash(a.db)
  expect(renewState(a)).toBe(true)
  expect(renewState(a)).toBe(false)
  expect(stateHash(a.db)).toBe(before)
})

test('personal parts that come later are shown when they come', () => {
  const [a, b] = pair()
  record(b, opened, landmark('depan masjid'))
  carry(b, a, false)
  expect(incidentDetail(a.db, incident, at)).toMatchObject({ label: '241126-B001', landmark: { value: null } })
  carry(b, a)
  expect(incidentDetail(a.db, incident, at)?.landmark.value).toBe('depan masjid')
  expect(stateHash(a.db)).toBe(stateHash(b.db))
})

test('an erased part is gone from the state, whatever replica it came from and in whatever order', () => {
  const [a, b] = pair()
  const [, set] = record(b, opened, landmark('depan masjid'))
  carry(b, a)
  record(b, { ...who, kind: 'PersonalErased', on: `erasure:${incident}`, body: { ids: [set], rule: 'permintaan' } })
  expect(incidentDetail(b.db, incident, at)?.landmark).toMatchObject({ value: null, over: [set] })
  expect(statSync(`${b.db.name}-wal`).size).toBe(0)
  carry(b, a)
  expect(stateHash(a.db)).toBe(stateHash(b.db))
  const late = replica('C')
  introduce(late, b)
  carry(b, late)
  expect(stateHash(late.db)).toBe(stateHash(b.db))
  const dump = JSON.stringify(late.db.prepare('SELECT * FROM field_set').all())
  expect(dump).not.toContain('masjid')
})

test('an op that makes apply throw is parked alone; the others of its transaction stand', () => {
  const [a, b] = pair()
  record(b, opened, landmark('depan masjid'), {
    ...who,
    kind: 'NoteAdded',
    on,
    body: {},
    personal: { text: 'air naik' },
  })
  // A fault of the database or the program, at the second op only.
  a.db.exec(
    `CREATE TRIGGER fault BEFORE INSERT ON field_set WHEN NEW.field = 'landmark' BEGIN SELECT RAISE(FAIL, 'fault'); END`,
  )
  carry(b, a)
  expect(a.db.prepare(`SELECT kind, reason FROM op WHERE standing = 'parked'`).all()).toEqual([
    { kind: 'IncidentFieldSet', reason: 'apply_failed' },
  ])
  const shown = incidentDetail(a.db, incident, at)
  expect(shown).toMatchObject({ label: '241126-B001', landmark: { value: null }, notes: [{ text: 'air naik' }] })
  // A newer program can apply it.
  a.db.exec('DROP TRIGGER fault')
  expect(renewState(a)).toBe(true)
  expect(incidentDetail(a.db, incident, at)?.landmark.value).toBe('depan masjid')
  expect(stateHash(a.db)).toBe(stateHash(b.db))
})

test('a late personal part that does not fit its schema parks the op it belongs to, and takes its rows along', () => {
  const [a, b] = pair()
  record(b, opened)
  const [bad] = transact(b.db, () => appendOwn(b, [{ ...landmark('x'), personal: { value: 7 } }])) as { hash: string }[]
  carry(b, a, false)
  expect(incidentDetail(a.db, incident, at)?.landmark.over).toEqual([bad!.hash])
  carry(b, a)
  expect(incidentDetail(a.db, incident, at)?.landmark.over).toEqual([])
  expect(a.db.prepare(`SELECT reason FROM op WHERE standing = 'parked'`).pluck().all()).toEqual(['bad_schema'])
})

test('a record is local, then sent, then confirmed by the centre', () => {
  const b = replica('B')
  record(b, opened)
  const { origin } = b.memory.key
  const state = () => incidentDetail(b.db, incident, at)?.recordState
  expect(state()).toBe('local')
  b.db.prepare('UPDATE log SET sent_seq = head_seq WHERE origin = ?').run(origin)
  expect(state()).toBe('sent')
  b.db.prepare('UPDATE log SET confirmed_seq = head_seq WHERE origin = ?').run(origin)
  expect(state()).toBe('confirmed')
  record(b, landmark('depan masjid'))
  expect(state()).toBe('local')
  transact(b.db, () => openEpoch(b))
  expect(state()).toBe('local')
})
