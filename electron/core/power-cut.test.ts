// A power cut, as copies of the files with their ends torn off: what was told as saved is there, the rest whole or not at all.
import { randomBytes, randomUUID } from 'node:crypto'
import { copyFileSync, cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IncidentId, RelayId, ReportId } from '#domain/id.ts'
import { rebuildAll } from '#db/apply/rebuild.ts'
import { stateHash } from '#db/apply/state-hash.ts'
import { copyFiles } from '#db/log/copy.ts'
import { aggregates, opsOn } from '#db/log/stored-op.ts'
import { startCore } from './start.ts'
import { until } from './sync/test-site.ts'
import { newFolder, openPage, startTestDesk } from './test-desk.ts'

const root = newFolder()
const incident = randomUUID() as IncidentId
/** What the page was told after each command: ops in the log, and how far the write-ahead log was on the disk. */
const told: { readonly ops: number; readonly bytes: number }[] = []
let start: Awaited<ReturnType<typeof startTestDesk>>['start']
let log: Buffer

beforeAll(async () => {
  const desk = await startTestDesk({ dir: join(root, 'desk') })
  start = desk.start
  const { page, core } = desk
  // The whole copy empties the write-ahead log; from here on it only grows.
  await until('the whole copy', () => existsSync(join(root, 'desk', 'copy', copyFiles.whole)))
  core.store.db.pragma('wal_checkpoint(TRUNCATE)')
  const file = join(root, 'desk', 'meja.db-wal')
  const note = (): void => {
    const ops = core.store.db.prepare('SELECT count(*) FROM op').pluck().get() as number
    told.push({ ops, bytes: statSync(file).size })
  }
  await page.signIn()
  note()
  const ids = { incident, report: randomUUID() as ReportId }
  await page.done('openIncident', { ...ids, call: null, source: 'walk-in', type: 'BKR-RMH', priority: null })
  note()
  for (let n = 0; n < 4; n += 1) {
    await page.done('addNote', { incident, text: `catatan ${n} ${'panjang '.repeat(200)}` })
    note()
  }
  const targets = [{ relay: randomUUID() as RelayId, agency: 'DAMKAR', channel: 'phone' as const }]
  await page.done('makeRelays', { incident, targets })
  note()
  // As the disk would hold them if the power failed now: nothing is closed, nothing is checkpointed.
  cpSync(join(root, 'desk'), join(root, 'image'), { recursive: true })
  log = readFileSync(join(root, 'image', 'meja.db-wal'))
  await core.stop()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Opens the image with its write-ahead log replaced; gives the ops that are there. */
async function opsAfter(writeAhead: Buffer): Promise<number> {
  const dir = join(root, randomUUID())
  cpSync(join(root, 'image'), dir, { recursive: true, filter: (path) => !path.endsWith('-shm') })
  writeFileSync(join(dir, 'meja.db-wal'), writeAhead)
  copyFileSync(start.siteFile, join(dir, 'site.yaml'))
  const onFatal = (error: unknown): never => {
    throw error
  }
  const core = await startCore({ ...start, dataDir: dir, boot: randomUUID() }, { onFatal, checkOutput: true })
  const page = openPage(core)
  expect((await page.read('health', {})).notices).toEqual([])
  const { db } = core.store
  const before = stateHash(db)
  expect(rebuildAll(db, aggregates(db), opsOn)).toEqual([])
  expect(stateHash(db)).toBe(before)
  // The session of the run that ended is closed by this start.
  const ops = db.prepare("SELECT count(*) FROM op WHERE kind <> 'SessionClosed'").pluck().get() as number
  await core.stop()
  rmSync(dir, { recursive: true, force: true })
  return ops
}

describe('a power cut', () => {
  it('takes nothing that was told as saved, wherever it tears the file', async () => {
    expect(told.at(-1)?.bytes).toBe(log.byteLength)
    expect(new Set(told.map(({ bytes }) => bytes)).size).toBe(told.length)
    for (const [place, { ops, bytes }] of told.entries()) {
      const next = told[place + 1]
      const behind = (next?.bytes ?? bytes) - bytes
      for (const torn of [0, Math.floor(behind / 3), behind - 1].filter((extra) => extra >= 0)) {
        expect(await opsAfter(log.subarray(0, bytes + torn))).toBe(ops)
      }
    }
  })

  it('leaves rubbish behind what was saved, and it is not believed', async () => {
    for (const { ops, bytes } of told.slice(1, 4)) {
      expect(await opsAfter(Buffer.concat([log.subarray(0, bytes), randomBytes(9_000)]))).toBe(ops)
      // Blocks of an older use of the same file.
      expect(await opsAfter(Buffer.concat([log.subarray(0, bytes), log.subarray(0, 8_240)]))).toBe(ops)
    }
  })
})
