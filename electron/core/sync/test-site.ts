// A site for tests: one desk or more, a centre and agency desks on real databases around a real broker. Not part of the program.
import { createUnderstanding } from '#db/apply/understanding.ts'
import { isFault } from '#domain/fault.ts'
import type { Clock } from '#domain/time.ts'
import { makeCard } from '#log/card.ts'
import type { CardState } from '#log/card.ts'
import type { LogKey } from '#log/key.ts'
import type { Member, Scope } from '#log/member.ts'
import type { Role } from '#log/acl.ts'
import { appendOwn } from '#db/log/append.ts'
import type { OwnOp } from '#db/log/append.ts'
import { branchByRow } from '#db/log/log.ts'
import type { Log } from '#db/log/log.ts'
import { openLog } from '#db/log/open-log.ts'
import type { StoredOp } from '#db/log/stored-op.ts'
import { newDatabase, testKey } from '#db/log/test-store.ts'
import { openDatabase, transact } from '#db/open.ts'
import type { Db } from '#db/open.ts'
import { adoptMemberList, rootKey, writeMemberList } from '../../centre/member-list.ts'
import { startCentre } from '../../centre/centre.ts'
import type { ReceivedCard } from './intake.ts'
import { startSync } from './sync.ts'
import type { Sync } from './sync.ts'
import type { Timing } from './timing.ts'

export const site = 'uji'

/** Short durations, so that what takes half a minute at a desk takes less than a second here. */
export const quick: Partial<Timing> = {
  retryFromMs: 20,
  retryToMs: 80,
  keepaliveS: 5,
  rewindWaitMs: 150,
  resendMs: 300,
  cardRetryMs: 150,
  haveEveryMs: 200,
  haveWaitMs: 10,
  wantEveryMs: 100,
  claimWaitMs: 50,
  centreSilentMs: 800,
  giveJitterMs: 50,
  unconfirmedMs: 200,
}

export const roles = new Map<string, Role>([
  ['A', { kind: 'desk' }],
  ['B', { kind: 'desk' }],
  ['C', { kind: 'desk' }],
  ['PUSAT', { kind: 'centre' }],
  ['BPBD-1', { kind: 'agency', code: 'BPBD' }],
  ['PMI-1', { kind: 'agency', code: 'PMI' }],
  ['pbx1', { kind: 'bridge' }],
])

/** One replica: its store, its connections and, while it runs, its sync. */
export type Replica = {
  readonly log: Log
  readonly reader: Db
  readonly cards: ReceivedCard[]
  /** What its database refused. */
  readonly failures: string[]
  sync: Sync | undefined
}

/** Opens a replica on a new database, or again on the one in `file`. */
export function replica(facts: {
  readonly member: string
  readonly scope: Scope
  readonly rootKey: string | null
  readonly clock: Clock
  readonly file?: string
}): Replica {
  const db = facts.file === undefined ? newDatabase() : openDatabase({ file: facts.file, key: testKey })
  const { member, scope, clock } = facts
  const log = openLog(db, { site, member, scope, clock, rootKey: facts.rootKey, understanding: createUnderstanding() })
  return {
    log,
    reader: openDatabase({ file: db.name, key: testKey, readonly: true }),
    cards: [],
    failures: [],
    sync: undefined,
  }
}

/** Starts sync of a replica. */
export function start(
  one: Replica,
  brokers: readonly string[],
  more: { readonly password?: string; readonly timing?: Partial<Timing> } = {},
): Sync {
  const { log, reader } = one
  const timing = { ...quick, ...more.timing }
  const facts = {
    log,
    reader,
    brokers,
    app: 'test',
    timing,
    onFailure: (failure: string) => one.failures.push(failure),
    ...(more.password === undefined ? {} : { password: more.password }),
  }
  one.sync =
    log.scope === 'centre'
      ? startCentre(facts)
      : startSync({ ...facts, onChange: () => undefined, onCard: (card) => one.cards.push(card) })
  return one.sync
}

/** Stops a replica's sync and leaves its database open. */
export async function stop(one: Replica): Promise<void> {
  await one.sync?.stop()
  one.sync = undefined
}

