// After an update that changed the rules: the desk works at once, the old rows follow in the background, and calls come first.
import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { isStateOutdated, rebuildAll } from '#db/apply/rebuild.ts'
import { stateHash } from '#db/apply/state-hash.ts'
import type { Renewal } from '#db/apply/renewal.ts'
import { buildFixture } from '#db/fixture/build.ts'
import { aggregates, opsOn } from '#db/log/stored-op.ts'
import { DatabaseError, openDatabase, transact } from '#db/open.ts'
import type { IncidentId, ReportId } from '#domain/id.ts'
import { Health } from './health.ts'
import { runRenewal } from './renewal-runner.ts'
import { newFolder, startTestDesk } from './test-desk.ts'

const ends: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** A desk with years of work whose rows were made by older rules. */
function outdatedFolder(): string {
  const dir = newFolder()
  const file = join(dir, 'meja.db')
  const key = '11'.repeat(32)
  const migrations = resolve('db/migrations')
  const facts = { key, migrations, seed: 112, endMs: Date.now(), site: 'demak-uji', member: 'B' }
  buildFixture({ ...facts, file, incidents: 700 })
  const db = openDatabase({ file, key })
  db.exec(`UPDATE state_rules SET version = 0; UPDATE incident SET status = 'old' WHERE is_on_board = 0`)
  db.close()
  return dir
}

test('the desk takes work at once, tells how far it is, and ends with the state of a whole rebuild', async () => {
  const { core, page, end } = await startTestDesk({ dir: outdatedFolder(), options: { renewFirstMs: 0 } })
  ends.push(end)
  const { db } = core.store
  await page.signIn()
  const ids = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
  await page.done('openIncident', { ...ids, call: null, source: 'walk-in', type: 'BKR-RMH', priority: null })
  expect(isStateOutdated(db)).toBe(true)
  const { renewalPercent } = await page.until('health', {}, (health) => health.renewalPercent !== null)
  expect(renewalPercent).toBeLessThan(100)
  for (let n = 0; n < 600 && isStateOutdated(db); n += 1) await new Promise((settle) => setTimeout(settle, 100))
  await page.until('health', {}, (health) => health.renewalPercent === null)
  const hash = stateHash(db)
  transact(db, () => rebuildAll(db, aggregates(db), opsOn))
  expect(stateHash(db)).toBe(hash)
}, 120_000)

/** A renewal that counts its slices. */
function counted(slice: () => boolean): Renewal {
  let isPending = true
  const renewal = {
    isPending: () => isPending,
    share: () => 0.5,
    slice: () => {
      isPending = !slice()
      return !isPending
    },
  }
  return renewal as unknown as Renewal
}

function running(facts: { slice: () => boolean; isCallOpen?: () => boolean; onFatal?: (error: unknown) => void }) {
  const health = new Health({ now: Date.now }, () => undefined)
  const runner = runRenewal({
    renewal: counted(facts.slice),
    health,
    isCallOpen: facts.isCallOpen ?? (() => false),
    changed: () => undefined,
    onFatal: facts.onFatal ?? (() => undefined),
  })
  ends.push(runner.stop)
  return { runner, health }
}
const moment = (ms: number) => new Promise((settle) => setTimeout(settle, ms))

test('nothing is done while a call rings or is in hand, and little after a command', async () => {
  let slices = 0
  let isCallOpen = true
  const slice = () => {
    slices += 1
    return false
  }
  const { runner } = running({ slice, isCallOpen: () => isCallOpen })
  await moment(100)
  expect(slices).toBe(0)
  isCallOpen = false
  await expect.poll(() => slices).toBeGreaterThan(3)
  runner.yield()
  const before = slices
  await moment(60)
  expect(slices).toBeLessThanOrEqual(before + 1)
})

test('a fault in the rules is told and the desk goes on; a full disk is waited out; a damaged file ends core', async () => {
  const fault = running({
    slice: () => {
      throw new Error('a rule fails')
    },
  })
  await expect.poll(() => fault.health.view(null).notices.map(({ kind }) => kind)).toEqual(['renewal-failed'])
  let tries = 0
  const full = running({
    slice: () => {
      tries += 1
      if (tries === 1) throw new DatabaseError('disk_full', 'full')
      return true
    },
  })
  await expect.poll(() => full.health.view(null).disk).toBe('full')
  await expect.poll(() => full.health.view(null).disk).toBe('ok')
  const fatal: unknown[] = []
  running({
    slice: () => {
      throw new DatabaseError('corrupted', 'damaged')
    },
    onFatal: (error) => fatal.push(error),
  })
  await expect.poll(() => fatal.length).toBe(1)
})
