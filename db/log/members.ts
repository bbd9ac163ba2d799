// Takes in member lists and carries out what they say: who is known, which logs have ended, what was held. It must not sign lists.
import { isNewer, readWord } from '#log/word.ts'
import type { Word } from '#log/word.ts'
import { isByRoot, readMemberList, rootMember } from '#log/member.ts'
import type { MemberList } from '#log/member.ts'
import { rootsFrom } from '#log/root.ts'
import { originParts } from '#log/hash.ts'
import { topicsOf } from '#log/topic.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { retryParked, takeBack } from './admit.ts'
import { settleHeld } from './held.ts'
import { setHead } from './insert.ts'
import { branchesOf, hashAt, raiseAlarm } from './log.ts'
import type { Branch, Log } from './log.ts'
import { standingOf } from './standing.ts'

export type MembersResult = 'accepted' | 'old' | 'refused' | 'ignored'

/** The newest member list in the database, or null. */
export function storedList(db: Db, site: string): MemberList | null {
  const row = prepared<{ w: string; sig: string }>(
    db,
    'SELECT w, sig FROM member_list ORDER BY version DESC LIMIT 1',
  ).get()
  const word = row && readWord(JSON.stringify(row), topicsOf(site).members)
  return (word && readMemberList(word)) ?? null
}

/** After a transaction that was rolled back: what was learnt of members in it is forgotten. */
export function rememberAnew(log: Log): void {
  log.memory.standings.clear()
  log.memory.heldBytes = null
  log.memory.list = storedList(log.db, log.site)
}

/** The newest member list as its signed payload, for passing on; null when there is none. */
export function storedListPayload(db: Db): string | null {
  const row = prepared<{ w: string; sig: string }>(
    db,
    'SELECT w, sig FROM member_list ORDER BY version DESC LIMIT 1',
  ).get()
  return row === undefined ? null : JSON.stringify(row)
}

/**
 * The key that the next member list must be signed with: the pinned one, or the last of its successors that a stored list
 * brought. Null on a site without a list.
 */
export function trustedRoot(log: Log): string | null {
  const row = prepared<{ root: string | null }>(
    log.db,
    'SELECT root FROM member_list ORDER BY version DESC LIMIT 1',
  ).get()
  return row?.root ?? log.memory.list?.root ?? log.rootKey
}

/** The root key that signed a list: the trusted one, or one that follows from it by signatures that the list brings along. */
function signerOf(log: Log, word: Word, list: MemberList, trusted: string): string | undefined {
  return rootsFrom(log.site, trusted, list.roots).find((root) => isByRoot(word, root))
}

/** Judges a member list by the pinned root key and its version; an accepted one takes effect at once. */
export function receiveMembers(log: Log, word: Word): MembersResult {
  const { list } = log.memory
  const trusted = trustedRoot(log)
  if (log.rootKey === null || trusted === null) return 'ignored'
  if (originParts(word.by).member !== rootMember) return 'refused'
  const next = readMemberList(word)
  const signer = next && signerOf(log, word, next, trusted)
  if (next === undefined || signer === undefined) return 'refused'
  if (list !== null && !isNewer({ inc: 1, n: next.version }, { inc: 1, n: list.version })) return 'old'
  if (list !== null && next.version === list.version + 1 && next.before !== list.hash) {
    raiseAlarm(log, 'members', word.by)
    return 'refused'
  }
  prepared(log.db, 'INSERT INTO member_list (version, w, sig, root) VALUES (?, ?, ?, ?)').run(
    next.version,
    word.w,
    word.sig,
    next.root ?? signer,
  )
  takeEffect(log, next)
  return 'accepted'
}

function takeEffect(log: Log, list: MemberList): void {
  log.memory.list = list
  log.memory.standings.clear()
  for (const member of list.members.values()) if (member.until) endLog(log, member.origin, member.until)
  settleHeld(log)
  retryParked(log, (origin) => standingOf(log, origin))
  log.understanding.derive(log.db)
}

/** Drops what lies beyond the end that the list gives a log: every replica keeps the same part of it. */
function endLog(log: Log, origin: string, until: readonly [seq: number, hash: string]): void {
  for (const branch of branchesOf(log.db, origin)) {
    if (branch.headSeq < until[0]) continue
    if (hashAt(log.db, branch, until[0]) === until[1])
      dropBeyond(log, branch, Math.max(until[0], branch.fromSeq - 1), until[1])
    else raiseAlarm(log, 'fork', origin)
  }
}

function dropBeyond(log: Log, branch: Branch, seq: number, hash: string): void {
  if (branch.headSeq === seq) return
  const { db } = log
  const rows = prepared<{ op: number; aggregate: string; standing: string }>(
    db,
    'SELECT op, aggregate, standing FROM op WHERE log = ? AND seq > ?',
  ).all(branch.log, seq)
  for (const { op } of rows) {
    prepared(db, 'DELETE FROM card WHERE op = ?').run(op)
    prepared(db, 'DELETE FROM op WHERE op = ?').run(op)
  }
  setHead(db, branch.log, seq, hash)
  const touched = new Set(rows.filter((row) => row.standing === 'applied').map((row) => row.aggregate))
  takeBack(log, (origin) => standingOf(log, origin), touched)
}
