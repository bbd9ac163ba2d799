// The centre's acknowledgement of our own log: moves `confirmed`, or proves a fork or a rewind. It must not trust the broker.
import { isHash, isInteger } from '#log/bytes.ts'
import { originParts } from '#log/hash.ts'
import type { Topic } from '#log/topic.ts'
import type { Word } from '#log/word.ts'
import { prepared } from '../open.ts'
import { branchesOf, hashAt, personalUpTo, raiseAlarm } from './log.ts'
import type { Branch, Log } from './log.ts'
import type { WordResult } from './words.ts'

/** What the centre signs for a log: how far it stores it, and its personal parts. */
export function ackContent(log: Log, branch: Branch): { upTo: number; hash: string; personalUpTo: number } {
  return { upTo: branch.headSeq, hash: branch.headHash, personalUpTo: personalUpTo(log.db, branch) }
}

/** Takes in an acknowledgement whose signature is good. Only one with our own hash confirms. */
export function takeAck(log: Log, word: Word, topic: Extract<Topic, { kind: 'op' | 'ack' }>): WordResult {
  const { upTo, hash, personalUpTo: parts } = word.content
  const [own] = branchesOf(log.db, `${topic.member}.${topic.epoch}`)
  if (topic.member !== log.member || own === undefined) return { result: 'refused' }
  if (!isInteger(upTo, 0) || !isHash(hash) || !isInteger(parts, 0)) return { result: 'refused' }
  if (upTo > own.headSeq) return alarmed(log, 'rewound', own.origin)
  if (hashAt(log.db, own, upTo) !== hash) return alarmed(log, 'fork', own.origin)
  confirm(log, own, word.inc, Math.min(upTo, parts))
  return { result: 'accepted', ackAt: word.at }
}

function alarmed(log: Log, alarm: 'fork' | 'rewound', origin: string): WordResult {
  raiseAlarm(log, alarm, origin)
  return { result: 'accepted', alarm }
}

/** A new incarnation of the centre may know less than the one before: then what it lacks is sent again. */
function confirm(log: Log, own: Branch, inc: number, seq: number): void {
  const { db } = log
  const row = prepared<{ centre_inc: number }>(db, 'SELECT centre_inc FROM sync').get()
  const isReborn = row === undefined || inc > row.centre_inc
  const confirmed = isReborn ? seq : Math.max(own.confirmedSeq, seq)
  const sent = isReborn ? confirmed : Math.max(own.sentSeq, confirmed)
  prepared(db, 'UPDATE log SET confirmed_seq = ?, sent_seq = ? WHERE log = ?').run(confirmed, sent, own.log)
  prepared(db, 'UPDATE sync SET centre_inc = max(centre_inc, ?), confirmed_at = ?').run(inc, log.clock.now())
}

/** Own logs that the centre has not wholly confirmed, the present one last. */
export function unconfirmedLogs(log: Log): Branch[] {
  const rows = prepared<{ origin: string }>(
    log.db,
    `SELECT log.origin FROM log JOIN own_key ON own_key.origin = log.origin
     WHERE branch = 0 AND confirmed_seq < head_seq ORDER BY own_key.epoch`,
  ).all()
  return rows.flatMap((row) => branchesOf(log.db, row.origin).slice(0, 1))
}

/** Marks how far the broker took an own log. */
export function markSent(log: Log, origin: string, seq: number): void {
  const { member } = originParts(origin)
  if (member !== log.member) return
  prepared(log.db, 'UPDATE log SET sent_seq = max(sent_seq, ?) WHERE origin = ? AND branch = 0').run(seq, origin)
}
