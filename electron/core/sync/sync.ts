// Sync of one replica: wires sending, receiving, asking, giving and cards to one connection. Runs in plain Node.
import type { PresenceState } from '#domain/presence.ts'
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
import type { CardSender } from './cards.ts'
import { startErasures } from './erasures.ts'
import type { ErasureSender } from './erasures.ts'
import { connectedAgencies, isCentreSilent, readFacts } from './facts.ts'
import type { FactMemory, SyncFacts } from './facts.ts'
import { systemHost } from './host.ts'
import type { Host, Timer } from './host.ts'
import { gapsAgainst, raiseIncarnation, startHaving } from './have.ts'
import type { Haver } from './have.ts'
import { startIntake } from './intake.ts'
import type { Intake, News, ReceivedCard } from './intake.ts'
import { startLink } from './link.ts'
import { startSender } from './send.ts'
import type { Sender } from './send.ts'
import { bookkeep, presenceOf, roleOf, subscriptionsOf } from './session.ts'
import type { Session } from './session.ts'
import type { CardStep } from './step.ts'
import { normalTiming } from './timing.ts'
import type { Timing } from './timing.ts'
import { startAsking, startGiving } from './want.ts'
import type { Asker, Giver } from './want.ts'

export type SyncOptions = {
  readonly log: Log
  /** A read-only connection of its own to the same database. */
  readonly reader: Db
  readonly brokers: readonly string[]
  readonly password?: string | undefined
  /** Version of this program, as others see it. */
  readonly app: string
  readonly timing?: Partial<Timing>
  /** Called at the named points around a card; tests end the process there. */
  readonly step?: (step: CardStep) => void
  readonly host?: Host
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
  /** Tells the other members whether somebody is at this desk; said again whenever the connection is new. */
  readonly setPresence: (state: 'online' | 'signed-out') => void
  /** Where another member is; offline while this replica itself hears nobody. */
  readonly presenceOf: (member: string) => PresenceState
  /** Messages refused, ignored as later encodings, and undone because they made the store throw. */
  readonly counts: () => { readonly refused: number; readonly ignored: number; readonly failed: number }
  /** At the centre: agency desks that have not proved yet that they erased what they must. */
  readonly erasing: () => readonly string[]
  readonly stop: () => Promise<void>
}

/** Starts sync; it goes on until stopped. */
export function startSync(options: SyncOptions): Sync {
  return new RunningSync(options)
}

class RunningSync implements Sync {
  readonly #options: SyncOptions
  readonly #log: Log
  readonly #session: Session
  readonly #having: Haver
  readonly #asker: Asker
  readonly #giver: Giver
  readonly #sender: Sender
  readonly #cards: CardSender
  readonly #erasures: ErasureSender
  readonly #intake: Intake
  readonly #proof: Timer
  readonly #ticking: Timer
  readonly #beating: Timer
  readonly #facts: FactMemory = { sentAt: null, unconfirmedSince: null }
  readonly #seen = { inc: 0, confirmed: 0 }
  #presence: 'online' | 'signed-out' = 'online'
  #mayPublish: boolean

