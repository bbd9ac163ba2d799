// Starts core out of what main handed over, in plain Node. Every start is a recovery.
import { randomUUID } from 'node:crypto'
import { commands } from '#contract/commands.ts'
import { serve, type Port } from '#contract/port.ts'
import { queries } from '#contract/queries.ts'
import type { CoreStart } from '#contract/shell.ts'
import type { NewOp } from '#domain/op.ts'
import { systemClock, type Clock } from '#domain/time.ts'
import { dropDeskSession, staleSessions } from '#db/local/desk-session.ts'
import { forgetOldReplies } from '#db/local/reply.ts'
import { assemble, type Assembled, type CoreOptions } from './assemble.ts'
import type { Desk } from './desk.ts'
import { dispatcher } from './dispatch.ts'
import { readGround, type Ground } from './ground.ts'
import { createLive, type Live } from './live.ts'
import { writeLog } from './log-line.ts'
import { openStore, type Store } from './open-store.ts'
import { tellOpening } from './opening-notice.ts'
import { systemAuthor } from './recorder.ts'
import { rules } from './rules.ts'
import type { Sync } from './sync/sync.ts'
import { seedTrialOperators } from './trial-operators.ts'
import { watchers } from './views/views.ts'

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

function openGround(start: CoreStart, ground: Ground, options: CoreOptions, clock: Clock): Promise<Store> {
  return openStore({
    ...start,
    clock,
    site: ground.site.site,
    member: options.agency?.member ?? ground.site.member,
    scope: options.agency === undefined ? 'full' : `agency:${options.agency.code}`,
    rootKey: ground.site.centreKey ?? null,
    renewFirstMs: options.renewFirstMs,
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

/** An agency that cannot be phoned is told before it is needed. The trial has one on purpose. */
function tellMissingNumbers({ health, agencies, isTrial }: Desk): void {
  const names = agencies.filter(({ phone }) => phone === null).map(({ name }) => name)
  if (!isTrial && names.length > 0) health.notice('no-number', { names: names.join(', ') })
}

/** More than this nobody mends at once; the log file has all. */
const mostTold = 3

function tellFiles({ health }: Desk, { siteProblems, referenceProblems }: Ground): void {
  if (siteProblems.length > 0) health.notice('site-file', { problems: siteProblems.join('\n') })
  if (referenceProblems.length === 0) return
  for (const problem of referenceProblems) writeLog('warn', 'reference pack refused', { problem })
  health.notice('reference-pack', { problems: referenceProblems.slice(0, mostTold).join('\n') })
}

/** Starts core. Throws StartRefused when it cannot run at all. */
export async function startCore(start: CoreStart, options: CoreOptions): Promise<Core> {
  const clock = options.clock ?? systemClock
  const ground = await readGround(start)
  const store = await openGround(start, ground, options, clock)
  if (start.isTrial) await seedTrialOperators(store.db, options.agency !== undefined)
  const live = createLive({ quietMs, onError: options.onFatal })
  const assembled = assemble({ start, ground, store, options, clock, live })
  const { desk, sync } = assembled
  tellFiles(desk, ground)
  tellMissingNumbers(desk)
  tellOpening(desk, store.opening)
  // What a full disk refuses now is done by a later start; rings must be shown by this one.
  desk.health.tried(() => forgetOldReplies(store.db, clock.now()))
  desk.health.tried(() => closeStaleSessions(desk))
  desk.calls.start()
  desk.health.start()
  return { desk, store, sync, ...running(assembled, { store, live, options }) }
}

type Running = { readonly store: Store; readonly live: Live; readonly options: CoreOptions }

function running(
  { desk, sync, copy, alarms, findIndex, renewal }: Assembled,
  { store, live, options }: Running,
): Pick<Core, 'servePage' | 'stop'> {
  const incarnation = randomUUID()
  const { handlers, idle } = dispatcher(desk, rules)
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
      // Nor may a command that is still at work; one that waits for the exchange is told that it is gone.
      await desk.calls.stop()
      await idle()
      alarms.stop()
      findIndex.stop()
      renewal.stop()
      desk.health.stop()
      await sync.stop()
      await copy.stop()
      store.reader.close()
      store.db.close()
    },
  }
}
