// Judges whether a stored op counts and applies it: entitlement, re-issue, operator's signature, understanding. It must not store bytes.
import { isObject } from '#log/bytes.ts'
import { entitlement } from '#log/entitlement.ts'
import { originParts } from '#log/hash.ts'
import { agencyOf } from '#log/member.ts'
import { isForGood, readOp } from '#log/op.ts'
import type { ParkedReason } from '#log/op.ts'
import { verifyPerson } from '#log/seal.ts'
import { attempt, prepared } from '../open.ts'
import { agencyOfRelay } from './cards.ts'
import { afterApplied } from './effects.ts'
import { setStanding } from './insert.ts'
import type { Log, Standing } from './log.ts'
import { isListed } from './standing.ts'
import { storedOp } from './stored-op.ts'
import type { Part, StoredOp } from './stored-op.ts'

export type Admitted = 'applied' | 'twin' | { readonly parked: ParkedReason }

/**
 * Judges an op and, when it counts, applies it in a savepoint of its own. The outcome is written to its row; `stands` is what the
 * row says so far, and most new ones say the right thing already.
 */
export function admit(log: Log, op: StoredOp, standing: Standing, stands: 'applied' | 'parked' | 'held'): Admitted {
  const outcome = judge(log, op, standing)
  if (outcome === 'twin') setStanding(log.db, op.op, 'twin', null)
  else if (outcome !== 'applied') setStanding(log.db, op.op, 'parked', outcome.parked)
  else if (stands !== 'applied') setStanding(log.db, op.op, 'applied', null)
  return outcome
}

function judge(log: Log, op: StoredOp, standing: Standing): Admitted {
  const refusal = refusalOf(log, op, standing)
  if (refusal !== null) return { parked: refusal }
  const twin = rightfulTwin(log, op)
  if (twin !== undefined && comesBefore(twin, op)) return 'twin'
  const applied = applyOne(log, op)
  if (applied === 'applied' && twin !== undefined) {
    setStanding(log.db, twin.op, 'twin', null)
    setStanding(log.db, op.op, 'applied', null)
    log.understanding.rebuild(log.db, op.on)
  }
  return applied
}

/** The same rules on every replica, out of what every replica has. Null when nothing speaks against the op. */
function refusalOf(log: Log, op: StoredOp, standing: Standing): ParkedReason | null {
  const isOnRelay = agencyOf(standing.scope) !== null && op.on.startsWith('relay:')
  const agency = isOnRelay ? agencyOfRelay(log.db, op.on.slice('relay:'.length)) : ''
  const allowed = entitlement({ scope: standing.scope, kind: op.kind, agency, listed: isListed(log) })
  if (allowed === 'refused') return 'not_entitled'
  if (allowed === 'waits') return 'relay_unknown'
  if (op.was !== undefined && isOfOtherMember(log, op)) return 'was_of_other'
  if (isObject(op.body.signed) && !isSignedByOperator(log, op)) return 'bad_signature'
  return op.part === 'kept' && op.personal === null ? 'personal_not_object' : null
}

function isOfOtherMember(log: Log, op: StoredOp): boolean {
  const target = Buffer.from(op.was ?? '', 'hex')
  const rows = prepared<{ origin: string }>(log.db, 'SELECT origin FROM op JOIN log USING (log) WHERE hash = ?').all(
    target,
  )
  const { member } = originParts(op.origin)
  return rows.some((row) => originParts(row.origin).member !== member)
}

/** A re-issued op keeps the signature that was made for an earlier origin of the same member. */
function isSignedByOperator(log: Log, op: StoredOp): boolean {
  const { signed } = op.body
  const keys = log.memory.list?.operators.get(op.by)
  if (keys !== undefined && !(isObject(signed) && keys.some((key) => key === signed.key))) return false
  if (keys === undefined && isListed(log)) return false
  const { kind, on, body } = op
  const facts = { site: log.site, kind, on, body, personalHash: op.personalHash ?? null }
  if (verifyPerson({ ...facts, origin: op.origin })) return true
  if (op.was === undefined) return false
  const earlier = prepared<{ origin: string }>(
    log.db,
    `SELECT origin FROM log WHERE origin LIKE ? || '.%' AND branch = 0`,
  ).all(originParts(op.origin).member)
  return earlier.some(({ origin }) => verifyPerson({ ...facts, origin }))
}

type Twin = { readonly op: number; readonly at: string; readonly hash: string }

