// A damaged database: set aside, the last good copy opened, what came since taken from the running copy, and everybody told.
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { IncidentId, ReportId } from '#domain/id.ts'
import { startCore } from './start.ts'
import { markDamaged } from './open-store.ts'
import { newFolder, openPage, startTestDesk } from './test-desk.ts'

const folders: string[] = []
afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true })
})

/** A desk that worked, was copied and stopped; gives what its board said. */
async function workedDesk() {
  const dir = newFolder()
  folders.push(dir)
  const { core, page, start } = await startTestDesk({ dir })
  await page.signIn()
  const open = () => ({ incident: randomUUID() as IncidentId, report: randomUUID() as ReportId })
  const first = open()
  await page.done('openIncident', { ...first, call: null, source: 'walk-in', type: 'BKR-RMH', priority: null })
  await page.done('setIncidentField', { incident: first.incident, field: 'landmark', value: 'Pasar Buyaran', over: [] })
  await page.done('addNote', { incident: first.incident, text: 'api besar' })
  const { rows } = await page.read('board', { limit: 10 })
  await core.stop()
  return { dir, start, label: rows[0]!.label, incident: first.incident }
}

/** Overwrites the pages of a file from `from` on with bytes that are no database. */
function damage(file: string, from: number): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(statSync(file).size - from, 0x5a), 0, undefined, from)
  closeSync(handle)
}

async function reopened(start: Parameters<typeof startCore>[0]) {
  const onFatal = (error: unknown): never => {
    throw error
  }
  const core = await startCore({ ...start, boot: randomUUID() }, { onFatal, checkOutput: true })
  const page = openPage(core)
  await page.signIn()
  return { core, page }
}

describe('a damaged database', () => {
  for (const [what, from] of [
    ['from its first page on', 0],
    ['behind its first page', 4096],
  ] as const) {
    it(`that is damaged ${what} is set aside; nothing that was saved is lost and a new epoch begins`, async () => {
      const { dir, start, label, incident } = await workedDesk()
      damage(join(dir, 'meja.db'), from)
      if (from > 0) markDamaged(dir)
      const { core, page } = await reopened(start)
      const board = await page.read('board', { limit: 10 })
      expect(board.rows.map((row) => row.label)).toEqual([label])
      expect((await page.read('incident', { incident }))?.notes.map(({ text }) => text)).toEqual(['api besar'])
      const health = await page.read('health', {})
      expect(health.notices.map(({ kind }) => kind)).toEqual(['database-set-aside'])
      expect(readdirSync(dir).some((name) => name.startsWith('meja.db.damaged-'))).toBe(true)
      // Numbers that were spoken must not be used twice: the new epoch leaves room for what it may not know.
      const next = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
      const opened = await page.done('openIncident', {
        ...next,
        call: null,
        source: 'walk-in',
        type: 'BCN-BJR',
        priority: null,
      })
      expect(Number(opened.label.slice(-3))).toBe(Number(label.slice(-3)) + 101)
      await core.stop()
    })
  }

  it('without any copy begins anew and says so loudly, with the damaged file kept', async () => {
    const { dir, start } = await workedDesk()
    rmSync(join(dir, 'copy'), { recursive: true })
    damage(join(dir, 'meja.db'), 0)
    const { core, page } = await reopened(start)
    expect((await page.read('board', { limit: 10 })).total).toBe(0)
    expect((await page.read('health', {})).notices.map(({ kind }) => kind)).toEqual(['database-lost'])
    expect(readdirSync(dir).some((name) => name.startsWith('meja.db.damaged-'))).toBe(true)
    await core.stop()
  })

  it('of a newer program is refused and left as it is', async () => {
    const { dir, start } = await workedDesk()
    const { openDatabase } = await import('#db/open.ts')
    const db = openDatabase({ file: join(dir, 'meja.db'), key: start.key })
    db.prepare("INSERT INTO migration (number, name, sha256, applied_at) VALUES (9999, '9999-later.sql', 'x', 0)").run()
    db.close()
    await expect(reopened(start)).rejects.toMatchObject({ name: 'StartRefused', reason: 'newer' })
    expect(readdirSync(dir).some((name) => name.includes('damaged'))).toBe(false)
  })
})
