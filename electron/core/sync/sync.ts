// Sync of one replica: wires sending, receiving, asking, giving and cards to one connection. Runs in plain Node.
import { isInteger, isObject } from '#log/bytes.ts'
import type { JsonObject } from '#log/bytes.ts'
import { topicsOf } from '#log/topic.ts'
import { branchByRow } from '#db/log/log.ts'
import type { Log } from '#db/log/log.ts'
import { openEpoch } from '#db/log/open-log.ts'
import { agencyOf } from '#log/member.ts'
import type { Scope } from '#log/member.ts'
import { standingOf } from '#db/log/standing.ts'
import { prepared } from '#db/open.ts'
import type { Db, DatabaseFailure } from '#db/open.ts'
import { startCards } from './cards.ts'
import { connectedAgencies, isCentreSilent, readFacts } from './facts.ts'
import type { FactMemory, SyncFacts } from './facts.ts'
import { gapsAgainst, startHaving } from './have.ts'
import { startIntake } from './intake.ts'
import type { News, ReceivedCard } from './intake.ts'
import { startLink } from './link.ts'
import { startSender } from './send.ts'
import { roleOf, subscriptionsOf } from './session.ts'
import type { Session } from './session.ts'
import { normalTiming } from './timing.ts'
import type { Timing } from './timing.ts'
import { startAsking, startGiving } from './want.ts'

export type SyncOptions = {
  readonly log: Log
  /** A read-only connection of its own to the same database. */
  readonly reader: Db
  readonly brokers: readonly string[]
  readonly password?: string | undefined
  /** Version of this program, as others see it. */
  readonly app: string
  readonly timing?: Partial<Timing>
  readonly random?: () => number
  /** Received ops or facts for the screen changed; called after the commit. */
  readonly onChange: () => void
  /** A card came to this agency desk; `isNew` once per card. */
  readonly onCard?: (card: ReceivedCard) => void
  /** A burst was taken in and committed: the centre acknowledges it. */
  readonly onNews?: (news: News, session: Session) => void
  /** The connection is up (again). */
  readonly onUp?: (session: Session) => void
  /** The database could not take a burst (full disk ...). */
  readonly onFailure?: (failure: DatabaseFailure) => void
}

export type Sync = {
  /** Something was committed: send it. */
  readonly wake: () => void
  /** Sends every card that an agency does not hold yet at once; false while there is no connection. */
  readonly repeatCards: (agency: string) => boolean
  readonly facts: () => SyncFacts
  /** What other members may see of this desk. */
  readonly setPresence: (presence: { readonly operator?: string; readonly incident?: string }) => void
  /** Messages refused, ignored as later encodings, and undone because they made the store throw. */
  readonly counts: () => { readonly refused: number; readonly ignored: number; readonly failed: number }
  readonly stop: () => Promise<void>
}

