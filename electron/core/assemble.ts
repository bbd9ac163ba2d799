// Puts the parts of a running core together: recorder, sync, copy, alarms, calls. It starts no call and serves no page.
import { join } from 'node:path'
import type { CallSource } from '#contract/call-source.ts'
import type { CoreStart } from '#contract/shell.ts'
import { agencyDirectory } from '#domain/agency.ts'
import type { Clock } from '#domain/time.ts'
import { makeCard } from '#log/card.ts'
import { deskSession } from '#db/local/desk-session.ts'
import { correctedNow } from '#db/log/log.ts'
import { BorderDesk } from './borders/border-desk.ts'
import { startAlarmTimer, type AlarmTimer } from './alarm-timer.ts'
import { CallDesk, unactedDelay } from './call-desk.ts'
import { createMqttCti } from './calls/mqtt-cti.ts'
import { keepCopy, type CopyKeeper } from './copy-keeper.ts'
import type { Desk } from './desk.ts'
import { keepFindIndex, type FindIndex } from './find-index.ts'
import type { Ground } from './ground.ts'
import { fileCheck } from './file-check.ts'
import { Health } from './health.ts'
import type { Live } from './live.ts'
import { writeLog } from './log-line.ts'
import { createRecorder } from './log-recorder.ts'
import { runRenewal, type RenewalRunner } from './renewal-runner.ts'
import type { Store } from './open-store.ts'
import type { Recorder } from './recorder.ts'
import { noStep, type AtStep } from './step.ts'
import type { ReceivedCard } from './sync/intake.ts'
import { startSync, type Sync } from './sync/sync.ts'
import type { Timing } from './sync/timing.ts'
import { startJob } from './worker.ts'

export type CoreOptions = {
  readonly clock?: Clock
  /** An error nobody foresaw: the process should end and be started again. */
  readonly onFatal: (error: unknown) => void
  /** Other durations of sync than the usual ones; tests shorten them. */
  readonly timing?: Partial<Timing>
  /** Called at the named points of a commit; tests end the process there. */
  readonly step?: AtStep
  /** An agency's desk instead of a call taker's: its member name and agency code. */
  readonly agency?: {
    readonly member: string
    readonly code: string
    /** A card came; `isNew` once per card. */
    readonly onCard?: (card: ReceivedCard) => void
  }
  readonly unactedMs?: () => number
  /** All of the database is read in a thread before each whole copy; the program does, most tests do not. */
  readonly isFileChecked?: boolean
  /** How long a start renews rows of older rules before the desk opens; tests shorten it. */
  readonly renewFirstMs?: number
  /** Also parses every output; tests only. */
  readonly checkOutput?: boolean
}

export type Parts = {
  readonly start: CoreStart
  readonly ground: Ground
  readonly store: Store
  readonly options: CoreOptions
  readonly clock: Clock
  readonly live: Live
}

export type Assembled = {
  readonly desk: Desk
  readonly sync: Sync
  readonly copy: CopyKeeper
  readonly alarms: AlarmTimer
  readonly findIndex: FindIndex
  readonly renewal: RenewalRunner
}

/** The exchange of a desk that takes no calls. */
const noCalls: CallSource = {
  start: () => undefined,
  stop: () => Promise.resolve(),
  snapshot: () => [],
  health: () => ({ isOnline: false, capabilities: [], queue: { waiting: 0, longestSince: null }, refused: {} }),
  command: () => Promise.resolve({ ok: false, reason: 'offline' }),
}

/** Joins everything that hears of commits; the listeners that need the recorder are added after it. */
export function assemble(parts: Parts): Assembled {
  const { store, options, clock, live } = parts
  const health = new Health(clock, live.changed)
  const afterCommit: (() => void)[] = [live.urgent]
  const recorder = createRecorder(store.log, () => afterCommit.forEach((tell) => tell()), options.step ?? noStep)
  const alarms = startAlarmTimer({
    db: store.db,
    clock: { now: () => correctedNow(store.log) },
    limitMs: parts.ground.site.targets.p1AckSeconds * 1000,
    onDue: live.changed,
  })
  const copy = startCopying(parts, health)
  const findIndex = keepFindIndex(store.db, (error) =>
    writeLog('warn', 'incidents not indexed', { error: String(error) }),
  )
  const sync = connect(parts, () => {
    live.changed()
    copy.afterCommit()
    findIndex.afterCommit()
    alarms.set()
  })
  const tellPresence = presenceTeller(parts, sync)
  tellPresence()
  const calls = callDesk(parts, recorder, health)
  const renewal = startRenewal(parts, { health, calls, alarms })
  afterCommit.push(sync.wake, copy.afterCommit, findIndex.afterCommit, alarms.set, tellPresence, renewal.yield)
  const desk = deskOf(parts, { recorder, calls, health, sync, alarms, findIndex })
  return { desk, sync, copy, alarms, findIndex, renewal }
}

