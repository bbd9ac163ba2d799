// Sends the own log from confirmed + 1 onward. The log is the outbox: nothing is queued, and what is not confirmed is sent again.
import { writeBatch } from '#log/batch.ts'
import { agencyOf } from '#log/member.ts'
import { markSent, unconfirmedLogs } from '#db/log/acks.ts'
import type { Log } from '#db/log/log.ts'
import { readBatchFrom } from '#db/log/read-batches.ts'
import { prepared, transactUnsynced } from '#db/open.ts'
import type { Timer } from './host.ts'
import { bookkeep } from './session.ts'
import type { Session } from './session.ts'

/** Batches that the broker has not acknowledged yet. */
const maxInFlight = 16
const markEveryMs = 200
const rememberedSends = 64
/** What was sent this recently may still be on its way to the centre. */
const settleMs = 2_000

export type Sender = {
  /** There may be something to send. */
  readonly wake: () => void
  /** The connection is new, or the centre lost something: go on from confirmed + 1. */
  readonly restart: () => void
  /** The centre confirmed up to here at `at` (its clock, UTC ms): progress, and a measure of our clock. */
  readonly confirmed: (seq: number, at: number) => void
  /** The centre says that it has this much of the present log: when all was sent and less arrived, it is sent again. */
  readonly claimed: (seq: number) => void
  readonly stop: () => void
}

/** Starts sending. `mayPublish` is false while it is not certain that this database was not rewound. */
export function startSender(session: Session, mayPublish: () => boolean, isCentreSilent: () => boolean): Sender {
  return new LogSender(session, mayPublish, isCentreSilent)
}

class LogSender implements Sender {
  readonly #session: Session
  readonly #mayPublish: () => boolean
  /** Per log, the first op that was not sent over this connection yet. */
  readonly #next = new Map<string, number>()
  readonly #sends: { readonly seq: number; readonly at: number }[] = []
  readonly #taken = new Map<string, number>()
  readonly #resend: Timer
  #marking: Timer | undefined
  #inFlight = 0
  #generation = 0
  #progressAt: number
  #sentAt = 0
  #confirmedSeq = 0
  #isScheduled = false

  constructor(session: Session, mayPublish: () => boolean, isCentreSilent: () => boolean) {
    this.#session = session
    this.#mayPublish = mayPublish
    this.#progressAt = session.host.now()
    const { resendMs } = session.timing
    this.#resend = session.host.every(resendMs, () => {
      const isStuck = session.host.now() - this.#progressAt > resendMs
      if (isStuck && this.#next.size > 0 && session.link.state() === 'up' && !isCentreSilent()) this.restart()
    })
  }

  wake(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#session.host.soon(() => {
      this.#isScheduled = false
      this.#pump()
    })
  }

  restart(): void {
    this.#generation += 1
    this.#inFlight = 0
    this.#next.clear()
    this.#progressAt = this.#session.host.now()
    this.wake()
  }

  confirmed(seq: number, at: number): void {
    if (seq > this.#confirmedSeq) this.#progressAt = this.#session.host.now()
    this.#confirmedSeq = seq
    const sent = this.#sends.find((entry) => entry.seq === seq)
    if (sent !== undefined) measureOffset(this.#session.log, sent.at, at)
  }

  claimed(seq: number): void {
    const sentUpTo = (this.#next.get(this.#session.log.memory.key.origin) ?? 1) - 1
    const isSettled = this.#session.host.now() - Math.max(this.#progressAt, this.#sentAt) > settleMs
    if (this.#inFlight === 0 && seq < sentUpTo && isSettled) this.restart()
  }

  stop(): void {
    this.#resend.stop()
    this.#marking?.stop()
  }

  /** One slice per turn of the event loop, so that a ring or a command never waits for the backlog. */
  #pump(): void {
    const { log, reader, link } = this.#session
    if (link.state() !== 'up' || !this.#mayPublish() || this.#inFlight >= maxInFlight) return
    for (const branch of unconfirmedLogs(log)) {
      const from = Math.max(this.#next.get(branch.origin) ?? 0, branch.confirmedSeq + 1)
      const batch = from > branch.headSeq ? undefined : readBatchFrom(reader, branch, from)
      if (batch === undefined) continue
      this.#next.set(branch.origin, batch.seal.seq + 1)
      this.#sentAt = this.#session.host.now()
      this.#sends.push({ seq: batch.seal.seq, at: log.clock.now() })
      if (this.#sends.length > rememberedSends) this.#sends.shift()
      void this.#send(branch.origin, batch.seal.seq, writeBatch(batch))
      this.wake()
      return
    }
  }

  async #send(origin: string, seq: number, payload: string): Promise<void> {
    const begun = this.#generation
    this.#inFlight += 1
    const isTaken = await this.#session.link.publish(topicOf(this.#session, origin), payload)
    if (begun !== this.#generation) return
    this.#inFlight -= 1
    if (isTaken) {
      this.#taken.set(origin, Math.max(this.#taken.get(origin) ?? 0, seq))
      this.#marking ??= this.#session.host.after(markEveryMs, () => this.#mark())
    }
    this.wake()
  }

  /** Many batches move `sent` in one transaction. */
  #mark(): void {
    const { log, role, changed } = this.#session
    this.#marking = undefined
    bookkeep(this.#session, () =>
      transactUnsynced(log.db, () => {
        for (const [origin, seq] of this.#taken) {
          markSent(log, origin, seq)
          if (role === 'centre') confirmOwn(log, origin, seq)
        }
      }),
    )
    this.#taken.clear()
    changed()
  }
}

function topicOf(session: Session, origin: string): string {
  const code = agencyOf(session.log.scope)
  return code === null ? session.topics.op(origin) : session.topics.agency(code, origin)
}

/** The centre is the one that confirms; nobody acknowledges its own log to it. */
function confirmOwn(log: Log, origin: string, seq: number): void {
  prepared(log.db, 'UPDATE log SET confirmed_seq = max(confirmed_seq, ?) WHERE origin = ? AND branch = 0').run(
    seq,
    origin,
  )
}

const slowestRoundMs = 2_000
const offsetStepMs = 50

/** Desk clock minus centre clock: the middle of the round against what the centre wrote. Slow rounds say nothing. */
function measureOffset(log: Log, sentAt: number, centreAt: number): void {
  const now = log.clock.now()
  if (now - sentAt > slowestRoundMs || now < sentAt) return
  const offset = Math.round((sentAt + now) / 2) - centreAt
  const { memory } = log
  if (memory.offset !== null && Math.abs(memory.offset - offset) < offsetStepMs) return
  memory.offset = offset
  prepared(log.db, 'UPDATE sync SET offset_ms = ?').run(offset)
}
