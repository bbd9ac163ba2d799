// A site to sync with: broker and centre in processes of their own, and the whole core of a desk in this one.
import { join } from 'node:path'
import { rootKey } from '../../electron/centre/member-list.ts'
import { coreStartIn, openPage, siteText, type Page } from '../../electron/core/test-desk.ts'
import { startCore, type Core } from '../../electron/core/start.ts'
import { benchSite, deskMember as member } from './desk-folder.ts'
import { startPeer } from './peer.ts'

const rootSeed = '33'.repeat(32)
const patienceMs = 180_000
const pollMs = 5

export type Drained = {
  readonly ops: number
  /** Until core runs, from there until the link is up, from there until everything is confirmed; seconds. */
  readonly startS: number
  readonly connectS: number
  readonly drainS: number
}

export type SyncSite = {
  readonly broker: string
  /** Lets the desk, which the centre knows, work without a network, then gives it back and waits until nothing waits. */
  readonly drain: (work: (core: Core, page: Page) => Promise<void>) => Promise<Drained>
  readonly close: () => Promise<void>
}

/** Starts a broker, a centre and, once, the desk, so that the centre knows it as it knows a desk of every day. */
export async function openSyncSite(dir: string): Promise<SyncSite> {
  const broker = await startPeer({ kind: 'broker' })
  const centreFacts = { dir: join(dir, 'centre'), site: benchSite, broker: broker.url, rootSeed, member }
  const centre = await startPeer({ kind: 'centre', ...centreFacts })
  const centreKey = rootKey(Buffer.from(rootSeed, 'hex')).key
  const online = siteText({ member, sync: broker.url, centreKey })
  const deskDir = join(dir, 'desk')
  await withDesk(deskDir, online, (core) => until('the desk is known', () => core.sync.facts().waiting === 0))
  return {
    broker: broker.url,
    drain: async (work) => {
      const ops = await withDesk(deskDir, siteText({ member, centreKey }), async (core, page) => {
        await page.signIn()
        await work(core, page)
        return core.sync.facts().waiting
      })
      return drainDesk(deskDir, online, ops)
    },
    close: async () => {
      await centre.stop()
      await broker.stop()
    },
  }
}

/** Runs a desk with a page that watches what a screen watches. */
async function withDesk<T>(dir: string, site: string, work: (core: Core, page: Page) => Promise<T>): Promise<T> {
  const onFatal = (error: unknown): never => {
    throw error
  }
  const core = await startCore(coreStartIn(dir, site), { onFatal })
  try {
    const page = openPage(core)
    for (const name of ['calls', 'missedCalls', 'alarms', 'sync', 'health'] as const) {
      page.client.watch(name, {}, () => undefined)
    }
    page.client.watch('board', { limit: 50 }, () => undefined)
    return await work(core, page)
  } finally {
    await core.stop()
  }
}

/** Drains `ops` changes. Nothing is done between the start of core and the first look, so that no part of it is missed. */
function drainDesk(dir: string, site: string, ops: number): Promise<Drained> {
  const begunAt = performance.now()
  return withDesk(dir, site, async (core) => {
    const startedAt = performance.now()
    await until('the link is up', () => core.sync.facts().link === 'up')
    const upAt = performance.now()
    await until('everything is confirmed', () => core.sync.facts().waiting === 0)
    const seconds = (from: number, to: number): number => (to - from) / 1000
    const times = { startS: seconds(begunAt, startedAt), connectS: seconds(startedAt, upAt) }
    return { ops, ...times, drainS: seconds(upAt, performance.now()) }
  })
}

async function until(what: string, check: () => boolean): Promise<void> {
  const end = performance.now() + patienceMs
  while (!check()) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`)
    await new Promise((settle) => setTimeout(settle, pollMs))
  }
}
