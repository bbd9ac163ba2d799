// Takes in batches: compares, cuts, verifies, stores and applies in one transaction. Nothing in a batch can stop the program.
import { chainOf, readBatch } from '#log/batch.ts'
import type { Batch } from '#log/batch.ts'
import { isObject, parseJson } from '#log/bytes.ts'
import { firstHash, originParts } from '#log/hash.ts'
import { isOriginOfKey } from '#log/key.ts'
import { agencyOf } from '#log/member.ts'
import { verifySeal } from '#log/seal.ts'
import type { Topic } from '#log/topic.ts'
import { prepared, transact } from '../open.ts'
import { keepHeld } from './held.ts'
import { rememberAnew } from './members.ts'
import { setHead } from './insert.ts'
import { addBranch, branchByRow, branchesOf, hashAt, raiseAlarm } from './log.ts'
import type { Branch, Log, Standing } from './log.ts'
import { keepLatePart, storeOp } from './store-op.ts'
import type { OpOutcome } from './store-op.ts'
import { standingOf } from './standing.ts'

/** Ops that are missing here: to be asked for with `want`. `after` is the hash before `from` that is held here. */
export type Gap = { readonly origin: string; readonly from: number; readonly to: number; readonly after: string }

/** What became of a batch; `ops` has one entry per op of it, in order. */
export type BatchResult =
  | {
      readonly result: 'stored' | 'fork' | 'held'
      readonly origin: string
      readonly ops: readonly OpOutcome[]
      readonly added: number
    }
  | { readonly result: 'gap'; readonly gap: Gap }
  | { readonly result: 'refused'; readonly reason: string }

const refused = (reason: string): BatchResult => ({ result: 'refused', reason })

/** Takes in the text of a batch that came on a topic. Runs in its own transaction unless the caller has one open. */
export function receiveBatch(log: Log, text: string, topic: Topic): BatchResult {
  const batch = readBatch(text)
  if ('refused' in batch) return refused(batch.refused)
  if (!standsOnItsTopic(log, batch, topic)) return refused('not the topic of this log')
  try {
    return transact(log.db, () => receiveRun(log, batch))
  } catch (error) {
    // What was learnt of a log in a transaction that did not happen is forgotten.
    rememberAnew(log)
    throw error
  }
}

function standsOnItsTopic(log: Log, batch: Batch, topic: Topic): boolean {
  switch (topic.kind) {
    case 'give':
      return true
    case 'op':
      return batch.origin === `${topic.member}.${topic.epoch}`
    case 'agency': {
      const standing = standingOf(log, batch.origin)
      const isOfAgency = standing === null || agencyOf(standing.scope) === topic.code
      return isOfAgency && batch.origin === `${topic.member}.${topic.epoch}`
    }
    default:
      return false
  }
}

/** Takes in one run inside the caller's transaction. */
export function receiveRun(log: Log, batch: Batch): BatchResult {
  const branches = branchesOf(log.db, batch.origin)
  const standing = standingOf(log, batch.origin)
  const key = standing?.key ?? branches[0]?.key ?? keyInFirstOp(batch)
  if (key === undefined) {
    return batch.from === 1 ? refused('no key for this origin') : gapOf(log, batch, 1, 0)
  }
  const chain = chainOf(batch)
  const proof = proofOf(log, batch, chain, standing, key)
  if (proof === 'bad') return refused('seal or chain')
  const place = placeOf(log, batch, chain, branches)
  if (place.kind === 'gap') return { result: 'gap', gap: place.gap }
  if (place.kind === 'foreign') return refused('not after the beginning of this log')
  const trusted = standing ?? vouchedBy(log, batch, key, branches)
  return storeRun(log, { batch, chain, branches, standing: trusted, key, place, cut: proof.cut })
}

/** The key in op 1, when it gives this origin. Every log opens with it, so unknown logs can be verified too. */
function keyInFirstOp(batch: Batch): string | undefined {
  if (batch.from !== 1) return undefined
  const op = parseJson(batch.ops[0]?.op ?? '')
  const body = isObject(op) && op.kind === 'LogOpened' && isObject(op.body) ? op.body : undefined
  return isOriginOfKey(batch.origin, body?.key) ? (body?.key as string) : undefined
}