/** Starts sync; it goes on until stopped. */
export function startSync(options: SyncOptions): Sync {
  const { log } = options
  const timing = { ...normalTiming, ...options.timing }
  const topics = topicsOf(log.site)
  const memory: FactMemory = { sentAt: null, unconfirmedSince: null }
  const seen = { inc: 0, confirmed: 0 }
  let presence: object = {}
  let mayPublish = log.memory.isNewKey
  let isUp = false

  const link = startLink({
    brokers: options.brokers,
    member: log.member,
    password: options.password,
    subscriptions: subscriptionsOf(log),
    will: { topic: topics.presence(log.member), payload: JSON.stringify({ state: 'offline' }) },
    timing,
    ...(options.random === undefined ? {} : { random: options.random }),
    onMessage: (topic, payload, isRetained) => intake.take({ topic, payload, isRetained }),
    onState: (state) => {
      if (state === 'up') up()
      else isUp = false
      options.onChange()
    },
  })
  const session: Session = {
    log,
    reader: options.reader,
    link,
    topics,
    timing,
    role: roleOf(log),
    app: options.app,
    online: new Set(),
    counts: { refused: 0, ignored: 0, failed: 0 },
    changed: () => {
      memory.sentAt = log.clock.now()
      noteWatermarks()
      options.onChange()
    },
  }
  const having = startHaving(session)
  const asker = startAsking(session)
  const giver = startGiving(session, () => isCentreSilent(session))
  const sender = startSender(
    session,
    () => mayPublish,
    () => isCentreSilent(session),
  )
  const cards = startCards(session, (agency) => connectedAgencies(session).includes(agency))
  const intake = startIntake(session, received, (failure) => options.onFailure?.(failure))
  const proof = setTimeout(letPublish, timing.rewindWaitMs)
  const ticking = setInterval(() => {
    if (memory.unconfirmedSince !== null) options.onChange()
  }, timing.unconfirmedMs)
  noteWatermarks()

  function up(): void {
    isUp = true
    session.online.clear()
    publishPresence()
    having.now()
    sender.restart()
    cards.restart()
    options.onUp?.(session)
  }

  /** The wait for proof of a rewind is over: nothing came, or an acknowledgement that fits. */
  function letPublish(): void {
    if (mayPublish) return
    clearTimeout(proof)
    mayPublish = true
    sender.wake()
    cards.wake()
  }

  function publishPresence(): void {
    void link.publish(topics.presence(log.member), JSON.stringify({ state: 'online', ...presence }), true)
  }

  function received(news: News): void {
    if (openEpochWhenNeeded(log)) having.now()
    else if (news.ack !== undefined) letPublish()
    if (news.ack !== undefined) noteAck(news.ack)
    if (news.gaps.length > 0) asker.ask(news.gaps)
    for (const have of news.haves) {
      raiseIncarnation(log, have.content)
      asker.ask(gapsAgainst(log, have.content))
      const scope = scopeOfMember(log, have.member)
      cards.wake((scope && agencyOf(scope)) ?? undefined)
      if (scope === 'centre') sender.claimed(claimOn(have.content, log.memory.key.origin))
    }
    for (const want of news.wants) giver.answer(want.member, want.wanted)
    for (const card of news.cards) options.onCard?.(card)
    if (news.cards.length > 0) having.now()
    else if (news.added > 0 || news.members) having.soon()
    options.onNews?.(news, session)
    if (news.added > 0 || news.presence || news.members || news.cards.length > 0) cards.wake()
    sender.wake()
    options.onChange()
  }

  function noteAck(ack: { readonly at: number; readonly isFresh: boolean }): void {
    const own = branchByRow(log.db, log.memory.ownLog)
    const inc = prepared<{ centre_inc: number }>(log.db, 'SELECT centre_inc FROM sync').get()?.centre_inc ?? 0
    if (ack.isFresh) sender.confirmed(own.confirmedSeq, ack.at)
    if (inc > seen.inc && own.confirmedSeq < seen.confirmed) sender.restart()
    seen.inc = inc
    seen.confirmed = own.confirmedSeq
    noteWatermarks()
  }

  function noteWatermarks(): void {
    const own = branchByRow(log.db, log.memory.ownLog)
    if (own.sentSeq > own.confirmedSeq) memory.unconfirmedSince ??= performance.now()
    else memory.unconfirmedSince = null
  }

  return {
    wake: () => {
      sender.wake()
      cards.wake()
      having.soon()
    },
    repeatCards: (agency) => {
      cards.wake(agency)
      return isUp
    },
    facts: () => readFacts(session, memory),
    setPresence: (next) => {
      presence = next
      if (isUp) publishPresence()
    },
    counts: () => ({ ...session.counts }),
    stop: async () => {
      clearTimeout(proof)
      clearInterval(ticking)
      for (const part of [having, asker, giver, sender, cards, intake]) part.stop()
      await link.stop()
    },
  }
}

function scopeOfMember(log: Log, member: string): Scope | null {
  const row = prepared<{ origin: string }>(log.db, 'SELECT origin FROM have WHERE member = ?').get(member)
  return row === undefined ? null : (standingOf(log, row.origin)?.scope ?? null)
}

function claimOn(content: JsonObject, origin: string): number {
  const claim = isObject(content.logs) ? content.logs[origin] : undefined
  return Array.isArray(claim) && isInteger(claim[0], 0) ? claim[0] : 0
}

/** A proof against the log that is being written: numbers must not be used twice, so a new epoch begins. */
function openEpochWhenNeeded(log: Log): boolean {
  const proof = prepared(log.db, `SELECT 1 FROM log_alarm WHERE origin = ? AND kind IN ('rewound', 'fork')`).get(
    log.memory.key.origin,
  )
  if (proof === undefined) return false
  openEpoch(log)
  return true
}

/** A member that has heard newer words of ours than we remember: our own would be ignored, so we count on from there. */
function raiseIncarnation(log: Log, content: object): void {
  const { seen } = content as { seen?: unknown }
  const heard = isObject(seen) ? seen[log.memory.key.origin] : undefined
  if (!Array.isArray(heard) || !isInteger(heard[0], 0) || !isInteger(heard[1], 0)) return
  const { memory } = log
  if (heard[0] < memory.inc || (heard[0] === memory.inc && heard[1] <= memory.n)) return
  memory.inc = heard[0] + 1
  memory.n = 0
  prepared(log.db, 'UPDATE sync SET starts = ?').run(memory.inc)
}
