// A disk that is full, or turns read-only, under a working desk: rings are shown, nothing is lost, nothing ends, and it is told.
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IncidentId, RelayId, ReportId } from '#domain/id.ts'
import { rebuildAll } from '#db/apply/rebuild.ts'
import { stateHash } from '#db/apply/state-hash.ts'
import { aggregates, opsOn } from '#db/log/stored-op.ts'
import { startCore, type Core } from '../core/start.ts'
import { coreStartIn, newFolder, openPage, type Page } from '../core/test-desk.ts'
import type { KillPlan } from '../core/test-kill-child.ts'
import { startTrialSite, type TrialSite } from './trial-site.ts'

const dir = newFolder()
const disk = join(dir, 'disk')
mkdirSync(disk)
/** A disk of our own needs root; without it the case is left out (scripts/skipped-tests.json). */
const hasDisk = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk]).status === 0
let site: TrialSite
let core: Core
let page: Page
const failures: unknown[] = []
const onFatal = (error: unknown): void => void failures.push(error)

beforeAll(async () => {
  const start = {
    nativeBinding: null,
    migrationsDir: resolve('db/migrations'),
    resourcesDir: resolve('resources'),
    version: '0.1.0',
  }
  site = await startTrialSite({ ...start, dir: join(dir, 'site') }, { pace: 0.05, onFatal })
  core = await startCore(
    { ...coreStartIn(join(disk, 'desk')), siteFile: site.siteFile },
    { onFatal, checkOutput: true, unactedMs: () => 50 },
  )
  page = openPage(core)
  await page.signIn()
  await page.until('sync', {}, ({ waiting, connected }) => waiting === 0 && connected.length === 2)
})
afterAll(async () => {
  await core?.stop()
  await site?.stop()
  if (hasDisk) execFileSync('umount', [disk])
  rmSync(dir, { recursive: true, force: true })
})

const filler = join(disk, 'filler')

/** Takes every free block. */
function fill(): void {
  const handle = openSync(filler, 'a')
  try {
    for (;;) if (writeSync(handle, Buffer.alloc(65_536)) === 0) return
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    closeSync(handle)
  }
}

async function openIncident(): Promise<IncidentId> {
  const ids = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
  await page.done('openIncident', { ...ids, call: null, source: 'walk-in', type: 'LAKA-LL', priority: null })
  return ids.incident
}

/** A call is taken from ring to end while the database refuses every write, and is on record when it takes them again. */
async function callThrough(fault: 'disk_full' | 'read_only', mend: () => void): Promise<void> {
  const incident = await openIncident()
  const draft = { on: `incident:${incident}`, field: 'landmark', over: [] }
  const relay = randomUUID() as RelayId
  await page.done('makeRelays', { incident, targets: [{ relay, agency: 'PSC119', channel: 'mqtt' }] })
  if (fault === 'disk_full') {
    // Emptied first, so that the next commit needs a new block.
    core.store.db.pragma('wal_checkpoint(TRUNCATE)')
    fill()
  } else core.store.db.pragma('query_only = ON')
  expect(await page.send('addNote', { incident, text: 'tidak tercatat' })).toMatchObject({ fault })
  expect(await page.send('saveDraft', { ...draft, text: 'depan pasar' })).toMatchObject({ fault })
  expect((await page.read('health', {})).disk).toBe(fault === 'disk_full' ? 'full' : 'read-only')
  await site.handlers.ringCall({ scenario: 'laka-pantura' }, { command: randomUUID(), session: null })
  const { ringing } = await page.until('calls', {}, (calls) => calls.ringing.length === 1)
  expect(ringing[0]).toMatchObject({ number: '+6281200004486', isRecorded: false })
  const call = ringing[0]!.call
  await page.done('answerCall', { call })
  await page.until('calls', {}, ({ active }) => active?.call === call && active.state === 'connected')
  // The agency goes on stepping meanwhile; what core cannot store is asked for again.
  await new Promise((settle) => setTimeout(settle, 2_500))
  expect(failures).toEqual([])
  mend()
  await page.until('calls', {}, ({ active }) => active?.call === call && active.isRecorded)
  await page.done('addNote', { incident, text: 'tercatat' })
  await page.done('endCall', { call })
  await page.until('calls', {}, ({ active }) => active?.state === 'ended')
  await page.done('classifyCall', { call, class: 'INFO' })
  const view = await page.until(
    'incident',
    { incident },
    (value) => value?.agencies.some((row) => row.relay?.step === 'done') ?? false,
  )
  expect(view?.notes.map(({ text }) => text)).toEqual(['tercatat'])
  expect((await page.read('health', {})).disk).toBe('ok')
  await page.until('sync', {}, ({ waiting }) => waiting === 0)
  const kinds = core.store.db.prepare('SELECT kind FROM op WHERE aggregate = ? ORDER BY seq').pluck()
  expect(kinds.all(`call:${call}`)).toEqual(['CallAnswered', 'CallEnded', 'CallFieldSet'])
  const { db } = core.store
  const before = stateHash(db)
  expect(rebuildAll(db, aggregates(db), opsOn)).toEqual([])
  expect(stateHash(db)).toBe(before)
  expect(failures).toEqual([])
}