/** How many ops of a run count (`cut`), or 'bad': by the seal, or by the place where the member list ended the log. */
function proofOf(
  log: Log,
  batch: Batch,
  chain: readonly string[],
  standing: Standing | null,
  key: string,
): { readonly cut: number } | 'bad' {
  if (chain.at(-1) !== batch.seal.hash) return 'bad'
  const until = standing?.until
  if (until !== undefined && until[0] <= batch.seal.seq) {
    const last = until[0] - batch.from
    if (last < 0) return last === -1 && batch.after !== until[1] ? 'bad' : { cut: 0 }
    return chain[last] === until[1] ? { cut: last + 1 } : 'bad'
  }
  const isKnown = prepared(log.db, 'SELECT 1 FROM op WHERE hash = ?').get(Buffer.from(batch.seal.hash, 'hex'))
  if (isKnown !== undefined) return { cut: chain.length }
  return verifySeal(log.site, batch.origin, key, batch.seal) ? { cut: chain.length } : 'bad'
}

type Place =
  | { readonly kind: 'gap'; readonly gap: Gap }
  | { readonly kind: 'foreign' }
  /** `known` ops stand here already; the rest follows `anchor`, at the head of a branch or beside it (a fork). */
  | { readonly kind: 'follows'; readonly known: number; readonly branch: Branch | null; readonly parent: Branch | null }

function placeOf(log: Log, batch: Batch, chain: readonly string[], branches: readonly Branch[]): Place {
  const start = firstHash(log.site, batch.origin)
  if (batch.from === 1 && batch.after !== start) return { kind: 'foreign' }
  const known = knownOps(log, chain)
  const anchor = known > 0 ? (chain[known - 1] ?? '') : batch.after
  const seq = batch.from + known - 1
  const atHead = branches.find((branch) => branch.headSeq === seq && branch.headHash === anchor)
  if (atHead !== undefined) return { kind: 'follows', known, branch: atHead, parent: null }
  const beside = branches.find((branch) => hashAt(log.db, branch, seq) === anchor)
  if (beside !== undefined) return { kind: 'follows', known, branch: null, parent: beside }
  if (branches.length === 0 && batch.from === 1) return { kind: 'follows', known: 0, branch: null, parent: null }
  const head = branches[0]?.headSeq ?? 0
  // Within what we hold, but after another op: a fork that began earlier. Step back until the two meet.
  return seq <= head && branches.length > 0
    ? gapAt(log, batch, seq)
    : { kind: 'gap', gap: gap(log, batch, head + 1, seq) }
}

function gapAt(log: Log, batch: Batch, seq: number): Place {
  return { kind: 'gap', gap: gap(log, batch, Math.max(1, seq), Math.max(1, seq)) }
}

function gap(log: Log, batch: Batch, from: number, to: number): Gap {
  const [first] = branchesOf(log.db, batch.origin)
  const start = firstHash(log.site, batch.origin)
  const after = first === undefined ? start : (hashAt(log.db, first, from - 1) ?? start)
  return { origin: batch.origin, from, to: Math.max(from, to), after }
}

function gapOf(log: Log, batch: Batch, from: number, head: number): BatchResult {
  return { result: 'gap', gap: gap(log, batch, from, Math.max(head, batch.from - 1)) }
}

/** Ops at the front of a run that stand here already. A hash covers everything before it, so the last known one decides. */
function knownOps(log: Log, chain: readonly string[]): number {
  const isKnown = prepared(log.db, 'SELECT 1 FROM op WHERE hash = ?')
  let known = 0
  while (known < chain.length && isKnown.get(Buffer.from(chain[known] ?? '', 'hex')) !== undefined) known += 1
  return known
}

/** A first batch may bring its own vouch; it counts as soon as the row that carries it exists. */
function vouchedBy(log: Log, batch: Batch, key: string, branches: readonly Branch[]): Standing | null {
  if (batch.from !== 1 || branches.length > 0) return null
  const op = parseJson(batch.ops[0]?.op ?? '')
  const body = isObject(op) && isObject(op.body) ? op.body : {}
  const after = isObject(body.after) ? body.after : {}
  openBranch(log, batch.origin, key, typeof after.origin === 'string' ? after.origin : null, body.vouch)
  log.memory.standings.delete(batch.origin)
  return standingOf(log, batch.origin)
}