function startRenewal(
  { store, live, options }: Parts,
  { health, calls, alarms }: Pick<Running, 'health' | 'calls' | 'alarms'>,
): RenewalRunner {
  return runRenewal({
    renewal: store.renewal,
    health,
    isCallOpen: () => calls.isOpen(),
    changed: () => {
      live.changed()
      alarms.set()
    },
    onFatal: options.onFatal,
  })
}

function startCopying({ start, store, clock, options }: Parts, health: Health): CopyKeeper {
  return keepCopy({
    store,
    databaseKey: start.key,
    check: options.isFileChecked === true ? fileCheck({ store, dataDir: start.dataDir, health, now: clock.now }) : null,
    now: clock.now,
    onState: ({ failure }) =>
      health.setSecondCopy(start.secondDir === null ? 'off' : failure === null ? 'ok' : 'behind'),
  })
}

function connect({ start, ground, store, options }: Parts, onChange: () => void): Sync {
  const onCard = options.agency?.onCard
  return startSync({
    log: store.log,
    reader: store.reader,
    brokers: ground.site.brokers.sync,
    password: ground.password,
    app: start.version,
    step: options.step ?? noStep,
    ...(options.timing === undefined ? {} : { timing: options.timing }),
    onChange,
    ...(onCard === undefined ? {} : { onCard }),
    onFailure: (failure) => writeLog('error', 'received ops not stored', { failure }),
  })
}

/** Tells the others whether somebody is at this desk. An agency's desk is served by its program: it is there while that runs. */
function presenceTeller({ start, store, options }: Parts, sync: Sync): () => void {
  return () => {
    const isStaffed = options.agency !== undefined || deskSession(store.db, start.boot) !== null
    sync.setPresence(isStaffed ? 'online' : 'signed-out')
  }
}

function callDesk({ start, ground, store, options, clock, live }: Parts, recorder: Recorder, health: Health): CallDesk {
  const { site, password } = ground
  const { member } = store.log
  const exchange = { site: site.site, member, bridge: site.bridge, brokers: site.brokers.exchange, password, clock }
  return new CallDesk({
    db: store.db,
    clock,
    member,
    boot: start.boot,
    source: options.agency === undefined ? createMqttCti(exchange) : noCalls,
    recorder,
    health,
    changed: live.urgent,
    unactedMs: options.unactedMs ?? unactedDelay,
  })
}

type Running = Pick<Desk, 'recorder' | 'calls' | 'health'> & { readonly sync: Sync } & Pick<
    Assembled,
    'alarms' | 'findIndex'
  >

/** How another connection opens the same database. */
function databaseOf({ key, nativeBinding }: CoreStart, { db }: Store) {
  return { file: db.name, key, nativeBinding: nativeBinding ?? undefined }
}

function borderDesk({ start, ground, store, clock, live }: Parts): BorderDesk {
  return new BorderDesk({
    folder: join(start.dataDir, 'reference'),
    regency: ground.gazetteer.regency.code,
    villages: ground.gazetteer.villages.map(({ code }) => code),
    borders: ground.borders,
    now: clock.now,
    changed: live.changed,
    startJob: (job, input, onProgress) => startJob({ job, database: databaseOf(start, store), input, onProgress }),
  })
}

function deskOf(parts: Parts, running: Running): Desk {
  const { start, ground, store, options, clock, live } = parts
  const { site, reference, gazetteer, landmarks } = ground
  const { log } = store
  const { recorder, calls, health, sync, alarms, findIndex } = running
  return {
    db: store.db,
    clock,
    site,
    member: log.member,
    agencyCode: options.agency?.code ?? null,
    reference,
    gazetteer,
    landmarks,
    villages: new Map(gazetteer.villages.map((village) => [village.code, village])),
    borders: borderDesk(parts),
    agencies: agencyDirectory(reference.agencies, site.agencies),
    version: start.version,
    isTrial: start.isTrial,
    boot: start.boot,
    dataDir: start.dataDir,
    recorder,
    calls,
    health,
    sync: sync.facts,
    presenceOf: sync.presenceOf,
    clockOffsetMs: () => log.memory.offset,
    waitedMs: alarms.waitedMs,
    signCard: (agency, card) => makeCard(site.site, log.memory.key, agency, card),
    repeatCards: sync.repeatCards,
    catchUpFindIndex: findIndex.catchUp,
    startJob: (job, input) => startJob({ job, database: databaseOf(start, store), input }),
    step: options.step ?? noStep,
    changed: live.changed,
  }
}
