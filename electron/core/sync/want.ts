// Asks for what is missing and gives what others ask for. Requests are not signed, so nothing but giving may follow from one.
import { writeBatch } from '#log/batch.ts'
import { isInteger } from '#log/bytes.ts'
import { isOrigin, originParts } from '#log/hash.ts'
import { agencyOf } from '#log/member.ts'
import { branchesOf } from '#db/log/log.ts'
import type { Branch, Log } from '#db/log/log.ts'
import { readBatchFrom } from '#db/log/read-batches.ts'
import type { Gap } from '#db/log/receive.ts'
import { standingOf } from '#db/log/standing.ts'
import { prepared } from '#db/open.ts'
import type { Timer } from './host.ts'
import type { Session } from './session.ts'

/** One request of a `want`; `personal` asks for personal parts of ops that are held already. */
export type Wanted = { readonly origin: string; readonly from: number; readonly to: number; readonly personal: boolean }

const maxWanted = 64
const maxGiving = 32
/** Ops whose missing personal parts are asked for in one go. */
const partsAtOnce = 255

export type Asker = {
  /** Asks at once. */
  readonly ask: (gaps: readonly Gap[]) => void
  /** Somebody says to have more than we do. It may be on its way to us, so it is asked for when nothing of it came for `claimWaitMs`. */
  readonly askLater: (gaps: readonly Gap[]) => void
  readonly stop: () => void
}

/** Asks for gaps, and again every `wantEveryMs` while they are not closed; also for missing personal parts. */
export function startAsking(session: Session): Asker {
  const { log, link, timing, topics, host } = session
  const open = new Map<string, { readonly gap: Gap; readonly at: number }>()

  const publish = (wanted: readonly object[]) => {
    if (wanted.length > 0) void link.publish(topics.want(log.member), JSON.stringify(wanted))
  }
  const ask = (gaps: readonly Gap[]) => {
    const now = host.now()
    const due = gaps.flatMap((gap) => {
      const last = open.get(gap.origin)
      const isDue = last === undefined || last.gap.from !== gap.from || now - last.at >= timing.wantEveryMs
      return isDue ? [steppedBack(gap, last?.gap)] : []
    })
    for (const gap of due) open.set(gap.origin, { gap, at: now })
    publish(due)
  }
  const claimed = new Map<string, Timer>()
  const askLater = (gaps: readonly Gap[]) => {
    for (const gap of gaps) {
      const [first] = branchesOf(log.db, gap.origin)
      // Within what we hold: another branch, which nobody sends by himself.
      if (first !== undefined && gap.from <= first.headSeq) ask([gap])
      else if (!claimed.has(gap.origin)) wait(gap)
    }
  }
  const wait = (gap: Gap) => {
    const timer = host.after(timing.claimWaitMs, () => {
      claimed.delete(gap.origin)
      const [first] = branchesOf(log.db, gap.origin)
      const headSeq = first?.headSeq ?? 0
      if (headSeq >= gap.to) return
      if (headSeq < gap.from) ask([gap])
      else wait({ ...gap, from: headSeq + 1, after: first?.headHash ?? gap.after })
    })
    claimed.set(gap.origin, timer)
  }
  const again = host.every(timing.wantEveryMs, () => {
    for (const [origin, { gap }] of open) if (isClosed(log, gap)) open.delete(origin)
    ask([...open.values()].map((entry) => entry.gap))
    publish(missingParts(log))
  })
  return {
    ask,
    askLater,
    stop: () => {
      again.stop()
      for (const timer of claimed.values()) timer.stop()
    },
  }
}

/** While a fork is being looked for, each step back is twice as long as the one before, so that a deep one is found soon. */
function steppedBack(gap: Gap, last: Gap | undefined): Gap {
  if (last === undefined || gap.from !== gap.to || gap.to !== last.from - 1) return gap
  return { ...gap, from: Math.max(1, gap.from - 2 * (last.to - last.from + 1)) }
}

function isClosed(log: Log, gap: Gap): boolean {
  const [first] = branchesOf(log.db, gap.origin)
  return first !== undefined && first.headSeq >= gap.to
}

