// Takes messages off the wire and into the store, a burst per transaction. Nothing received may throw out of here.
import { readPresence } from '#domain/presence.ts'
import { maxPayloadBytes, payloadText } from '#log/bytes.ts'
import type { JsonObject } from '#log/bytes.ts'
import { readTopic } from '#log/topic.ts'
import type { Topic } from '#log/topic.ts'
import { branchByRow, hashAt } from '#db/log/log.ts'
import type { Log } from '#db/log/log.ts'
import { rememberAnew } from '#db/log/members.ts'
import { receiveBatch } from '#db/log/receive.ts'
import type { Gap } from '#db/log/receive.ts'
import { receiveWord } from '#db/log/words.ts'
import type { WordResult } from '#db/log/words.ts'
import { attempt, databaseFailure, transact, transactUnsynced } from '#db/open.ts'
import { recordReceived } from './cards.ts'
import { presenceOf } from './session.ts'
import type { Session } from './session.ts'
import { readWanted } from './want.ts'
import type { Wanted } from './want.ts'

/** A burst holds a command up for no longer than this; at the centre nobody waits, and longer bursts cost fewer commits. */
const burstMs = { desk: 10, agency: 10, centre: 100 } as const
const maxQueued = 4_096

export type Message = { readonly topic: string; readonly payload: Buffer; readonly isRetained: boolean }
export type ReceivedCard = { readonly id: string; readonly relay: string; readonly isNew: boolean }

/** What a burst brought, after its commit. */
export type News = {
  readonly added: number
  /** Logs of which something was received. */
  readonly origins: ReadonlySet<string>
  readonly gaps: readonly Gap[]
  readonly haves: readonly { readonly member: string; readonly content: JsonObject }[]
  readonly wants: readonly { readonly member: string; readonly wanted: readonly Wanted[] }[]
  readonly cards: readonly ReceivedCard[]
  /** Cards were erased at this agency desk. */
  readonly erasure: boolean
  /** Time on the centre's clock of a fresh acknowledgement of the own log, and how far it goes. */
  readonly ack: { readonly at: number; readonly isFresh: boolean } | undefined
  readonly members: boolean
  readonly presence: boolean
}
type Gathered = {
  added: number
  origins: Set<string>
  gaps: Gap[]
  haves: { member: string; content: JsonObject }[]
  wants: { member: string; wanted: Wanted[] }[]
  cards: ReceivedCard[]
  erasure: boolean
  ack: { at: number; isFresh: boolean } | undefined
  members: boolean
  presence: boolean
}

const nothing = (): Gathered => ({
  added: 0,
  origins: new Set(),
  gaps: [],
  haves: [],
  wants: [],
  cards: [],
  erasure: false,
  ack: undefined,
  members: false,
  presence: false,
})

export type Intake = { readonly take: (message: Message) => void; readonly stop: () => void }

/** Starts taking in. `done` is called after each commit. A burst that the database could not take is dropped, told, and asked for again. */
export function startIntake(session: Session, done: (news: News) => void): Intake {
  const { log, host } = session
  // A card and what an agency did about one must not wait behind somebody's three days of work.
  let urgent: Message[] = []
  let queue: Message[] = []
  let isScheduled = false
  let isStopped = false

  const drain = () => {
    isScheduled = false
    const waiting = [...urgent, ...queue]
    if (isStopped || waiting.length === 0) return
    const news = nothing()
    let used = 0
    try {
      const inTransaction = mustSync(session, waiting) ? transact : transactUnsynced
      inTransaction(log.db, () => {
        const end = host.now() + burstMs[session.role]
        while (used < waiting.length && (used === 0 || host.now() < end)) {
          const message = waiting[used]
          used += 1
          if (message !== undefined) takeSafely(session, message, news)
        }
      })
    } catch (error) {
      rememberAnew(log)
      urgent = []
      queue = []
      session.failed(databaseFailure(error))
      return
    }
    queue = queue.slice(Math.max(0, used - urgent.length))
    urgent = urgent.slice(used)
    if (urgent.length + queue.length > 0) schedule()
    done(news)
  }
  const schedule = () => {
    if (isScheduled) return
    isScheduled = true
    host.soon(drain)
  }
  return {
    take: (message) => {
      // What does not fit is dropped: the log's owner sends it again, or we ask for it.
      const lane = isUrgent(message) ? urgent : queue
      if (lane.length < maxQueued) lane.push(message)
      schedule()
    },
    stop: () => {
      isStopped = true
    },
  }
}

/** Logs of agencies hold little else than their steps; each kind keeps its own order. */
function isUrgent({ topic }: Message): boolean {
  return topic.includes('/agency/') || topic.includes('/card/')
}

