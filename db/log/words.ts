// Takes in words: acknowledgements, what members have, cards, member lists. A word that fails changes nothing.
import { canonical, isHash, isInteger, isObject } from '#log/bytes.ts'
import type { JsonObject } from '#log/bytes.ts'
import { originOf, originParts } from '#log/hash.ts'
import { agencyOf, rootMember } from '#log/member.ts'
import { readTopic } from '#log/topic.ts'
import type { Topic } from '#log/topic.ts'
import { isNewer, readWord, verifyWord } from '#log/word.ts'
import type { Word } from '#log/word.ts'
import type { Db } from '../open.ts'
import { prepared, transact } from '../open.ts'
import { takeAck } from './acks.ts'
import { settleRelay } from './admit.ts'
import { eraseCards, isErasedWord } from './card-erasure.ts'
import { markHeld, receiveCard } from './cards.ts'
import type { Log, Standing } from './log.ts'
import { receiveMembers, trustedRoot } from './members.ts'
import { standingOf } from './standing.ts'

/** What became of a word. `alarm` is a proof that something is wrong with a log. */
export type WordResult = {
  readonly result: 'accepted' | 'old' | 'refused' | 'ignored'
  readonly alarm?: 'fork' | 'rewound' | undefined
  /** Time on the centre's clock (UTC ms) of an acknowledgement that fits our own log. */
  readonly ackAt?: number | undefined
  readonly card?: { readonly id: string; readonly relay: string; readonly isNew: boolean } | undefined
  /** Cards were erased at this agency desk. */
  readonly isErasure?: true
  /** Words that had waited for the member list that just came, as they were judged now. */
  readonly also?: readonly WordResult[] | undefined
  readonly have?: { readonly member: string; readonly content: JsonObject } | undefined
}

const refused: WordResult = { result: 'refused' }
const maxWaitingWords = 256

/** Takes in the text of a word that came on a topic. */
export function receiveWord(log: Log, text: string, fullTopic: string, topic: Topic): WordResult {
  const word = readWord(text, fullTopic)
  if (word === undefined) return refused
  return transact(log.db, () => {
    if (topic.kind !== 'members') return judge(log, word, topic, text)
    const result = receiveMembers(log, word)
    return result === 'accepted' ? { result, also: judgeWaiting(log) } : { result }
  })
}

function judge(log: Log, word: Word, topic: Topic, text: string): WordResult {
  const signer = standingOf(log, word.by)
  if (signer === null) {
    waitForSigner(log, word.topic, text)
    return refused
  }
  const heard = prepared<{ inc: number; n: number }>(
    log.db,
    'SELECT inc, n FROM word WHERE signer = ? AND topic = ?',
  ).get(word.by, word.topic)
  if (!isNewer(word, heard)) return { result: 'old' }
  if (!verifyWord(word, signer.key)) return refused
  const outcome = take(log, word, topic, signer)
  if (outcome.result === 'accepted') remember(log.db, word)
  return outcome
}

function take(log: Log, word: Word, topic: Topic, signer: Standing): WordResult {
  switch (topic.kind) {
    case 'ack':
      return signer.scope === 'centre' ? takeAck(log, word, topic) : refused
    case 'have':
      return originParts(word.by).member === topic.member ? takeHave(log, word, signer) : refused
    case 'card':
      return word.by === `${topic.member}.${topic.epoch}` ? takeCard(log, word, topic.code, signer) : refused
    case 'reference':
      return { result: 'ignored' }
    default:
      return refused
  }
}

/** The order of words is kept per signer and topic. */
function remember(db: Db, word: Word): void {
  prepared(
    db,
    `INSERT INTO word (signer, topic, inc, n) VALUES (?, ?, ?, ?)
     ON CONFLICT (signer, topic) DO UPDATE SET inc = excluded.inc, n = excluded.n`,
  ).run(word.by, word.topic, word.inc, word.n)
}

function takeHave(log: Log, word: Word, signer: Standing): WordResult {
  const { logs, relays } = word.content
  if (!isObject(logs)) return refused
  const { member } = originParts(word.by)
  prepared(
    log.db,
    `INSERT INTO have (member, origin, at, received_at, content) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (member) DO UPDATE SET origin = excluded.origin, at = excluded.at,
       received_at = excluded.received_at, content = excluded.content`,
  ).run(member, word.by, word.at, log.clock.now(), canonical(word.content))
  const agency = agencyOf(signer.scope)
  if (agency !== null && isObject(relays)) markHeld(log.db, agency, cardsHeldBy(log, agency))
  return { result: 'accepted', have: { member, content: word.content } }
}

