import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rebuildAll } from '../apply/rebuild.ts'
import { stateHash } from '../apply/state-hash.ts'
import { createUnderstanding } from '../apply/understanding.ts'
import { makeCard } from '#log/card.ts'
import { prepared, transact } from '../open.ts'
import type { Log } from './log.ts'
import { openLog } from './open-log.ts'
import { receiveRun } from './receive.ts'
import { aggregates, opsOn } from './stored-op.ts'
import { newDatabase, testClock } from './test-store.ts'
import { giveMembers, site, testLog, testRoot } from './test-writer.ts'
import type { TestLog, TestOp } from './test-writer.ts'

const uuid = (n: number) => `0193a1f0-7c00-7000-8000-${String(n).padStart(12, '0')}`
const incidentOf = (n: number) => `incident:${uuid(n % 3)}`
const relayOf = (n: number) => uuid(100 + (n % 3))

type Change = { readonly what: number; readonly n: number; readonly by: number; readonly cite: number }
type Delivery = {
  readonly log: number
  readonly from: number
  readonly length: number
  readonly strip: boolean
  readonly twice: boolean
}

const changes = fc.array(fc.record({ what: fc.nat(11), n: fc.nat(5), by: fc.nat(1), cite: fc.nat(30) }), {
  minLength: 4,
  maxLength: 30,
})
const deliveries = fc.array(
  fc.record({
    log: fc.nat(4),
    from: fc.nat(20),
    length: fc.integer({ min: 1, max: 8 }),
    strip: fc.boolean(),
    twice: fc.boolean(),
  }),
  { maxLength: 30 },
)

/** The logs of two desks (one of which begins a new epoch), an agency desk and the centre, with all kinds of ops, good and bad. */
function writeLogs(script: readonly Change[]): TestLog[] {
  const a = testLog('A', undefined, Buffer.alloc(32, 1))
  const b = testLog('B', undefined, Buffer.alloc(32, 2))
  const agency = testLog('BPBD-1', undefined, Buffer.alloc(32, 3))
  const centre = testLog('PUSAT', undefined, Buffer.alloc(32, 4))
  const ids: string[] = []
  for (const change of script) {
    const desk = change.by === 0 ? a : b
    const cited = ids[change.cite % Math.max(1, ids.length)]
    const over = cited === undefined ? [] : [cited]
    const at = 1_795_486_500_000 + ((change.cite * 7) % 40)
    const op = opOf(change, desk, over)
    if (op !== undefined) ids.push(desk.write({ ...op, at }).id)
    if (change.what === 9)
      agency.write({ kind: 'CardReceived', on: `relay:${relayOf(change.n)}`, body: { card: 'f'.repeat(64) }, at })
    if (change.what === 10)
      agency.write({
        kind: 'RelayStepped',
        on: `relay:${relayOf(change.n)}`,
        body: { step: 'acknowledged' },
        personal: { person: 'Budi' },
        at,
      })
    if (change.what === 11)
      centre.write({
        kind: 'PersonalErased',
        on: `erasure:${uuid(change.n)}`,
        body: { ids: over, rule: 'permintaan' },
        at,
      })
  }
  return [a, b, agency, centre, newEpochOf(a)]
}

/** The last op of a log written again in a new epoch, as after a fallback to a copy. */
function newEpochOf(old: TestLog): TestLog {
  const lost = old.ops.at(-1)
  const fresh = testLog('A', old.fork(old.ops.length - 1), Buffer.alloc(32, 5))
  if (lost === undefined || lost.seq === 1) return fresh
  const { kind, on, about, body, at, v } = JSON.parse(lost.op) as Omit<TestOp, 'at'> & { at: string }
  const part =
    lost.personal === null || lost.salt === null
      ? {}
      : { personal: JSON.parse(lost.personal) as object, salt: Buffer.from(lost.salt, 'base64url') }
  const more = about === undefined ? {} : { about }
  fresh.write({ kind, on, ...more, body: body ?? {}, v: v ?? 1, at: Number(at.slice(0, 15)), was: lost.id, ...part })
  return fresh
}

