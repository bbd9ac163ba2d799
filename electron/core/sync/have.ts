// Says what we have and compares what others say they have. A claim only ever makes us ask.
import { isHash, isInteger, isObject } from '#log/bytes.ts'
import type { JsonObject } from '#log/bytes.ts'
import { isOrigin, noHash, originParts } from '#log/hash.ts'
import { agencyOf } from '#log/member.ts'
import { erasedClaim, erasedCount } from '#db/log/card-erasure.ts'
import { heldRelays } from '#db/log/cards.ts'
import { allBranches, branchesOf, hashAt } from '#db/log/log.ts'
import type { Log } from '#db/log/log.ts'
import type { Gap } from '#db/log/receive.ts'
import { standingOf } from '#db/log/standing.ts'
import { seenWords } from '#db/log/words.ts'
import { prepared } from '#db/open.ts'
import type { Timer } from './host.ts'
import { bookkeep, publishWord } from './session.ts'
import type { Session } from './session.ts'

/** What this replica has: the content of its `have`. Ended logs that are complete are left out. */
export function haveContent(log: Log, app: string): Record<string, unknown> {
  const logs: Record<string, [number, string]> = {}
  for (const branch of allBranches(log.db)) {
    const until = standingOf(log, branch.origin)?.until
    if (branch.branch > 0 || branch.headSeq === 0 || (until !== undefined && branch.headSeq >= until[0])) continue
    logs[branch.origin] = [branch.headSeq, branch.headHash]
  }
  const { list } = log.memory
  return {
    logs,
    ...agencyPart(log),
    members: list === null ? [0, noHash] : [list.version, list.hash],
    formats: [1],
    app,
    seen: seenWords(log),
  }
}

/** An agency desk also says which open relays it has and which cards it has erased. */
function agencyPart(log: Log): Record<string, unknown> {
  const code = agencyOf(log.scope)
  if (code === null) return {}
  const count = erasedCount(log.db, code)
  const relays = heldRelays(log)
  return count === 0 ? { relays } : { relays, erased: erasedClaim(log.db, code, count) }
}

export type Haver = {
  /** Something we have changed: say it soon, once. */
  readonly soon: () => void
  /** Say it now. */
  readonly now: () => void
  readonly stop: () => void
}

/** Says what we have on every change (gathered) and every `haveEveryMs`. */
export function startHaving(session: Session): Haver {
  const { log, timing, topics, host } = session
  let soon: Timer | undefined
  const now = () => {
    soon?.stop()
    soon = undefined
    bookkeep(session, () => {
      void publishWord(session, topics.have(log.member), haveContent(log, session.app), true)
    })
  }
  const beat = host.every(timing.haveEveryMs, now)
  return {
    now,
    soon: () => {
      soon ??= host.after(timing.haveWaitMs, now)
    },
    stop: () => {
      beat.stop()
      soon?.stop()
    },
  }
}

/** The ops that another member claims to have and we do not, log by log. Another hash where we have one too means a fork. */
export function gapsAgainst(log: Log, content: JsonObject): Gap[] {
  const gaps: Gap[] = []
  if (!isObject(content.logs)) return gaps
  for (const [origin, claim] of Object.entries(content.logs)) {
    if (!isOrigin(origin) || !Array.isArray(claim) || !isInteger(claim[0], 1) || !isHash(claim[1])) continue
    const gap = gapOf(log, origin, claim[0], claim[1])
    if (gap !== undefined) gaps.push(gap)
  }
  return gaps
}

function gapOf(log: Log, origin: string, seq: number, hash: string): Gap | undefined {
  if (!mayRead(log, origin)) return undefined
  const branches = branchesOf(log.db, origin)
  const [first] = branches
  const until = standingOf(log, origin)?.until
  const to = until === undefined ? seq : Math.min(seq, until[0])
  if (first === undefined || to > first.headSeq) {
    const from = (first?.headSeq ?? 0) + 1
    return to < from ? undefined : { origin, from, to, after: first?.headHash ?? noHash }
  }
  const isKnown = seq > first.headSeq || branches.some((branch) => hashAt(log.db, branch, seq) === hash)
  return isKnown ? undefined : { origin, from: seq, to: seq, after: hashAt(log.db, first, seq - 1) ?? noHash }
}

/** An agency desk asks only for its own agency's logs; it would be given no others. */
function mayRead(log: Log, origin: string): boolean {
  const code = agencyOf(log.scope)
  if (code === null || originParts(origin).member === log.member) return true
  const standing = standingOf(log, origin)
  return standing !== null && agencyOf(standing.scope) === code
}

/** A member that has heard newer words of ours than we remember: our own would be ignored, so we count on from there. */
export function raiseIncarnation(log: Log, content: object): void {
  const { seen } = content as { seen?: unknown }
  const heard = isObject(seen) ? seen[log.memory.key.origin] : undefined
  if (!Array.isArray(heard) || !isInteger(heard[0], 0) || !isInteger(heard[1], 0)) return
  const { memory } = log
  if (heard[0] < memory.inc || (heard[0] === memory.inc && heard[1] <= memory.n)) return
  memory.inc = heard[0] + 1
  memory.n = 0
  prepared(log.db, 'UPDATE sync SET starts = ?').run(memory.inc)
}
