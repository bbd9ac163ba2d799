// The handle of one replica's op store: who it is, what it knows of members, how it understands ops. It must not read the network.
import type { Clock } from '#domain/time.ts'
import { isAdmitted } from '#log/at.ts'
import type { LogKey } from '#log/key.ts'
import type { MemberList, Scope } from '#log/member.ts'
import type { ParkedReason } from '#log/op.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { StoredOp } from './stored-op.ts'

/** What turns ops into state rows. `apply` may throw: the op is parked and the ones behind it go on. */
export type Understanding = {
  readonly apply: (db: Db, op: StoredOp) => 'applied' | { readonly parked: ParkedReason }
  /** Drops one aggregate's rows and applies its ops again. */
  readonly rebuild: (db: Db, aggregate: string) => void
  /** Recomputes what spans aggregates, for all that was touched in this transaction. */
  readonly derive: (db: Db) => void
}

/** A log whose key is known and trusted, or null when nobody vouches for it. */
export type Standing = {
  readonly member: string
  readonly key: string
  readonly scope: Scope
  readonly until?: readonly [seq: number, hash: string]
}

export type Log = {
  readonly db: Db
  readonly site: string
  readonly member: string
  /** What this replica's own log may write. */
  readonly scope: Scope
  /** Public root key that member lists are signed with; null on a site without a list. */
  readonly rootKey: string | null
  readonly clock: Clock
  readonly understanding: Understanding
  /** New secret bytes: for keys and salts. */
  readonly randomBytes: (size: number) => Buffer
  readonly memory: LogMemory
}

/** What is kept in memory; everything in it can be made again from the database. */
export type LogMemory = {
  key: LogKey
  /** The key was made at this start: nothing can have been published under it, so it cannot have been rewound. */
  isNewKey: boolean
  /** Row of the own log's first branch in table `log`. */
  ownLog: number
  /** Incarnation and counter of own words. */
  inc: number
  n: number
  greatestAt: string | null
  offset: number | null
  list: MemberList | null
  readonly standings: Map<string, Standing | null>
  /** Bytes held for unknown members; null = to be counted. */
  heldBytes: number | null
  /** Batches of unknown members that were refused since the last member list because too much is held. */
  heldRefused: number
}

/** Own clock minus the measured offset: UTC ms as the centre counts them. */
export function correctedNow(log: Log): number {
  return log.clock.now() - (log.memory.offset ?? 0)
}

/** Lets a received `at` push ours, unless it is too far ahead. */
export function observeAt(log: Log, at: string): void {
  const { greatestAt } = log.memory
  if ((greatestAt === null || at > greatestAt) && isAdmitted(at, correctedNow(log))) log.memory.greatestAt = at
}

/** One branch of a log as the store knows it. Hashes are hex. */
export type Branch = {
  readonly log: number
  readonly origin: string
  readonly branch: number
  readonly parent: number | null
  readonly fromSeq: number
  readonly before: string
  readonly headSeq: number
  readonly headHash: string
  readonly key: string
  readonly afterOrigin: string | null
  readonly vouch: string | null
  readonly isHeld: boolean
  readonly isClosed: boolean
  readonly sentSeq: number
  readonly confirmedSeq: number
}

type BranchRow = {
  log: number
  origin: string
  branch: number
  parent: number | null
  from_seq: number
  before: Buffer
  head_seq: number
  head_hash: Buffer
  key: string
  after_origin: string | null
  vouch: string | null
  is_held: number
  is_closed: number
  sent_seq: number
  confirmed_seq: number
}

function fromRow(row: BranchRow): Branch {
  return {
    log: row.log,
    origin: row.origin,
    branch: row.branch,
    parent: row.parent,
    fromSeq: row.from_seq,
    before: row.before.toString('hex'),
    headSeq: row.head_seq,
    headHash: row.head_hash.toString('hex'),
    key: row.key,
    afterOrigin: row.after_origin,
    vouch: row.vouch,
    isHeld: row.is_held === 1,
    isClosed: row.is_closed === 1,
    sentSeq: row.sent_seq,
    confirmedSeq: row.confirmed_seq,
  }
}

/** Every branch of an origin, the first one first. */
export function branchesOf(db: Db, origin: string): Branch[] {
  return prepared<BranchRow>(db, 'SELECT * FROM log WHERE origin = ? ORDER BY branch').all(origin).map(fromRow)
}

/** Every branch of every log. */
export function allBranches(db: Db): Branch[] {
  return prepared<BranchRow>(db, 'SELECT * FROM log ORDER BY origin, branch').all().map(fromRow)
}

/** One branch by its row number. */
export function branchByRow(db: Db, log: number): Branch {
  const row = prepared<BranchRow>(db, 'SELECT * FROM log WHERE log = ?').get(log)
  if (row === undefined) throw new Error(`log row ${log} does not exist`)
  return fromRow(row)
}

/** Makes the row of a new branch. */
export function addBranch(
  db: Db,
  facts: {
    readonly origin: string
    readonly branch: number
    readonly parent: number | null
    readonly fromSeq: number
    readonly before: string
    readonly key: string
    readonly afterOrigin: string | null
    readonly vouch: string | null
    readonly isHeld: boolean
  },
): Branch {
  const before = Buffer.from(facts.before, 'hex')
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO log (origin, branch, parent, from_seq, before, head_seq, head_hash, key, after_origin, vouch, is_held, is_closed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  ).run(
    facts.origin,
    facts.branch,
    facts.parent,
    facts.fromSeq,
    before,
    facts.fromSeq - 1,
    before,
    facts.key,
    facts.afterOrigin,
    facts.vouch,
    facts.isHeld ? 1 : 0,
  )
  return branchByRow(db, Number(lastInsertRowid))
}

/** Hash of the op at `seq` on a branch, following it back over the place where it left its parent; undefined when not here. */
export function hashAt(db: Db, branch: Branch, seq: number): string | undefined {
  if (seq === branch.headSeq) return branch.headHash
  if (seq === branch.fromSeq - 1) return branch.before
  if (seq < branch.fromSeq) return branch.parent === null ? undefined : hashAt(db, branchByRow(db, branch.parent), seq)
  const row = prepared<{ hash: Buffer }>(db, 'SELECT hash FROM op WHERE log = ? AND seq = ?').get(branch.log, seq)
  return row?.hash.toString('hex')
}

/** Highest seq up to which every personal part of a branch is kept, erased or not needed. */
export function personalUpTo(db: Db, branch: Branch): number {
  const row = prepared<{ seq: number | null }>(
    db,
    `SELECT min(seq) AS seq FROM op WHERE log = ? AND part = 'missing'`,
  ).get(branch.log)
  return row?.seq === null || row === undefined ? branch.headSeq : row.seq - 1
}

/** Records a proof that a log is wrong; it stays, and a person says that it was dealt with. */
export function raiseAlarm(log: Log, kind: 'fork' | 'rewound' | 'members', origin: string): void {
  prepared(log.db, 'INSERT INTO log_alarm (kind, origin, noticed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(
    kind,
    origin,
    log.clock.now(),
  )
}
