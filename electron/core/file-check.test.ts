// A page that went bad where no start looks: found while the desk works, told, not copied over the good copy, mended by the next start.
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { IncidentId, ReportId } from '#domain/id.ts'
import { openDatabase } from '#db/open.ts'
import { startCore } from './start.ts'
import { newFolder, openPage, startTestDesk } from './test-desk.ts'

const folders: string[] = []
afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true })
})

/** A desk that worked, with a whole copy; `notes` fill pages that no start and no board reads. */
async function workedDesk() {
  const dir = newFolder()
  folders.push(dir)
  const { core, page, start } = await startTestDesk({ dir, options: { isFileChecked: true } })
  await page.signIn()
  const ids = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
  await page.done('openIncident', { ...ids, call: null, source: 'walk-in', type: 'BKR-RMH', priority: null })
  for (let n = 0; n < 320; n += 1)
    await page.done('addNote', { incident: ids.incident, text: `catatan ${n}`.repeat(9) })
  expect(await page.until('health', {}, (health) => health.fullCheck !== null)).toMatchObject({
    fullCheck: { at: expect.any(Number), result: 'ok' },
    notices: [],
  })
  await core.stop()
  return { dir, start, incident: ids.incident }
}

/** Spoils a page with early ops of the log, that neither a start nor a screen reads. */
function spoilOldPage(file: string): void {
  const db = openDatabase({ file, key: '11'.repeat(32) })
  db.pragma('wal_checkpoint(TRUNCATE)')
  const sql = `SELECT pageno FROM dbstat WHERE name = 'op' AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 5`
  const { pageno } = db.prepare(sql).get() as { readonly pageno: number }
  const size = db.pragma('page_size', { simple: true }) as number
  db.close()
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(64, 0x5a), 0, 64, (pageno - 1) * size + 1_000)
  closeSync(handle)
}

async function reopened(start: Parameters<typeof startCore>[0]) {
  const onFatal = (error: unknown): never => {
    throw error
  }
  const core = await startCore({ ...start, boot: randomUUID() }, { onFatal, isFileChecked: true })
  const page = openPage(core)
  await page.signIn()
  return { core, page }
}

test('is found while the desk works, told, and the last good copy stays and is opened by the next start', async () => {
  const { dir, start, incident } = await workedDesk()
  spoilOldPage(join(dir, 'meja.db'))
  const copy = readFileSync(join(dir, 'copy', 'meja.db'))

  const { core, page } = await reopened(start)
  const told = await page.until('health', {}, (health) => health.fullCheck?.result === 'damaged')
  expect(told.notices.map(({ kind }) => kind)).toEqual(['database-damaged'])
  // Work goes on, and what is recorded now is not lost either.
  await page.done('addNote', { incident, text: 'sesudah rusak' })
  await core.stop()
  expect(readFileSync(join(dir, 'copy', 'meja.db')).equals(copy)).toBe(true)

  const next = await reopened(start)
  const notes = (await next.page.read('incident', { incident }))?.notes ?? []
  expect(notes).toHaveLength(321)
  expect(notes.some(({ text }) => text === 'sesudah rusak')).toBe(true)
  const health = await next.page.until('health', {}, (one) => one.fullCheck?.result === 'ok')
  expect(health.notices.map(({ kind }) => kind)).toEqual(['database-set-aside'])
  await next.core.stop()
  expect(readdirSync(dir).some((name) => name.startsWith('meja.db.damaged-'))).toBe(true)
}, 60_000)

test('is not marked while there is no copy: a damaged database is better than an empty one', async () => {
  const { dir, start, incident } = await workedDesk()
  spoilOldPage(join(dir, 'meja.db'))
  rmSync(join(dir, 'copy'), { recursive: true })
  const { core, page } = await reopened(start)
  await page.until('health', {}, (health) => health.fullCheck?.result === 'damaged')
  expect(existsSync(join(dir, 'meja.db.found-damaged'))).toBe(false)
  expect((await page.read('incident', { incident }))?.notes.length).toBe(320)
  await core.stop()
}, 60_000)