function missingParts(log: Log): object[] {
  const rows = prepared<{ log: number; origin: string; from: number; to: number }>(
    log.db,
    `SELECT op.log, origin, min(seq) AS "from", max(seq) AS "to" FROM op JOIN log USING (log)
     WHERE part = 'missing' GROUP BY op.log LIMIT ${maxWanted}`,
  ).all()
  return rows.map(({ origin, from, to }) => ({ origin, from, to: Math.min(to, from + partsAtOnce), personal: true }))
}

/** The requests in a payload; what is malformed is left out. */
export function readWanted(text: string): Wanted[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  if (!Array.isArray(value)) return []
  return value.slice(0, maxWanted).flatMap((entry: Partial<Wanted> | null) => {
    const { origin, from, to, personal } = entry ?? {}
    if (!isOrigin(origin) || !isInteger(from, 1) || !isInteger(to, from)) return []
    return [{ origin, from, to, personal: personal === true }]
  })
}

export type Giver = { readonly answer: (member: string, wanted: readonly Wanted[]) => void; readonly stop: () => void }

/**
 * Answers requests: the centre and the writer of a log at once; another desk only when the centre has been silent, after a
 * random wait. An agency desk gets logs of its own agency and nothing else.
 */
export function startGiving(session: Session, isCentreSilent: () => boolean): Giver {
  const { log, timing, host } = session
  const giving = new Set<string>()
  const timers = new Set<Timer>()
  let isStopped = false

  const give = async (member: string, wanted: Wanted) => {
    const name = `${member} ${wanted.origin} ${wanted.from}`
    if (giving.has(name) || giving.size >= maxGiving || isStopped) return
    giving.add(name)
    for (const branch of branchesOf(log.db, wanted.origin)) await giveBranch(session, member, branch, wanted)
    giving.delete(name)
  }
  return {
    answer: (member, wanted) => {
      if (member === log.member || session.role === 'agency') return
      const allowed = wanted.filter((entry) => mayHave(log, member, entry.origin))
      const isAtOnce = (entry: Wanted) => session.role === 'centre' || originParts(entry.origin).member === log.member
      for (const entry of allowed.filter(isAtOnce)) void give(member, entry)
      const later = allowed.filter((entry) => !isAtOnce(entry))
      if (!isCentreSilent() || later.length === 0) return
      const timer = host.after(host.random() * timing.giveJitterMs, () => {
        timers.delete(timer)
        if (isCentreSilent()) for (const entry of later) if (!hasItBy(log, member, entry)) void give(member, entry)
      })
      timers.add(timer)
    },
    stop: () => {
      isStopped = true
      for (const timer of timers) timer.stop()
    },
  }
}

async function giveBranch(session: Session, member: string, branch: Branch, wanted: Wanted): Promise<void> {
  let from = Math.max(wanted.from, branch.fromSeq)
  while (from <= wanted.to) {
    const batch = readBatchFrom(session.reader, branch, from)
    if (batch === undefined) return
    if (!(await session.link.publish(session.topics.give(member), writeBatch(batch)))) return
    from = batch.seal.seq + 1
  }
}

/** A request is not signed: whoever may read the answer's topic is decided by the member list alone. */
function mayHave(log: Log, member: string, origin: string): boolean {
  const { list } = log.memory
  if (list === null) return false
  const scopes = [...list.members.values()].filter((entry) => entry.member === member && entry.until === undefined)
  if (scopes.some((entry) => entry.scope === 'full' || entry.scope === 'centre')) return true
  const standing = standingOf(log, origin)
  const code = standing === null ? null : agencyOf(standing.scope)
  return code !== null && scopes.some((entry) => agencyOf(entry.scope) === code)
}

/** What the asker says by now: somebody else may have answered meanwhile. */
function hasItBy(log: Log, member: string, wanted: Wanted): boolean {
  if (wanted.personal) return false
  const row = prepared<{ content: string }>(log.db, 'SELECT content FROM have WHERE member = ?').get(member)
  const { logs } = JSON.parse(row?.content ?? '{}') as { logs?: Record<string, [number, string]> }
  return (logs?.[wanted.origin]?.[0] ?? 0) >= wanted.to
}
