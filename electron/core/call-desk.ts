// Calls as this desk sees them: rings are shown at once from memory, recorded at once, and become ops by whoever acts.
import type { CallCommand, CallReply, CallSource, SourceCall, SourceHealth } from '#contract/call-source.ts'
import type { CallClass } from '#domain/call.ts'
import { closesByClass } from '#domain/call-class.ts'
import type { CallId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import type { Clock } from '#domain/time.ts'
import { deskSession } from '#db/local/desk-session.ts'
import { forgetSettledCalls, putSeenCall, settleCall, unsettledCalls } from '#db/local/seen-call.ts'
import { transact } from '#db/open.ts'
import type { Db } from '#db/open.ts'
import { sessionState } from '#db/queries/operator-state.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import { callOp } from './call-op.ts'
import { systemAuthor, type Author, type Recorder } from './recorder.ts'
import type { Health } from './health.ts'

/** A call in memory. `isRecorded` is false until its row is committed: "belum tercatat". */
export type DeskCall = SourceCall & { readonly isRecorded: boolean; readonly isClaimed: boolean }

export type CallDeskFacts = {
  readonly db: Db
  readonly clock: Clock
  readonly member: string
  readonly boot: string
  readonly source: CallSource
  readonly recorder: Recorder
  readonly health: Health
  readonly changed: () => void
  /** How long after its end a call that nobody acted on is recorded (ms); the desk that acts comes first. */
  readonly unactedMs: () => number
}

/** An ended call stays in memory this long, for wrap-up and late repeats of its end (ms). */
const keptMs = 120_000
const retryMs = 1_000
const dayMs = 24 * 3_600_000

/** 10 s and a random 0-5 s, so that two desks seldom record one unanswered call. */
export const unactedDelay = (): number => 10_000 + Math.random() * 5_000

/** The desk's view of its exchange. A full or read-only disk delays a record, it never hides a ring. */
export class CallDesk {
  readonly #facts: CallDeskFacts
  readonly #calls = new Map<CallId, DeskCall>()
  readonly #timers = new Set<NodeJS.Timeout>()

  constructor(facts: CallDeskFacts) {
    this.#facts = facts
  }

  /** Takes up the calls of the last life of core, then listens to the exchange. */
  start(): void {
    const { db, clock, source, health, changed } = this.#facts
    health.tried(() => forgetSettledCalls(db, clock.now() - dayMs))
    for (const seen of unsettledCalls(db)) {
      const call: DeskCall = { ...(JSON.parse(seen.document) as DeskCall), isRecorded: true }
      this.#calls.set(call.call, call)
      if (call.endedAt !== null) this.#later(0, () => this.#settle(call.call))
    }
    source.start({
      onCall: (call) => this.#onCall(call),
      onSnapshot: () => this.#onSnapshot(),
      onHealth: changed,
    })
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    await this.#facts.source.stop()
  }

  /** Calls that ring, are connected or ended lately, in order of offering. */
  calls(): readonly DeskCall[] {
    return [...this.#calls.values()].sort((a, b) => a.offeredAt - b.offeredAt)
  }

  /** A call rings here, or this desk has one in hand: nothing that can wait may hold it up. */
  isOpen(): boolean {
    const isHere = (call: DeskCall): boolean => call.answeredAt === null || this.#isOurs(call)
    return [...this.#calls.values()].some((call) => call.endedAt === null && isHere(call))
  }

  find(call: CallId): DeskCall | null {
    return this.#calls.get(call) ?? null
  }

  health(): SourceHealth {
    return this.#facts.source.health()
  }

  command(command: CallCommand): Promise<CallReply> {
    return this.#facts.source.command(command)
  }

  /** This desk says that it took the call on its desk phone; the exchange's later word wins. */
  claim(id: CallId): void {
    const call = this.#calls.get(id)
    if (call === undefined || call.isClaimed) return
    const claimed: DeskCall = { ...call, isClaimed: true }
    this.#calls.set(id, claimed)
    this.#see(claimed)
    this.#record(() => {
      const isAnswered = callFacts(this.#facts.db, id)?.answeredAt != null
      const answeredAt = call.answeredAt ?? this.#facts.clock.now()
      return isAnswered ? [] : [callOp('CallAnswered', { ...call, answeredAt }, { claimed: true })]
    })
    this.#facts.changed()
  }

  /** This desk gives a call back that it had claimed or answered: it rings again. What was recorded of it stays. */
  release(id: CallId): void {
    const call = this.#calls.get(id)
    if (call === undefined) return
    const released: DeskCall = { ...call, isClaimed: false }
    this.#calls.set(id, released)
    this.#see(released)
    this.#facts.changed()
  }

  #later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      work()
    }, ms)
    this.#timers.add(timer)
  }

  /** Runs a step on the database; what the disk refuses is told and tried again, anything else is a bug. */
  #tried(work: () => void, again: () => void): boolean {
    const isDone = this.#facts.health.tried(work)
    if (!isDone) this.#later(retryMs, again)
    return isDone
  }

  #record(decide: () => NewOp[], author: Author = this.#author()): void {
    this.#tried(
      () => this.#facts.recorder.transact(author, decide),
      () => this.#record(decide, author),
    )
  }

  #author(): Author {
    const session = deskSession(this.#facts.db, this.#facts.boot)
    return session === null ? systemAuthor : { by: session.operator, session: session.session }
  }

  #isOurs(call: DeskCall): boolean {
    return call.answeredBy === this.#facts.member || (call.isClaimed && call.answeredBy === null)
  }

  #onCall(next: SourceCall): void {
    const before = this.#calls.get(next.call)
    // Once the exchange names another desk, a claim of ours was a mistake.
    const isTheirs = next.answeredBy !== null && next.answeredBy !== this.#facts.member
    const isClaimed = (before?.isClaimed ?? false) && !isTheirs
    const call: DeskCall = { ...next, isRecorded: false, isClaimed }
    this.#calls.set(next.call, call)
    this.#see(call)
    if (this.#isOurs(call)) this.#act(call.call)
    if (call.endedAt !== null && (before?.endedAt ?? null) === null) {
      this.#later(this.#isOurs(call) ? 0 : this.#facts.unactedMs(), () => this.#settle(call.call))
    }
    this.#facts.changed()
  }

  #see(call: DeskCall): void {
    const { db, clock } = this.#facts
    const row = { call: call.call, bridge: call.bridge, document: JSON.stringify(call), endedAt: call.endedAt }
    const isDone = this.#tried(
      () => transact(db, () => putSeenCall(db, { ...row, seenAt: clock.now() })),
      () => {
        const now = this.#calls.get(call.call)
        if (now !== undefined && !now.isRecorded) this.#see(now)
        this.#facts.changed()
      },
    )
    if (isDone) this.#calls.set(call.call, { ...call, isRecorded: true })
  }

  /** Ops out of the exchange's events, each once: what is recorded already is read from the database. */
  #act(id: CallId): void {
    this.#record(() => {
      const call = this.#calls.get(id)
      if (call === undefined) return []
      const known = callFacts(this.#facts.db, id)
      const ops: NewOp[] = []
      const isAnswerKnown = known !== null && known.answeredAt !== null && !known.isClaim
      if (call.answeredAt !== null && !isAnswerKnown) ops.push(callOp('CallAnswered', call))
      if (call.endedAt !== null && (known?.endedAt ?? null) === null) {
        ops.push(callOp('CallEnded', call), ...this.#wrapUp(call, known?.class ?? null))
      }
      return ops
    })
  }

  /** Who talked writes up, unless the class has closed the record already or a break was announced before. */
  #wrapUp(call: DeskCall, known: CallClass | null): NewOp[] {
    const { db, boot } = this.#facts
    const session = deskSession(db, boot)
    if (session === null || call.direction === 'out' || (known !== null && closesByClass(known))) return []
    if (sessionState(db, session.session)?.state === 'not-ready') return []
    return [{ kind: 'OperatorStateSet', on: `session:${session.session}`, body: { state: 'wrap-up', call: call.call } }]
  }

  /** The record of a call that is over: nothing, unless no desk has written any op for it. */
  #settle(id: CallId): void {
    const { db } = this.#facts
    const call = this.#calls.get(id)
    if (call === undefined) return
    this.#record(() => {
      settleCall(db, id)
      const known = callFacts(db, id)
      // A call that was given back and not taken again has no desk that tells its end.
      const isToldByDesk = known !== null && !known.isClaim && (known.answeredAt !== null || known.endedAt !== null)
      // Rubbish that nobody took up is counted, not recorded as a missed call.
      return call.isUnknown || isToldByDesk ? [] : [callOp('CallSeen', call)]
    }, systemAuthor)
    this.#later(keptMs, () => {
      this.#calls.delete(id)
      this.#facts.changed()
    })
  }

  /** After a (re)connection: a call we hold as open that the exchange no longer knows is over, we do not know how. */
  #onSnapshot(): void {
    const { source, clock } = this.#facts
    const present = new Set(source.snapshot().map((call) => call.call))
    for (const call of this.calls()) {
      if (call.endedAt !== null || present.has(call.call)) continue
      this.#onCall({ ...call, state: 'ended', endedAt: clock.now(), endReason: 'unknown' })
    }
    this.#facts.changed()
  }
}
