// Starts core out of what main handed over, in plain Node: database, log, calls, sync, screens. Every start is a recovery.
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { commands } from '#contract/commands.ts'
import { serve, type Port } from '#contract/port.ts'
import { queries } from '#contract/queries.ts'
import type { CallSource } from '#contract/call-source.ts'
import type { CoreStart } from '#contract/shell.ts'
import { agencyDirectory } from '#domain/agency.ts'
import type { NewOp } from '#domain/op.ts'
import type { Site } from '#domain/site.ts'
import { systemClock, type Clock } from '#domain/time.ts'
import { makeCard } from '#log/card.ts'
import { dropDeskSession, staleSessions } from '#db/local/desk-session.ts'
import { forgetOldReplies } from '#db/local/reply.ts'
import { correctedNow } from '#db/log/log.ts'
import { startAlarmTimer } from './alarm-timer.ts'
import { readBrokerPassword } from './broker-password.ts'
import { CallDesk, unactedDelay } from './call-desk.ts'
import { keepCopy, type CopyKeeper } from './copy-keeper.ts'
import { createMqttCti } from './calls/mqtt-cti.ts'
import type { Desk } from './desk.ts'
import { dispatcher } from './dispatch.ts'
import { loadGazetteer } from './gazetteer.ts'
import { Health } from './health.ts'
import { createLive, type Live } from './live.ts'
import { writeLog } from './log-line.ts'
import { createRecorder } from './log-recorder.ts'
import { openStore, type Store } from './open-store.ts'
import { systemAuthor } from './recorder.ts'
import { loadReference, type Reference } from './reference.ts'
import { rules } from './rules.ts'
import { loadSite } from './site.ts'
import { StartRefused } from './start-refused.ts'
import { noStep, type AtStep } from './step.ts'
import type { ReceivedCard } from './sync/intake.ts'
import { startSync, type Sync } from './sync/sync.ts'
import type { Timing } from './sync/timing.ts'
import { seedTrialOperators } from './trial-operators.ts'
import { watchers } from './views/views.ts'

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
  /** Also parses every output; tests only. */
  readonly checkOutput?: boolean
}

export type Core = {
  readonly desk: Desk
  readonly store: Store
  readonly sync: Sync
  /** Serves one page on a port that main has checked. */
  readonly servePage: (port: Port) => void
  readonly stop: () => Promise<void>
}

/** At most this often while a backlog drains; the first change after a pause is pushed at once (ms). */
const quietMs = 50

/** The exchange of a desk that takes no calls. */
const noCalls: CallSource = {
  start: () => undefined,
  stop: () => Promise.resolve(),
  snapshot: () => [],
  health: () => ({ isOnline: false, capabilities: [], queue: { waiting: 0, longestSince: null }, refused: {} }),
  command: () => Promise.resolve({ ok: false, reason: 'offline' }),
}

type Ground = {
  readonly site: Site
  readonly siteProblems: readonly string[]
  readonly password: string | undefined
  readonly reference: Reference
  readonly gazetteer: Desk['gazetteer']
}

/** Reads what core stands on: site file, reference packs, gazetteer. */
async function readGround(start: CoreStart): Promise<Ground> {
  const loaded = await loadSite(start.siteFile, join(start.dataDir, 'site.last-good.yaml'))
  if (loaded.site === null) throw new StartRefused('site', loaded.problems.join('\n'))
  const reference = await loadReference(join(start.resourcesDir, 'reference'))
  if (!reference.ok) throw new StartRefused('start', reference.problems.join('\n'))
  const areas = dirname(createRequire(import.meta.url).resolve('idn-area-data/data/villages.csv'))
  const gazetteer = await loadGazetteer(areas, loaded.site.regency).catch((error: unknown) => {
    throw new StartRefused('site', error instanceof Error ? error.message : String(error))
  })
  const { password, problems } = await readBrokerPassword(start.siteFile, loaded.site.brokers.passwordFile)
  const siteProblems = [...loaded.problems, ...problems]
  return { site: loaded.site, password, siteProblems, reference: reference.reference, gazetteer }
}

function openGround(start: CoreStart, ground: Ground, options: CoreOptions, clock: Clock): Promise<Store> {
  return openStore({
    ...start,
    clock,
    site: ground.site.site,
    member: options.agency?.member ?? ground.site.member,
    scope: options.agency === undefined ? 'full' : `agency:${options.agency.code}`,
    rootKey: ground.site.centreKey ?? null,
  })
}

/** Sessions of earlier runs ended with the power; the record says so now. */
function closeStaleSessions(desk: Desk): void {
  const stale = staleSessions(desk.db, desk.boot)
  if (stale.length === 0) return
  desk.recorder.transact(systemAuthor, () => {
    for (const { session } of stale) dropDeskSession(desk.db, session)
    return stale.map(({ session }): NewOp => ({ kind: 'SessionClosed', on: `session:${session}`, body: {} }))
  })
}

