// Sends the own log from confirmed + 1 onward. The log is the outbox: nothing is queued, and what is not confirmed is sent again.
import { writeBatch } from '#log/batch.ts'
import { agencyOf } from '#log/member.ts'
import { markSent, unconfirmedLogs } from '#db/log/acks.ts'
import type { Branch, Log } from '#db/log/log.ts'
import { readBatchFrom } from '#db/log/read-batches.ts'
import { prepared, transact } from '#db/open.ts'
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
  const { log, reader, link, timing } = session
  const next = new Map<string, number>()
  const sends: { seq: number; at: number }[] = []
  const taken = new Map<string, number>()
  let inFlight = 0
  let generation = 0
  let progressAt = performance.now()
  let isScheduled = false
  let marking: NodeJS.Timeout | undefined

  const wake = () => {
    if (isScheduled) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      pump()
    })
  }

  const pump = () => {
    if (link.state() !== 'up' || !mayPublish() || inFlight >= maxInFlight) return
    for (const branch of unconfirmedLogs(log)) {
      const from = Math.max(next.get(branch.origin) ?? 0, branch.confirmedSeq + 1)
      if (from > branch.headSeq) continue
      const batch = readBatchFrom(reader, branch, from)
      if (batch === undefined) continue
      next.set(branch.origin, batch.seal.seq + 1)
      sends.push({ seq: batch.seal.seq, at: log.clock.now() })
      if (sends.length > rememberedSends) sends.shift()
      void send(branch, batch.seal.seq, writeBatch(batch))
      // One slice per turn of the event loop, so that a ring or a command never waits for the backlog.
      wake()
      return
    }
  }

  const send = async (branch: Branch, seq: number, payload: string) => {
    const begun = generation
    inFlight += 1
    const isTaken = await link.publish(topicOf(session, branch.origin), payload)
    if (begun !== generation) return
    inFlight -= 1
    if (isTaken) noteTaken(branch.origin, seq)
    wake()
  }

  const noteTaken = (origin: string, seq: number) => {
    taken.set(origin, Math.max(taken.get(origin) ?? 0, seq))
    marking ??= setTimeout(mark, markEveryMs)
  }

  const mark = () => {
    marking = undefined
    transact(log.db, () => {
      for (const [origin, seq] of taken) {
        markSent(log, origin, seq)
        if (session.role === 'centre') confirmOwn(log, origin, seq)
      }
    })
    taken.clear()
    session.changed()
  }

  const restart = () => {
    generation += 1
    inFlight = 0
    next.clear()
    progressAt = performance.now()
    wake()
  }

  const resend = setInterval(() => {
    const isStuck = performance.now() - progressAt > timing.resendMs
    if (isStuck && link.state() === 'up' && next.size > 0 && !isCentreSilent()) restart()
  }, timing.resendMs)

  return {
    wake,
    restart,
    confirmed: (seq, at) => {
      progressAt = performance.now()
      const sent = sends.find((entry) => entry.seq === seq)
      if (sent !== undefined) measureOffset(log, sent.at, at)
    },
    claimed: (seq) => {
      const sentUpTo = (next.get(log.memory.key.origin) ?? 1) - 1
      if (inFlight === 0 && seq < sentUpTo && performance.now() - progressAt > settleMs) restart()
    },
    stop: () => {
      clearInterval(resend)
      clearTimeout(marking)
    },
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