describe('a desk', () => {
  it.runIf(hasDisk)('on a full disk shows and takes the call, and records it when there is room', async () => {
    await callThrough('disk_full', () => rmSync(filler))
  })

  it('whose database takes no writes any more does the same', async () => {
    await callThrough('read_only', () => core.store.db.pragma('query_only = OFF'))
  })

  it.runIf(hasDisk)('that ends while its disk is full comes back and shows the next ring', async () => {
    await core.stop()
    const start = { ...coreStartIn(join(disk, 'second')), siteFile: site.siteFile }
    const before = await startCore(start, { onFatal })
    const own = await openPage(before).signIn()
    await before.stop()
    const plan: KillPlan = {
      start,
      session: own,
      point: 'committed',
      name: 'openIncident',
      input: { incident: randomUUID(), report: randomUUID(), call: null, source: '112', type: null, priority: null },
      command: randomUUID(),
      needsRing: false,
      needsCentre: false,
    }
    expect(
      spawnSync(process.execPath, [resolve('electron/core/test-kill-child.ts'), JSON.stringify(plan)]).signal,
    ).toBe('SIGKILL')
    fill()
    // A new run of the program: it finds a session to close, and no room to write that down.
    core = await startCore({ ...start, boot: randomUUID() }, { onFatal, checkOutput: true })
    page = openPage(core)
    await page.until('calls', {}, ({ exchange }) => exchange.isOnline)
    await site.handlers.ringCall({ scenario: 'laka-pantura' }, { command: randomUUID(), session: null })
    const { ringing } = await page.until('calls', {}, (calls) => calls.ringing.length === 1)
    expect(ringing[0]).toMatchObject({ number: '+6281200004486', isRecorded: false })
    expect((await page.read('health', {})).disk).toBe('full')
    rmSync(filler)
    await page.until('calls', {}, (calls) => calls.ringing[0]?.isRecorded === true)
    await page.signIn()
    expect((await page.read('board', { limit: 10 })).total).toBe(1)
    expect(failures).toEqual([])
  })

  it('is not started in a folder that cannot be written, and says so', async () => {
    const folder = join(dir, 'read-only')
    mkdirSync(folder)
    // Root may write wherever rights alone forbid it.
    if (hasDisk) execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder])
    else chmodSync(folder, 0o555)
    const start = { ...coreStartIn(join(dir, 'other')), dataDir: folder, siteFile: site.siteFile }
    await expect(startCore(start, { onFatal })).rejects.toMatchObject({ name: 'StartRefused', reason: 'folder' })
    if (hasDisk) execFileSync('umount', [folder])
  })
})