function openBranch(log: Log, origin: string, key: string, afterOrigin: string | null, vouch: unknown): Branch {
  return addBranch(log.db, {
    origin,
    branch: 0,
    parent: null,
    fromSeq: 1,
    before: firstHash(log.site, origin),
    key,
    afterOrigin,
    vouch: typeof vouch === 'string' ? vouch : null,
    isHeld: false,
  })
}

type Run = {
  readonly batch: Batch
  readonly chain: readonly string[]
  readonly branches: readonly Branch[]
  readonly standing: Standing | null
  readonly key: string
  readonly place: Extract<Place, { kind: 'follows' }>
  readonly cut: number
}

function storeRun(log: Log, run: Run): BatchResult {
  const { batch, chain, place, cut, standing } = run
  const outcomes: OpOutcome[] = batch.ops
    .slice(0, place.known)
    .map((entry, index) => keepLatePart(log, entry, chain[index] ?? ''))
  const fresh = batch.ops.slice(place.known, Math.max(cut, place.known))
  const isFork = fresh.length > 0 && place.branch === null && place.parent !== null
  if (fresh.length > 0) {
    const branch = place.branch ?? (place.parent ? forkFrom(log, run, place.parent) : ownRow(log, run))
    const held = standing === null
    if (held && !keepHeld(log, branch, fresh)) return refuseHeld(log, branch)
    noticeRewind(log, branch)
    for (const [index, entry] of fresh.entries()) {
      const seq = batch.from + place.known + index
      const hash = chain[place.known + index] ?? ''
      outcomes.push(
        storeOp(log, { branch, seq, hash, entry, standing, seal: seq === batch.seal.seq ? batch.seal.sig : null }),
      )
    }
    const last = place.known + fresh.length - 1
    setHead(log.db, branch.log, batch.from + last, chain[last] ?? '')
    if (!held) log.understanding.derive(log.db)
  }
  for (const _entry of batch.ops.slice(outcomes.length)) outcomes.push({ op: 'dropped', part: 'none' })
  if (isFork) closeForked(log, batch.origin)
  const result = isFork ? 'fork' : standing === null ? 'held' : 'stored'
  return { result, origin: batch.origin, ops: outcomes, added: fresh.length }
}

/** Nothing of what is refused stays, not even the name of its log. */
function refuseHeld(log: Log, branch: Branch): BatchResult {
  prepared(log.db, 'DELETE FROM log WHERE log = ? AND head_seq < from_seq').run(branch.log)
  return refused('too much is held for unknown members')
}

function ownRow(log: Log, run: Run): Branch {
  const [made] = branchesOf(log.db, run.batch.origin)
  return made ?? openBranch(log, run.batch.origin, run.key, null, null)
}

/** The other branch of a fork: both are kept and applied, because ops are known by their hash. */
function forkFrom(log: Log, run: Run, parent: Branch): Branch {
  const seq = run.batch.from + run.place.known - 1
  return addBranch(log.db, {
    origin: run.batch.origin,
    branch: run.branches.length,
    parent: parent.log,
    fromSeq: seq + 1,
    before: hashAt(log.db, parent, seq) ?? parent.before,
    key: run.key,
    afterOrigin: null,
    vouch: null,
    isHeld: parent.isHeld,
  })
}

function closeForked(log: Log, origin: string): void {
  prepared(log.db, 'UPDATE log SET is_closed = 1 WHERE origin = ?').run(origin)
  raiseAlarm(log, 'fork', origin)
}

/** Ops under our own key that we do not know prove that this database was rewound. An empty own log is only being fetched. */
function noticeRewind(log: Log, branch: Branch): void {
  if (branch.origin !== log.memory.key.origin || originParts(branch.origin).member !== log.member) return
  const own = branchByRow(log.db, branch.log)
  if (own.headSeq > 0) raiseAlarm(log, 'rewound', branch.origin)
}
