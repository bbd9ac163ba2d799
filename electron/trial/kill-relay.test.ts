// Core killed between the commit of a relay and its way out: the card still reaches the agency's desk, once.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreStart } from '#contract/shell.ts'
import type { IncidentId, RelayId, ReportId, SessionId } from '#domain/id.ts'
import { startCore } from '../core/start.ts'
import { coreStartIn, newFolder, openPage } from '../core/test-desk.ts'
import type { KillPlan } from '../core/test-kill-child.ts'
import { startTrialSite, type TrialSite } from './trial-site.ts'

const dir = newFolder()
let site: TrialSite
let start: CoreStart
let session: SessionId
const onFatal = (error: unknown): never => {
  throw error
}

beforeAll(async () => {
  const trial = {
    nativeBinding: null,
    migrationsDir: resolve('db/migrations'),
    resourcesDir: resolve('resources'),
    version: '0.1.0',
  }
  site = await startTrialSite({ ...trial, dir: join(dir, 'site') }, { pace: 0.01, onFatal })
  start = { ...coreStartIn(join(dir, 'desk')), siteFile: site.siteFile }
  const { core, page } = await opened()
  session = await page.signIn()
  await page.until('sync', {}, ({ waiting, connected }) => waiting === 0 && connected.length === 2)
  await core.stop()
})
afterAll(async () => {
  await site?.stop()
  rmSync(dir, { recursive: true, force: true })
})

async function opened() {
  const core = await startCore(start, { onFatal, checkOutput: true })
  return { core, page: openPage(core, session) }
}

async function kill(plan: KillPlan): Promise<void> {
  const child = spawn(process.execPath, [resolve('electron/core/test-kill-child.ts'), JSON.stringify(plan)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const signal = await new Promise((done) => child.once('close', (_code, by) => done(by)))
  expect(signal, `the point ${plan.point} was never reached`).toBe('SIGKILL')
}

describe('core killed after the commit of a relay by message', () => {
  it.each(['committed', 'woken', 'told', 'card-due', 'card-taken'])('at "%s"', async (point) => {
    const ids = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
    const { incident } = ids
    const { core: before, page: first } = await opened()
    await first.done('openIncident', { ...ids, call: null, source: 'walk-in', type: 'LAKA-LL', priority: null })
    await before.stop()
    const relay = randomUUID() as RelayId
    await kill({
      start,
      session,
      point,
      name: 'makeRelays',
      input: { incident, targets: [{ relay, agency: 'POLRES', channel: 'mqtt' }] },
      command: randomUUID(),
      needsRing: false,
      needsCentre: true,
    })
    const { core, page } = await opened()
    const view = await page.until(
      'incident',
      { incident },
      (value) => value?.agencies.some((row) => row.relay?.step === 'done') ?? false,
    )
    expect(view?.status).toBe('selesai')
    // The agency's officer starts once per card that is new to the desk; a second card would give its steps twice.
    const kinds = core.store.db.prepare('SELECT kind FROM op WHERE aggregate = ? ORDER BY log, seq').pluck()
    expect(kinds.all(`relay:${relay}`)).toEqual(['RelayMade', 'CardReceived', ...Array<string>(4).fill('RelayStepped')])
    await page.until('sync', {}, ({ waiting }) => waiting === 0)
    await core.stop()
  })
})