/** What had to be done to open the database is told until somebody has read it. */
function tellOpening({ health }: Desk, { opening }: Store): void {
  if (opening.from === 'copy') health.notice('database-set-aside', { ops: String(opening.ops) })
  if (opening.from === 'nothing') health.notice('database-lost')
}

/** Starts core. Throws StartRefused when it cannot run at all. */
export async function startCore(start: CoreStart, options: CoreOptions): Promise<Core> {
  const clock = options.clock ?? systemClock
  const ground = await readGround(start)
  const store = await openGround(start, ground, options, clock)
  if (start.isTrial) await seedTrialOperators(store.db, options.agency !== undefined)
  forgetOldReplies(store.db, clock.now())
  const live = createLive({ quietMs, onError: options.onFatal })
  const desk = assemble(start, { ground, store, options, clock, live })
  if (ground.siteProblems.length > 0) desk.desk.health.notice('site-file', { problems: ground.siteProblems.join('\n') })
  tellOpening(desk.desk, store)
  closeStaleSessions(desk.desk)
  desk.desk.calls.start()
  desk.desk.health.start()
  return desk
}

type Parts = {
  readonly ground: Ground
  readonly store: Store
  readonly options: CoreOptions
  readonly clock: Clock
  readonly live: Live
}

function assemble(start: CoreStart, { ground, store, options, clock, live }: Parts): Core {
  const { site, password, reference, gazetteer } = ground
  const { db, log } = store
  const member = log.member
  const step = options.step ?? noStep
  const health = new Health(clock, live.changed)
  const onCommit = (): void => {
    live.changed()
    sync.wake()
    copy.afterCommit()
    alarms.set()
  }
  const recorder = createRecorder(log, onCommit, step)
  const sync = startSync({
    log,
    reader: store.reader,
    brokers: site.brokers.sync,
    password,
    app: start.version,
    step,
    ...(options.timing === undefined ? {} : { timing: options.timing }),
    onChange: () => {
      live.changed()
      copy.afterCommit()
      alarms.set()
    },
    ...(options.agency?.onCard === undefined ? {} : { onCard: options.agency.onCard }),
    onFailure: (failure) => writeLog('error', 'received ops not stored', { failure }),
  })
  const copy = keepCopy({
    store,
    databaseKey: start.key,
    now: clock.now,
    onState: ({ failure }) =>
      health.setSecondCopy(start.secondDir === null ? 'off' : failure === null ? 'ok' : 'behind'),
  })
  const alarms = startAlarmTimer({
    db,
    clock: { now: () => correctedNow(log) },
    limitMs: site.targets.p1AckSeconds * 1000,
    onDue: live.changed,
  })
  const { bridge, brokers } = site
  const source =
    options.agency === undefined
      ? createMqttCti({ site: site.site, member, bridge, brokers: brokers.exchange, password, clock })
      : noCalls
  const unactedMs = options.unactedMs ?? unactedDelay
  const calls = new CallDesk({
    db,
    clock,
    member,
    boot: start.boot,
    source,
    recorder,
    health,
    changed: live.changed,
    unactedMs,
  })
  const desk: Desk = {
    db,
    clock,
    site,
    member,
    agencyCode: options.agency?.code ?? null,
    reference,
    gazetteer,
    villages: new Map(gazetteer.villages.map((village) => [village.code, village])),
    agencies: agencyDirectory(reference.agencies, site.agencies),
    version: start.version,
    isTrial: start.isTrial,
    boot: start.boot,
    dataDir: start.dataDir,
    recorder,
    calls,
    health,
    sync: sync.facts,
    clockOffsetMs: () => log.memory.offset,
    waitedMs: alarms.waitedMs,
    signCard: (agency, card) => makeCard(site.site, log.memory.key, agency, card),
    repeatCards: sync.repeatCards,
    step,
    changed: live.changed,
  }
  return { desk, store, sync, ...running(desk, { store, sync, live, alarms, copy, options }) }
}

type Running = Pick<Parts, 'store' | 'live' | 'options'> & {
  sync: Sync
  copy: CopyKeeper
  alarms: { stop: () => void }
}

function running(desk: Desk, { store, sync, live, alarms, copy, options }: Running): Pick<Core, 'servePage' | 'stop'> {
  const incarnation = randomUUID()
  const handlers = dispatcher(desk, rules)
  const pages = new Set<Port>()
  return {
    servePage: (port) => {
      pages.add(port)
      port.onClose(() => pages.delete(port))
      serve(
        port,
        { commands, handlers, queries, watchers: watchers(desk, live) },
        {
          incarnation,
          onInvalid: (what) => writeLog('warn', 'invalid message refused', { what }),
          onError: options.onFatal,
          checkOutput: options.checkOutput ?? false,
        },
      )
    },
    stop: async () => {
      // A page must not reach a database that is closed.
      for (const page of pages) page.close()
      live.stop()
      alarms.stop()
      desk.health.stop()
      await desk.calls.stop()
      await sync.stop()
      await copy.stop()
      store.reader.close()
      store.db.close()
    },
  }
}