/**
 * The centre signs that it stores what it received, and an agency desk records a card in its own log: both wait for the disk.
 * What a desk received it can ask for again.
 */
function mustSync(session: Session, queue: readonly Message[]): boolean {
  return session.role === 'centre' || queue.some(({ topic }) => topic.includes('/card/'))
}

/** A message that makes the store throw is undone and counted; the others of the burst stay. */
function takeSafely(session: Session, message: Message, news: Gathered): void {
  const tried = attempt(session.log.db, () => takeOne(session, message, news))
  if (!('error' in tried)) return
  const failure = databaseFailure(tried.error)
  if (failure !== 'failed') throw tried.error
  rememberAnew(session.log)
  session.counts.failed += 1
}

function takeOne(session: Session, message: Message, news: Gathered): void {
  const { log, counts } = session
  const topic = readTopic(log.site, message.topic)
  if (topic === undefined) return
  if (topic.kind === 'want') {
    if (message.payload.byteLength <= maxPayloadBytes) {
      news.wants.push({ member: topic.member, wanted: readWanted(message.payload.toString('utf8')) })
    }
    return
  }
  if (topic.kind === 'presence') return takePresence(session, topic.member, message.payload, news)
  if (isOurEcho(log, topic, message.payload)) return
  const text = payloadText(message.payload)
  if (text === 'ignored') counts.ignored += message.payload.byteLength > 0 ? 1 : 0
  else if (text === 'refused') counts.refused += 1
  else if (topic.kind === 'op' || topic.kind === 'agency' || topic.kind === 'give')
    takeBatch(session, text.text, topic, news)
  else takeWord(session, text.text, message, topic, news)
}

function takeBatch(session: Session, text: string, topic: Topic, news: Gathered): void {
  const { log, counts } = session
  const outcome = receiveBatch(log, text, topic)
  switch (outcome.result) {
    case 'gap':
      news.gaps.push(outcome.gap)
      return
    case 'refused':
      counts.refused += 1
      return
    default:
      news.added += outcome.added
      news.origins.add(outcome.origin)
  }
}

/** The seal stands last in a batch, and only its end is looked at: most of what a desk hears is itself. */
const sealAtEnd = /"seal":\{"seq":(\d{1,16}),"hash":"([0-9a-f]{64})","sig":"[\w-]{86}"\}\}$/
const sealBytes = 300

/** The broker gives us our own batches back; only one beyond our head says something (that we were rewound). */
function isOurEcho(log: Log, topic: Topic, payload: Buffer): boolean {
  if (topic.kind !== 'op' && topic.kind !== 'agency') return false
  if (`${topic.member}.${topic.epoch}` !== log.memory.key.origin) return false
  const [, seq, hash] = sealAtEnd.exec(payload.subarray(-sealBytes).toString('latin1')) ?? []
  return hash !== undefined && hashAt(log.db, branchByRow(log.db, log.memory.ownLog), Number(seq)) === hash
}

function takeWord(session: Session, text: string, message: Message, topic: Topic, news: Gathered): void {
  const { log, counts } = session
  const isOwnWord = 'member' in topic && topic.kind !== 'ack' && topic.member === log.member
  if (isOwnWord) return
  const outcome = receiveWord(log, text, message.topic, topic)
  if (outcome.result === 'refused') counts.refused += 1
  if (outcome.result === 'ignored') counts.ignored += 1
  if (outcome.result === 'accepted' && topic.kind === 'members') news.members = true
  for (const one of [outcome, ...(outcome.also ?? [])]) noteWord(log, one, news, !message.isRetained)
}

function noteWord(log: Log, outcome: WordResult, news: Gathered, isFresh: boolean): void {
  if (outcome.result !== 'accepted') return
  if (outcome.have !== undefined) news.haves.push(outcome.have)
  if (outcome.ackAt !== undefined) news.ack = { at: outcome.ackAt, isFresh }
  if (outcome.isErasure === true) news.erasure = true
  if (outcome.card === undefined) return
  if (outcome.card.isNew) recordReceived(log, outcome.card)
  news.cards.push(outcome.card)
}

function takePresence(session: Session, member: string, payload: Buffer, news: Gathered): void {
  let state: unknown
  try {
    state = (JSON.parse(payload.toString('utf8')) as { state?: unknown } | null)?.state
  } catch {
    state = undefined
  }
  const now = readPresence(state)
  if (now !== presenceOf(session, member)) news.presence = true
  session.presence.set(member, { state: now, heardAt: session.host.now() })
}
