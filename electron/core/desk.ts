// What commands and views may use of core: data, clock and the seams to telephone and sync. It decides nothing itself.
import type { Agency } from '#domain/agency.ts'
import type { SessionId } from '#domain/id.ts'
import type { Role } from '#domain/operator.ts'
import type { Gazetteer, Landmarks, Village } from '#domain/place.ts'
import type { PresenceState } from '#domain/presence.ts'
import type { Site } from '#domain/site.ts'
import type { Clock } from '#domain/time.ts'
import type { Card, SignedCard } from '#log/card.ts'
import type { Db } from '#db/open.ts'
import type { AlarmTimer } from './alarm-timer.ts'
import type { BorderDesk } from './borders/border-desk.ts'
import type { CallDesk } from './call-desk.ts'
import type { Health } from './health.ts'
import type { Recorder } from './recorder.ts'
import type { Reference } from './reference.ts'
import type { AtStep } from './step.ts'
import type { SyncFacts } from './sync/facts.ts'
import type { JobInput, JobName, JobOutput, RunningJob } from './worker.ts'

/** The person a command is carried out for; always core's own session, never what a message claims. */
export type Actor = { readonly operator: string; readonly role: Role; readonly session: SessionId }
/** The person with the id of the command, under which its reply is kept. */
export type Caller = Actor & { readonly command: string }

export type Desk = {
  readonly db: Db
  readonly clock: Clock
  readonly site: Site
  /** This desk's name on the wire. */
  readonly member: string
  /** The agency whose desk this is, or null on a call taker's desk. */
  readonly agencyCode: string | null
  readonly reference: Reference
  readonly gazetteer: Gazetteer
  readonly landmarks: Landmarks
  readonly villages: ReadonlyMap<string, Village>
  readonly borders: BorderDesk
  readonly agencies: readonly Agency[]
  readonly version: string
  readonly isTrial: boolean
  /** Names this run of the program; sessions of another run are over. */
  readonly boot: string
  readonly dataDir: string
  readonly recorder: Recorder
  readonly calls: CallDesk
  readonly health: Health
  readonly sync: () => SyncFacts
  /** Where another desk is, as far as this desk hears; offline while it hears nobody. */
  readonly presenceOf: (member: string) => PresenceState
  /** Desk clock minus centre clock, ms; null = never measured. */
  readonly clockOffsetMs: () => number | null
  /** How long a relay waits that was told at `since`; a clock that was set back does not shorten it. */
  readonly waitedMs: AlarmTimer['waitedMs']
  readonly signCard: (agency: string, card: Card) => SignedCard
  /** Sends every card that an agency does not hold yet at once; false while there is no connection. */
  readonly repeatCards: (agency: string) => boolean
  /** Indexes what was just recorded, before somebody searches. */
  readonly catchUpFindIndex: () => void
  /** Starts long reading of this desk's database in a thread of its own. */
  readonly startJob: <Name extends JobName>(job: Name, input: JobInput<Name>) => RunningJob<JobOutput<Name>>
  /** Named points between which a test may end the process. */
  readonly step: AtStep
  /** Something outside the database changed that screens show. */
  readonly changed: () => void
}