  constructor(options: SyncOptions) {
    this.#options = options
    this.#log = options.log
    this.#mayPublish = options.log.memory.isNewKey
    const session = this.#openSession({ ...normalTiming, ...options.timing })
    this.#session = session
    const isSilent = () => isCentreSilent(session)
    this.#having = startHaving(session)
    this.#asker = startAsking(session)
    this.#giver = startGiving(session, isSilent)
    this.#sender = startSender(session, () => this.#mayPublish, isSilent)
    this.#cards = startCards(session, (agency) => connectedAgencies(session).includes(agency))
    this.#erasures = startErasures(session)
    this.#intake = startIntake(session, (news) => bookkeep(session, () => this.#received(news)))
    const { host, timing } = session
    this.#proof = host.after(timing.rewindWaitMs, () => this.#letPublish())
    this.#ticking = host.every(timing.unconfirmedMs, () => {
      if (this.#facts.unconfirmedSince !== null) options.onChange()
    })
    // The last will of an earlier connection may come late and say that we are gone.
    this.#beating = host.every(timing.haveEveryMs, () => this.#publishPresence())
    this.#noteWatermarks()
  }

  #openSession(timing: Timing): Session {
    const { log, reader, app, brokers, password, host = systemHost, step = () => undefined } = this.#options
    const topics = topicsOf(log.site)
    const link = startLink({
      brokers,
      member: log.member,
      password,
      subscriptions: subscriptionsOf(log),
      will: { topic: topics.presence(log.member), payload: JSON.stringify({ state: 'offline' }) },
      timing,
      host,
      onMessage: (topic, payload, isRetained) => this.#intake.take({ topic, payload, isRetained }),
      onState: (state) => {
        // What others said before a break may be untrue by the time the connection is back.
        if (state === 'up') this.#up()
        else this.#session.presence.clear()
        this.#options.onChange()
      },
    })
    const changed = () => {
      this.#facts.sentAt = log.clock.now()
      this.#noteWatermarks()
      this.#options.onChange()
    }
    const counts = { refused: 0, ignored: 0, failed: 0 }
    const failed = (failure: DatabaseFailure) => this.#options.onFailure?.(failure)
    return {
      log,
      reader,
      link,
      host,
      topics,
      timing,
      role: roleOf(log),
      app,
      step,
      presence: new Map(),
      counts,
      changed,
      failed,
    }
  }

  readonly wake = (): void => {
    this.#sender.wake()
    this.#cards.wake()
    this.#erasures.wake()
    this.#having.soon()
  }

  readonly repeatCards = (agency: string): boolean => {
    this.#cards.wake(agency)
    return this.#isUp()
  }

  readonly facts = (): SyncFacts => readFacts(this.#session, this.#facts)

  readonly setPresence: Sync['setPresence'] = (state) => {
    if (state === this.#presence) return
    this.#presence = state
    if (this.#isUp()) this.#publishPresence()
  }

  readonly presenceOf: Sync['presenceOf'] = (member) => presenceOf(this.#session, member)

  readonly counts = (): ReturnType<Sync['counts']> => ({ ...this.#session.counts })

  readonly erasing = (): readonly string[] => this.#erasures.open()

  readonly stop = async (): Promise<void> => {
    for (const timer of [this.#proof, this.#ticking, this.#beating]) timer.stop()
    const parts = [this.#having, this.#asker, this.#giver, this.#sender, this.#cards, this.#erasures, this.#intake]
    for (const part of parts) part.stop()
    await this.#session.link.stop()
  }

  #isUp(): boolean {
    return this.#session.link.state() === 'up'
  }

  #up(): void {
    this.#publishPresence()
    this.#having.now()
    this.#sender.restart()
    this.#cards.restart()
    this.#erasures.restart()
    this.#options.onUp?.(this.#session)
  }

  /** The wait for proof of a rewind is over: nothing came, or an acknowledgement that fits. */
  #letPublish(): void {
    if (this.#mayPublish) return
    this.#proof.stop()
    this.#mayPublish = true
    this.#sender.wake()
    this.#cards.wake()
  }

  #publishPresence(): void {
    const { link, topics } = this.#session
    void link.publish(topics.presence(this.#log.member), JSON.stringify({ state: this.#presence }), true)
  }

  #received(news: News): void {
    if (openEpochWhenNeeded(this.#log)) this.#having.now()
    else if (news.ack !== undefined) this.#letPublish()
    if (news.ack !== undefined) this.#noteAck(news.ack)
    if (news.gaps.length > 0) this.#asker.ask(news.gaps)
    for (const have of news.haves) this.#compare(have)
    for (const want of news.wants) this.#giver.answer(want.member, want.wanted)
    for (const card of news.cards) this.#options.onCard?.(card)
    if (news.cards.length > 0 || news.erasure) this.#having.now()
    else if (news.added > 0 || news.members) this.#having.soon()
    this.#options.onNews?.(news, this.#session)
    if (news.added > 0 || news.presence || news.members || news.cards.length > 0) this.#cards.wake()
    this.#erasures.wake()
    this.#sender.wake()
    this.#options.onChange()
  }

  /** What another member has, against what we have, hold for it, and have sent. */
  #compare({ member, content }: News['haves'][number]): void {
    const log = this.#log
    raiseIncarnation(log, content)
    this.#asker.askLater(gapsAgainst(log, content))
    const scope = scopeOfMember(log, member)
    this.#cards.wake((scope && agencyOf(scope)) ?? undefined)
    if (scope === 'centre') this.#sender.claimed(claimOn(content, log.memory.key.origin))
  }

  #noteAck(ack: { readonly at: number; readonly isFresh: boolean }): void {
    const { db, memory } = this.#log
    const own = branchByRow(db, memory.ownLog)
    const inc = prepared<{ centre_inc: number }>(db, 'SELECT centre_inc FROM sync').get()?.centre_inc ?? 0
    if (ack.isFresh) {
      this.#sender.confirmed(own.confirmedSeq, ack.at)
      // An agency desk hears neither what the centre has nor its requests: this is how it learns that something was lost.
      this.#sender.claimed(own.confirmedSeq)
    }
    if (inc > this.#seen.inc && own.confirmedSeq < this.#seen.confirmed) this.#sender.restart()
    this.#seen.inc = inc
    this.#seen.confirmed = own.confirmedSeq
    this.#noteWatermarks()
  }

  #noteWatermarks(): void {
    const own = branchByRow(this.#log.db, this.#log.memory.ownLog)
    if (own.sentSeq > own.confirmedSeq) this.#facts.unconfirmedSince ??= this.#session.host.now()
    else this.#facts.unconfirmedSince = null
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

/**
 * A proof against the log that is being written (numbers must not be used twice), or its end by the member list: a new epoch
 * begins, and the desk goes on working.
 */
function openEpochWhenNeeded(log: Log): boolean {
  const { origin } = log.memory.key
  const proof = prepared(log.db, `SELECT 1 FROM log_alarm WHERE origin = ? AND kind IN ('rewound', 'fork')`).get(origin)
  if (proof === undefined && standingOf(log, origin)?.until === undefined) return false
  openEpoch(log)
  return true
}