/** Cards that any desk of an agency has, as their newest words say. */
function cardsHeldBy(log: Log, agency: string): Set<string> {
  const held = new Set<string>()
  for (const row of prepared<{ origin: string; content: string }>(log.db, 'SELECT origin, content FROM have').all()) {
    const standing = standingOf(log, row.origin)
    if (standing === null || agencyOf(standing.scope) !== agency) continue
    const { relays } = JSON.parse(row.content) as { relays?: Record<string, unknown> }
    for (const ids of Object.values(relays ?? {})) {
      if (Array.isArray(ids)) for (const id of ids) if (isHash(id)) held.add(id)
    }
  }
  return held
}

function takeCard(log: Log, word: Word, code: string, signer: Standing): WordResult {
  if (agencyOf(log.scope) !== code || (signer.scope !== 'full' && signer.scope !== 'centre')) return refused
  const { card, sig, origin, told, again, erased } = word.content
  if (erased !== undefined) return takeErasure(log, code, erased, signer)
  if (typeof card !== 'string' || typeof sig !== 'string' || typeof origin !== 'string') return refused
  const toldAt = isInteger(told) ? told : null
  const outcome = receiveCard(log, code, { text: card, sig, origin, told: toldAt, again: again === true })
  if (outcome === 'refused') return refused
  if (outcome === 'erased') return { result: 'old' }
  // Steps of another desk of this agency may have come before the card did.
  if (outcome.isNew) settleRelay(log, (one) => standingOf(log, one), `relay:${outcome.relay}`)
  return { result: 'accepted', card: outcome }
}

/** What the law takes away is taken away by the centre alone; without a member list no agency has a desk. */
function takeErasure(log: Log, code: string, ids: unknown, signer: Standing): WordResult {
  if (signer.scope !== 'centre' || !Array.isArray(ids) || !ids.every(isHash)) return refused
  eraseCards(log.db, code, ids)
  return { result: 'accepted', isErasure: true }
}

/** The newest word per topic of a signer that no list knows yet; the oldest ones give way. */
function waitForSigner(log: Log, topic: string, payload: string): void {
  const { db } = log
  if (isErasedWord(db, { topic, payload })) return
  prepared(
    db,
    `INSERT INTO waiting_word (topic, payload, received_at) VALUES (?, ?, ?)
     ON CONFLICT (topic) DO UPDATE SET payload = excluded.payload, received_at = excluded.received_at`,
  ).run(topic, payload, log.clock.now())
  prepared(
    db,
    `DELETE FROM waiting_word WHERE topic NOT IN (SELECT topic FROM waiting_word ORDER BY received_at DESC LIMIT ${maxWaitingWords})`,
  ).run()
}

function judgeWaiting(log: Log): WordResult[] {
  const rows = prepared<{ topic: string; payload: string }>(log.db, 'SELECT topic, payload FROM waiting_word').all()
  prepared(log.db, 'DELETE FROM waiting_word').run()
  return rows.flatMap((row) => {
    const word = readWord(row.payload, row.topic)
    const topic = readTopic(log.site, row.topic)
    return word === undefined || topic === undefined ? [] : [judge(log, word, topic, row.payload)]
  })
}

/** The highest word heard of every signer, over all topics: `seen` in `have`. */
export function seenWords(log: Log): Record<string, [inc: number, n: number]> {
  const rows = prepared<{ signer: string; inc: number; n: number }>(
    log.db,
    `SELECT signer, inc, max(n) AS n FROM word AS w
     WHERE inc = (SELECT max(inc) FROM word WHERE signer = w.signer) GROUP BY signer`,
  ).all()
  const seen: Record<string, [number, number]> = {}
  for (const row of rows) seen[row.signer] = [row.inc, row.n]
  const root = trustedRoot(log)
  if (log.memory.list !== null && root !== null) {
    seen[originOf(rootMember, Buffer.from(root, 'base64url'))] = [1, log.memory.list.version]
  }
  return seen
}