/**
 * Another op of the same id that counts already. One of another member that re-issued this very op before it was known here
 * had no right to: it is parked now, as it is where the two arrive in the other order.
 */
function rightfulTwin(log: Log, op: StoredOp): Twin | undefined {
  const id = Buffer.from(op.id, 'hex')
  const rows = prepared<{ op: number; at: string; hash: Buffer; origin: string; aggregate: string }>(
    log.db,
    `SELECT op, at, hash, origin, aggregate FROM op JOIN log USING (log)
     WHERE (hash = ? OR was = ?) AND op <> ? AND standing = 'applied'`,
  ).all(id, id, op.op)
  for (const row of rows) {
    const isOwn = originParts(row.origin).member === originParts(op.origin).member
    if (isOwn || op.was !== undefined) return { op: row.op, at: row.at, hash: row.hash.toString('hex') }
    setStanding(log.db, row.op, 'parked', 'was_of_other')
    log.understanding.rebuild(log.db, row.aggregate)
  }
  return undefined
}

function comesBefore(a: { at: string; hash: string }, b: { at: string; hash: string }): boolean {
  return a.at < b.at || (a.at === b.at && a.hash < b.hash)
}

function applyOne(log: Log, op: StoredOp): 'applied' | { readonly parked: ParkedReason } {
  const tried = attempt(log.db, () => {
    const outcome = log.understanding.apply(log.db, op)
    if (outcome === 'applied') afterApplied(log, op)
    return outcome
  })
  return 'error' in tried ? { parked: 'apply_failed' } : tried.value
}

/**
 * Judges again what agency desks recorded on a relay, after its RelayMade came, changed or went: steps that came before their
 * relay count now, steps on a relay that turns out to be another agency's do not any more.
 */
export function settleRelay(log: Log, standingOf: StandingOf, aggregate: string): void {
  const agency = agencyOfRelay(log.db, aggregate.slice('relay:'.length))
  const rows = prepared<{ op: number; kind: string; origin: string }>(
    log.db,
    `SELECT op, kind, origin FROM op JOIN log USING (log) WHERE aggregate = ? AND standing = 'applied'`,
  ).all(aggregate)
  let isChanged = false
  for (const row of rows) {
    const standing = standingOf(row.origin)
    if (standing === null) continue
    const allowed = entitlement({ scope: standing.scope, kind: row.kind, agency, listed: isListed(log) })
    if (allowed === 'allowed') continue
    setStanding(log.db, row.op, 'parked', allowed === 'waits' ? 'relay_unknown' : 'not_entitled')
    isChanged = true
  }
  if (isChanged) log.understanding.rebuild(log.db, aggregate)
  retryParked(log, standingOf, aggregate)
}

/** Takes back the effect of ops that do not count any more on these aggregates. */
export function takeBack(log: Log, standingOf: StandingOf, aggregates: Iterable<string>): void {
  for (const aggregate of aggregates) {
    log.understanding.rebuild(log.db, aggregate)
    if (aggregate.startsWith('relay:')) settleRelay(log, standingOf, aggregate)
  }
}

type StandingOf = (origin: string) => Standing | null

/** Judges parked ops again: those on one aggregate, or all that may ever count (after an update or a new member list). */
export function retryParked(log: Log, standingOf: StandingOf, aggregate?: string): number {
  const sql = `SELECT op.op, op.seq, op.hash, op.bytes, op.part, op.reason, log.origin, op.personal
    FROM op JOIN log USING (log) WHERE op.standing = 'parked'`
  const rows =
    aggregate === undefined
      ? prepared<ParkedRow>(log.db, `${sql} ORDER BY op.at, op.hash`).all()
      : prepared<ParkedRow>(log.db, `${sql} AND op.aggregate = ? ORDER BY op.at, op.hash`).all(aggregate)
  let count = 0
  for (const row of rows) {
    const standing = standingOf(row.origin)
    if (standing === null || isForGood(row.reason)) continue
    const read = readOp(row.bytes.toString('utf8'), row)
    if (read.parked !== undefined) continue
    const { op, part } = row
    const personal = row.personal?.toString('utf8') ?? null
    const stored = storedOp({ op, hash: row.hash.toString('hex'), fields: read.fields, part, personal })
    if (admit(log, stored, standing, 'parked') === 'applied') count += 1
  }
  return count
}

type ParkedRow = {
  readonly op: number
  readonly seq: number
  readonly hash: Buffer
  readonly bytes: Buffer
  readonly part: Part
  readonly reason: string
  readonly origin: string
  readonly personal: Buffer | null
}
