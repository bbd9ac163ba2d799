// The reference command centre: stores every log, signs acknowledgements, answers at once, repeats cards of desks that are off.
import { firstHash, isOrigin, originParts } from '#log/hash.ts'
import { ackContent } from '#db/log/acks.ts'
import { branchesOf } from '#db/log/log.ts'
import type { Log } from '#db/log/log.ts'
import { storedListPayload } from '#db/log/members.ts'
import { standingOf } from '#db/log/standing.ts'
import type { Db, DatabaseFailure } from '#db/open.ts'
import type { Host } from '../core/sync/host.ts'
import type { News } from '../core/sync/intake.ts'
import { publishWord } from '../core/sync/session.ts'
import type { Session } from '../core/sync/session.ts'
import { startSync } from '../core/sync/sync.ts'
import type { Sync } from '../core/sync/sync.ts'
import type { Timing } from '../core/sync/timing.ts'

export type CentreOptions = {
  readonly log: Log
  readonly reader: Db
  readonly brokers: readonly string[]
  readonly password?: string
  readonly app: string
  readonly timing?: Partial<Timing>
  readonly host?: Host
  readonly onChange?: () => void
  /** Called after each burst; true when it has taken a new member list into the store, which is published then. */
  readonly enrol?: () => boolean
  readonly onFailure?: (failure: DatabaseFailure) => void
}

/** Starts the centre of one site. Its log must have the scope `centre`. */
export function startCentre(options: CentreOptions): Sync {
  const { onChange, enrol, ...sync } = options
  return startSync({
    ...sync,
    onChange: onChange ?? (() => undefined),
    onUp: (session) => publishMembers(session),
    onNews: (news, session) => {
      if (enrol?.() === true) publishMembers(session)
      acknowledge(session, news)
    },
  })
}

/** The member list is retained; publishing it again repairs a broker that lost it. */
function publishMembers(session: Session): void {
  const payload = storedListPayload(session.log.db)
  if (payload !== null) void session.link.publish(session.topics.members, payload, true)
}

/**
 * Acknowledges every log of which something came, after the commit, and all logs of a member that said what it has: so a desk
 * hears at once how far it is confirmed, and whether it was rewound.
 */
function acknowledge(session: Session, news: News): void {
  const { log } = session
  const origins = new Set(news.origins)
  for (const have of news.haves) {
    for (const origin of Object.keys((have.content.logs ?? {}) as object)) {
      if (isOrigin(origin) && originParts(origin).member === have.member) origins.add(origin)
    }
  }
  for (const origin of origins) {
    if (originParts(origin).member === log.member) continue
    const [branch] = branchesOf(log.db, origin)
    // A member may claim any names; only logs that are stored or known are worth an answer.
    if (branch === undefined && standingOf(log, origin) === null) continue
    const content =
      branch === undefined ? { upTo: 0, hash: firstHash(log.site, origin), personalUpTo: 0 } : ackContent(log, branch)
    void publishWord(session, session.topics.ack(origin), content, true)
  }
}
