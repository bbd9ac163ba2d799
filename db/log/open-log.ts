// Opens the op store of one replica: own key, first op of the own log, memory. New epochs are opened here too.
import { randomBytes } from 'node:crypto'
import type { Clock } from '#domain/time.ts'
import { firstHash } from '#log/hash.ts'
import { logKey } from '#log/key.ts'
import type { LogKey } from '#log/key.ts'
import type { Scope } from '#log/member.ts'
import { makeVouch } from '#log/seal.ts'
import type { Db } from '../open.ts'
import { databaseFailure, prepared, transact } from '../open.ts'
import { retryParked } from './admit.ts'
import { appendOwn } from './append.ts'
import { isFault } from '#domain/fault.ts'
import { addBranch, branchByRow, branchesOf } from './log.ts'
import type { Log, Understanding } from './log.ts'
import { storedList } from './members.ts'
import { standingOf } from './standing.ts'

export type OpenLogOptions = {
  readonly site: string
  readonly member: string
  readonly scope?: Scope
  readonly rootKey?: string | null
  readonly clock: Clock
  readonly understanding: Understanding
  /** Where keys and salts come from; the machine's own source unless given. */
  readonly randomBytes?: (size: number) => Buffer
}

/**
 * Opens the store. The first start makes the key and writes op 1; each start counts up the incarnation of own words. A log
 * that exists opens also where nothing can be written: a full disk must not keep a desk from showing what rings.
 */
export function openLog(db: Db, options: OpenLogOptions): Log {
  try {
    return transact(db, () => {
      prepared(db, 'INSERT INTO sync (one, starts, centre_inc) VALUES (1, 0, 0) ON CONFLICT DO NOTHING').run()
      prepared(db, 'UPDATE sync SET starts = starts + 1').run()
      const log = opened(db, options, startsOf(db))
      // This may be a newer program that understands what an older one had to set aside.
      if (retryParked(log, (origin) => standingOf(log, origin)) > 0) log.understanding.derive(db)
      return log
    })
  } catch (error) {
    const isKept = readKey(db, options.site, options.member) !== undefined
    if (!isKept || !diskFailures.includes(databaseFailure(error))) throw error
    // Not counted: a member that heard newer words of ours makes us count on from there.
    return opened(db, options, startsOf(db) + 1)
  }
}

const diskFailures: readonly string[] = ['disk_full', 'read_only', 'io']

function startsOf(db: Db): number {
  return prepared<{ starts: number }>(db, 'SELECT starts FROM sync').get()?.starts ?? 0
}

/** The log as it is; writes only when it has no key yet. */
function opened(db: Db, options: OpenLogOptions, inc: number): Log {
  const sync = prepared<{ offset_ms: number | null }>(db, 'SELECT offset_ms FROM sync').get()
  const { site, member } = options
  const kept = readKey(db, site, member)
  const key = kept ?? makeKey(db, options)
  const log: Log = {
    db,
    site,
    member,
    scope: options.scope ?? 'full',
    rootKey: options.rootKey ?? null,
    clock: options.clock,
    understanding: options.understanding,
    randomBytes: options.randomBytes ?? randomBytes,
    memory: {
      key,
      isNewKey: kept === undefined,
      ownLog: ownRow(db, site, key),
      inc,
      n: 0,
      greatestAt: null,
      offset: sync?.offset_ms ?? null,
      list: storedList(db, site),
      standings: new Map(),
      heldBytes: null,
      heldRefused: 0,
    },
  }
  log.memory.greatestAt = lastOwnAt(log)
  if (kept === undefined) appendOpened(log, { format: 1, key: key.key })
  return log
}

function readKey(db: Db, site: string, member: string): LogKey | undefined {
  const row = prepared<{ seed: Buffer }>(
    db,
    'SELECT seed FROM own_key WHERE site = ? AND member = ? ORDER BY epoch DESC LIMIT 1',
  ).get(site, member)
  return row && logKey(member, row.seed)
}

type KeyFacts = Pick<OpenLogOptions, 'site' | 'member' | 'clock' | 'randomBytes'>

function makeKey(db: Db, facts: KeyFacts): LogKey {
  const key = logKey(facts.member, (facts.randomBytes ?? randomBytes)(32))
  prepared(db, 'INSERT INTO own_key (site, member, origin, seed, opened_at) VALUES (?, ?, ?, ?, ?)').run(
    facts.site,
    facts.member,
    key.origin,
    key.seed,
    facts.clock.now(),
  )
  return key
}

function ownRow(db: Db, site: string, key: LogKey): number {
  const [known] = branchesOf(db, key.origin)
  const before = firstHash(site, key.origin)
  const facts = { origin: key.origin, branch: 0, parent: null, fromSeq: 1, before, key: key.key }
  return (known ?? addBranch(db, { ...facts, afterOrigin: null, vouch: null, isHeld: false })).log
}

/**
 * The clock text goes on from the own log, so that a clock set back never reorders it. The inner query keeps SQLite from joining the
 * other way round, over all ops.
 */
function lastOwnAt(log: Log): string | null {
  const row = prepared<{ at: string | null }>(
    log.db,
    `SELECT max((SELECT at FROM op WHERE op.log = log.log AND op.seq = log.head_seq)) AS at
     FROM own_key JOIN log ON log.origin = own_key.origin WHERE own_key.member = ?`,
  ).get(log.member)
  return row?.at ? row.at : null
}

function appendOpened(log: Log, body: { readonly [key: string]: unknown }): void {
  const on = `log:${log.memory.key.origin}`
  const stored = appendOwn(log, [{ kind: 'LogOpened', on, body, by: 'system', session: 'system' }])
  if (isFault(stored)) throw new Error(`the first op of a log was refused: ${stored.fault}`)
  for (const op of stored) {
    const outcome = log.understanding.apply(log.db, op)
    if (outcome !== 'applied') throw new Error(`the first op of a log was parked: ${outcome.parked}`)
  }
}

/**
 * Opens a new epoch: a new key whose log continues the old one, vouched for by the old key. Needed when a copy replaced a
 * damaged file, when this database turns out to be rewound, and after a fork: numbers must never be used twice.
 */
export function openEpoch(log: Log): void {
  const before = { ...log.memory }
  try {
    transact(log.db, () => continueUnderNewKey(log))
  } catch (error) {
    // A full disk: the old log goes on being ours until the next try.
    Object.assign(log.memory, before)
    throw error
  }
}

function continueUnderNewKey(log: Log): void {
  const old = log.memory.key
  const head = branchByRow(log.db, log.memory.ownLog)
  const key = makeKey(log.db, log)
  const vouch = makeVouch(log.site, old, key.origin)
  log.memory.key = key
  log.memory.isNewKey = true
  log.memory.ownLog = ownRow(log.db, log.site, key)
  log.memory.standings.clear()
  prepared(log.db, 'UPDATE log SET after_origin = ?, vouch = ? WHERE log = ?').run(old.origin, vouch, log.memory.ownLog)
  const after = { origin: old.origin, seq: head.headSeq, hash: head.headHash }
  appendOpened(log, { format: 1, key: key.key, after, vouch })
}