/** Records ops as a command does: append, apply, derive, commit, wake. */
export function record(one: Replica, ops: readonly (Omit<OwnOp, 'by' | 'session'> & Partial<OwnOp>)[]): StoredOp[] {
  const { log } = one
  const stored = transact(log.db, () => {
    const result = appendOwn(
      log,
      ops.map((op) => ({ by: 'siti', session: '0193a1f0-0000-7000-8000-0000000000b1', ...op })),
    )
    if (isFault(result)) throw new Error(result.fault)
    for (const op of result) log.understanding.apply(log.db, op)
    log.understanding.derive(log.db)
    return result
  })
  one.sync?.wake()
  return stored
}

/** A relay op with its signed card. `over` are the ids of the cards it replaces. */
export function relayOp(
  one: Replica,
  facts: {
    readonly relay: string
    readonly incident: string
    readonly agency: string
    readonly state: CardState
    readonly over?: string[]
    readonly text?: string
  },
): { readonly id: string; readonly op: Omit<OwnOp, 'by' | 'session'> } {
  const { log } = one
  const { relay, incident, agency, state } = facts
  const now = log.clock.now()
  const made = makeCard(site, log.memory.key, agency, {
    relay,
    incident,
    label: '241126-B001',
    at: now,
    over: facts.over ?? [],
    state,
    priority: 'P1',
    type: 'BCN-BJR',
    place: [{ text: 'Bintoro' }],
    callback: '+6281200000000',
    text: facts.text ?? 'Banjir',
    since: now,
  })
  const kind = { made: 'RelayMade', changed: 'RelayChanged', cancelled: 'RelayCancelled' }[state]
  const op = {
    kind,
    on: `relay:${relay}`,
    about: [`incident:${incident}`],
    body: { agency, channel: 'mqtt', card: made.id },
    personal: { card: made.card, sig: made.sig },
  }
  return { id: made.id, op }
}

export type Site = {
  readonly root: LogKey
  readonly clock: Clock & { move: (ms: number) => void }
  readonly a: Replica
  readonly b: Replica
  readonly centre: Replica
  readonly bpbd: Replica
  readonly pmi: Replica
  readonly all: readonly Replica[]
}

/** A clock that runs like the real one and can be moved. */
export function movingClock(): Site['clock'] {
  let ahead = 0
  return { now: () => Date.now() + ahead, move: (ms) => (ahead += ms) }
}

/** Five replicas that know each other through a signed member list, none of them started. */
export function newSite(): Site {
  const root = rootKey()
  const clock = movingClock()
  const open = (member: string, scope: Scope) => replica({ member, scope, rootKey: root.key, clock })
  const a = open('A', 'full')
  const b = open('B', 'full')
  const centre = open('PUSAT', 'centre')
  const bpbd = open('BPBD-1', 'agency:BPBD')
  const pmi = open('PMI-1', 'agency:PMI')
  const all = [a, b, centre, bpbd, pmi]
  const members = all.map((one) => memberOf(one))
  adoptMemberList(centre.log, writeMemberList({ site, root, last: null, members, at: clock.now() }))
  return { root, clock, a, b, centre, bpbd, pmi, all }
}

/** The entry of a replica in a member list. */
export function memberOf({ log }: Replica): Member {
  return { member: log.member, origin: log.memory.key.origin, key: log.memory.key.key, scope: log.scope }
}

/** Own head of a replica. */
export function head({ log }: Replica): number {
  return branchByRow(log.db, log.memory.ownLog).headSeq
}

/** Waits until something is true; fails with what was awaited when it takes too long. */
export async function until(what: string, check: () => boolean, limitMs = 60_000): Promise<void> {
  const end = performance.now() + limitMs
  while (!check()) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/**
 * Every op a replica holds, by log and number: the same on all full replicas once the links were up for a while. Which branch
 * of a fork counts as the first one is each replica's own affair.
 */
export function opsOf({ log }: Replica): unknown[] {
  return log.db
    .prepare(
      `SELECT origin, seq, hex(hash) AS hash, part, standing FROM op JOIN log USING (log) ORDER BY origin, seq, hash`,
    )
    .all()
}

/** Stops everything and closes the databases. */
export async function closeSite(all: readonly Replica[]): Promise<void> {
  for (const one of all) await stop(one)
  for (const one of all) {
    one.reader.close()
    one.log.db.close()
  }
}
