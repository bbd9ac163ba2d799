// What the screen and the health page are told about sync. It must only read.
import { agencyOf } from '#log/member.ts'
import { unconfirmedLogs } from '#db/log/acks.ts'
import { correctedNow } from '#db/log/log.ts'
import type { Log } from '#db/log/log.ts'
import { standingOf } from '#db/log/standing.ts'
import { prepared } from '#db/open.ts'
import { logAlarms } from '#db/queries/log-alarms.ts'
import type { LogAlarm } from '#db/queries/log-alarms.ts'
import type { LinkState } from './link.ts'
import { isThere } from './session.ts'
import type { Session } from './session.ts'

/** The state of sync. Times are UTC ms; `waiting` counts own ops that the centre has not confirmed. */
export type SyncFacts = {
  readonly link: LinkState
  readonly waiting: number
  readonly oldestAt: number | null
  readonly sentAt: number | null
  readonly confirmedAt: number | null
  /** Sent for 15 s without a confirmation. */
  readonly isUnconfirmed: boolean
  /** Agencies that can be reached through their desks now. */
  readonly connected: readonly string[]
  readonly parked: number
  readonly missing: number
  /** Batches of unknown members that were refused because too much of such is held already. */
  readonly heldRefused: number
  /** Proofs that something is wrong with a log; they stay, also when somebody dealt with them. */
  readonly alarms: readonly LogAlarm[]
}

/** What is kept between readings: when the broker last took something and since when that is unconfirmed. */
export type FactMemory = { sentAt: number | null; unconfirmedSince: number | null }

/** Reads the facts. Every count is over a partial index. */
export function readFacts(session: Session, memory: FactMemory): SyncFacts {
  const { log, link, timing, host } = session
  const count = (sql: string) => prepared<{ n: number }>(log.db, sql).get()?.n ?? 0
  const behind = unconfirmedLogs(log)
  const { unconfirmedSince } = memory
  return {
    link: link.state(),
    waiting: behind.reduce((sum, branch) => sum + branch.headSeq - branch.confirmedSeq, 0),
    oldestAt: oldestAt(log),
    sentAt: memory.sentAt,
    confirmedAt:
      prepared<{ confirmed_at: number | null }>(log.db, 'SELECT confirmed_at FROM sync').get()?.confirmed_at ?? null,
    isUnconfirmed: unconfirmedSince !== null && host.now() - unconfirmedSince >= timing.unconfirmedMs,
    // What others said last is worth nothing while this desk itself hears nobody.
    connected: link.state() === 'up' ? connectedAgencies(session) : [],
    parked: count(`SELECT count(*) AS n FROM op WHERE standing = 'parked'`),
    heldRefused: log.memory.heldRefused,
    missing: count(`SELECT count(*) AS n FROM op WHERE part = 'missing'`),
    alarms: logAlarms(log.db),
  }
}

function oldestAt(log: Log): number | null {
  const [branch] = unconfirmedLogs(log)
  if (branch === undefined) return null
  const row = prepared<{ bytes: Buffer }>(log.db, 'SELECT bytes FROM op WHERE log = ? AND seq = ?').get(
    branch.log,
    branch.confirmedSeq + 1,
  )
  return row === undefined ? null : (JSON.parse(row.bytes.toString('utf8')) as { wall: number }).wall
}

/** Agencies with a desk that is online and whose newest word is young. */
export function connectedAgencies(session: Session): string[] {
  const { log, timing } = session
  const youngest = correctedNow(log) - timing.freshMs
  const codes = new Set<string>()
  for (const row of prepared<{ member: string; origin: string; at: number }>(
    log.db,
    'SELECT member, origin, at FROM have',
  ).all()) {
    const standing = standingOf(log, row.origin)
    const code = standing === null ? null : agencyOf(standing.scope)
    if (code !== null && isThere(session, row.member) && row.at > youngest) codes.add(code)
  }
  return [...codes].sort((a, b) => (a < b ? -1 : 1))
}

/** True when no centre is heard: its desk programs answer each other then. */
export function isCentreSilent(session: Session): boolean {
  const { log, timing } = session
  const youngest = correctedNow(log) - timing.centreSilentMs
  for (const member of log.memory.list?.members.values() ?? []) {
    if (member.scope !== 'centre' || !isThere(session, member.member)) continue
    const row = prepared<{ at: number }>(log.db, 'SELECT at FROM have WHERE member = ?').get(member.member)
    if (row !== undefined && row.at > youngest) return false
  }
  return true
}
