// What the parts of sync share: the store, the wire, who we are, and a few counters. It must not do anything by itself.
import { grantsOf } from '#log/acl.ts'
import type { Role as BrokerRole } from '#log/acl.ts'
import type { PresenceState } from '#domain/presence.ts'
import { agencyOf } from '#log/member.ts'
import { topicRoot } from '#log/topic.ts'
import type { Topics } from '#log/topic.ts'
import { makeWord } from '#log/word.ts'
import { correctedNow } from '#db/log/log.ts'
import type { Log } from '#db/log/log.ts'
import { databaseFailure } from '#db/open.ts'
import type { DatabaseFailure, Db } from '#db/open.ts'
import type { Host } from './host.ts'
import type { Link } from './link.ts'
import type { CardStep } from './step.ts'
import type { Timing } from './timing.ts'

/** desk: reads all logs; agency: reads only its own; centre: also acknowledges and repeats cards. */
export type Role = 'desk' | 'agency' | 'centre'

export type Session = {
  readonly log: Log
  /** A second, read-only connection: reading slices never waits for a command. */
  readonly reader: Db
  readonly link: Link
  readonly host: Host
  readonly topics: Topics
  readonly timing: Timing
  readonly role: Role
  readonly app: string
  /** What members said last of themselves on this connection, and when (steady ms); nobody while there is none. */
  readonly presence: Map<string, { state: PresenceState; heardAt: number }>
  readonly counts: { refused: number; ignored: number; failed: number }
  /** The named points around the sending of a card. */
  readonly step: (step: CardStep) => void
  /** Facts for the screen changed. */
  readonly changed: () => void
  /** The database refused to write (full disk ...). */
  readonly failed: (failure: DatabaseFailure) => void
}

/** Bookkeeping that may fail with the disk: it is told and made good later, and never ends core. */
export function bookkeep(session: Pick<Session, 'failed'>, work: () => void): void {
  try {
    work()
  } catch (error) {
    const failure = databaseFailure(error)
    if (failure === 'failed') throw error
    session.failed(failure)
  }
}

/** True while a member's program runs, whether or not somebody is at it. */
export function isThere({ presence }: Pick<Session, 'presence'>, member: string): boolean {
  return (presence.get(member)?.state ?? 'offline') !== 'offline'
}

/** Where a member is. What was said too long ago is worth nothing: a broker that was restarted tells no last will. */
export function presenceOf(session: Pick<Session, 'presence' | 'timing' | 'host'>, member: string): PresenceState {
  const { presence, timing, host } = session
  const last = presence.get(member)
  return last === undefined || host.now() - last.heardAt > timing.freshMs ? 'offline' : last.state
}

/** The role that follows from what a log may write. */
export function roleOf(log: Pick<Log, 'scope'>): Role {
  if (log.scope === 'centre') return 'centre'
  return agencyOf(log.scope) === null ? 'desk' : 'agency'
}

/** Signs and publishes a word of our own. Its number is the next one of this start. */
export async function publishWord(
  session: Session,
  topic: string,
  content: { readonly [key: string]: unknown },
  retain: boolean,
): Promise<boolean> {
  const { log, link } = session
  const { memory } = log
  if (link.state() !== 'up') return false
  memory.n += 1
  const facts = { topic, by: memory.key.origin, inc: memory.inc, n: memory.n, at: correctedNow(log), content }
  return link.publish(topic, makeWord(memory.key, facts), retain)
}

/** Topics a member reads: exactly those that its access list allows. */
export function subscriptionsOf(log: Pick<Log, 'site' | 'member' | 'scope'>): string[] {
  const code = agencyOf(log.scope)
  const kind = log.scope === 'centre' ? 'centre' : 'desk'
  const role: BrokerRole = code === null ? { kind } : { kind: 'agency', code }
  const exchange = `${topicRoot(log.site)}exchange/`
  return grantsOf(log.site, log.member, role)
    .filter((grant) => grant.access === 'read' && !grant.filter.startsWith(exchange))
    .map((grant) => grant.filter)
}