function opOf({ what, n }: Change, desk: TestLog, over: string[]): TestOp | undefined {
  const on = incidentOf(n)
  switch (what) {
    case 0:
      return { kind: 'IncidentOpened', on, body: { label: `241126-B00${n}`, type: 'BCN-BJR', priority: 'P2' } }
    case 1:
      return { kind: 'IncidentFieldSet', on, body: { field: 'priority', over, value: n % 2 ? 'P1' : 'P3' } }
    case 2:
      return { kind: 'IncidentFieldSet', on, body: { field: 'landmark', over }, personal: { value: `patokan ${n}` } }
    case 3:
      return { kind: 'NoteAdded', on, personal: { text: `catatan ${n}` } }
    case 4:
      return { kind: 'NoteStruck', on, body: { note: over[0] ?? 'f'.repeat(64) } }
    case 5:
      return { kind: 'DroneSent', on }
    case 6:
      return { kind: 'IncidentFieldSet', on, body: { field: 'nonsense', over: 'no list' } }
    case 7:
    case 8:
      return relayOp(n, desk, what === 7 ? 'made' : 'cancelled')
    default:
      return undefined
  }
}

function relayOp(n: number, desk: TestLog, state: 'made' | 'cancelled'): TestOp {
  const relay = relayOf(n)
  const { id, card, sig } = makeCard(site, desk.key, n % 2 ? 'BPBD' : 'PMI', {
    relay,
    incident: uuid(n % 3),
    label: 'l',
    at: n,
    over: [],
    state,
    priority: 'P1',
    type: 'BCN-BJR',
    place: [],
    callback: null,
    text: desk.key.member,
    since: 1,
  })
  return {
    kind: state === 'made' ? 'RelayMade' : 'RelayCancelled',
    on: `relay:${relay}`,
    about: [incidentOf(n)],
    body: { agency: n % 2 ? 'BPBD' : 'PMI', channel: 'mqtt', card: id },
    personal: { card, sig },
  }
}

/** Replicas with the same own log, so that all they may differ in is the order of arrival. */
function replica(logs: readonly TestLog[]): Log {
  const db = newDatabase()
  db.pragma('synchronous = OFF')
  const own = testLog('Z', undefined, Buffer.alloc(32, 9)).key
  prepared(db, 'INSERT INTO own_key (site, member, origin, seed, opened_at) VALUES (?, ?, ?, ?, 0)').run(
    site,
    'Z',
    own.origin,
    own.seed,
  )
  const log = openLog(db, {
    site,
    member: 'Z',
    rootKey: testRoot.key,
    clock: testClock(),
    understanding: createUnderstanding(),
  })
  const scopes = ['full', 'full', 'agency:BPBD', 'centre'] as const
  giveMembers(
    log,
    scopes.flatMap((scope, n) => logs[n]?.member(scope) ?? []),
  )
  return log
}

function deliver(log: Log, logs: readonly TestLog[], plan: readonly Delivery[]): void {
  for (const { log: n, from, length, strip, twice } of plan) {
    const source = logs[n]
    if (source === undefined) continue
    const first = 1 + (from % source.ops.length)
    const whole = source.batch(first, Math.min(source.ops.length, first + length - 1))
    const batch = strip ? { ...whole, ops: whole.ops.map((op) => ({ ...op, personal: null, salt: null })) } : whole
    for (let times = twice ? 2 : 1; times > 0; times -= 1) transact(log.db, () => receiveRun(log, batch))
  }
}

function finish(log: Log, logs: readonly TestLog[]): void {
  for (const source of logs) {
    const outcome = transact(log.db, () => receiveRun(log, source.batch(1, source.ops.length)))
    expect(outcome.result).toBe('stored')
  }
}

const opsOfAll = (log: Log) =>
  prepared(
    log.db,
    'SELECT origin, seq, hex(hash) AS hash, part, standing, reason FROM op JOIN log USING (log) ORDER BY origin, seq',
  ).all()

test('replicas end with the same ops and the same state, whatever the order, doubling, cutting and loss on the way', () => {
  fc.assert(
    fc.property(changes, deliveries, deliveries, (script, one, two) => {
      const logs = writeLogs(script)
      const [first, second] = [replica(logs), replica(logs)]
      deliver(first, logs, one)
      deliver(second, logs, two)
      finish(first, logs)
      finish(second, logs.toReversed())
      expect(opsOfAll(second)).toEqual(opsOfAll(first))
      expect(stateHash(second.db)).toBe(stateHash(first.db))
      const before = stateHash(first.db)
      transact(first.db, () => rebuildAll(first.db, aggregates(first.db), opsOn))
      expect(stateHash(first.db)).toBe(before)
      for (const log of [first, second]) log.db.close()
    }),
    { numRuns: Number(process.env.FAST_CHECK_RUNS ?? 40) },
  )
})
