// A damaged database: set aside, the last good copy opened, what came since taken from the running copy, and everybody told.
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readdirSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { IncidentId, ReportId } from '#domain/id.ts'
import { markDamaged } from './open-store.ts'
import { startCore } from './start.ts'
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

  for (const [what, leave] of [
    ['after the damaged file was moved', (file: string) => renameSync(file, `${file}.damaged-1`)],
    ['while the copy was written', (file: string) => writeFileSync(file, Buffer.alloc(8_192, 0x5a))],
  ] as const) {
    it(`is made good by the next start when the one that did it ended ${what}`, async () => {
      const { dir, start, label, incident } = await workedDesk()
      markDamaged(dir)
      leave(join(dir, 'meja.db'))
      const { core, page } = await reopened(start)
      expect((await page.read('board', { limit: 10 })).rows.map((row) => row.label)).toEqual([label])
      expect((await page.read('incident', { incident }))?.notes.map(({ text }) => text)).toEqual(['api besar'])
      await core.stop()
    })
  }

  it('is made good by the next start when the one that did it ended before the copy was complete', async () => {
    const { dir, start, label, incident } = await workedDesk()
    damage(join(dir, 'meja.db'), 0)
    // The copy is in place, and the program cannot go on: without the mark it would be taken for the database next time.
    await expect(reopened({ ...start, migrationsDir: join(dir, 'nowhere') })).rejects.toThrow('nowhere')
    const { core, page } = await reopened(start)
    expect((await page.read('board', { limit: 10 })).rows.map((row) => row.label)).toEqual([label])
    expect((await page.read('incident', { incident }))?.notes.map(({ text }) => text)).toEqual(['api besar'])
    expect((await page.read('health', {})).notices.map(({ kind }) => kind)).toEqual(['database-set-aside'])
    await core.stop()
    // Once it is done it is not done again.
    const files = readdirSync(dir).filter((name) => name.includes('damaged'))
    await (await reopened(start)).core.stop()
    expect(readdirSync(dir).filter((name) => name.includes('damaged'))).toEqual(files)
    expect(files.some((name) => name.includes('found-damaged'))).toBe(false)
  })

  it('that is simply gone is not replaced by an empty one while there is a copy', async () => {
    const { dir, start, label } = await workedDesk()
    for (const part of ['', '-wal', '-shm']) rmSync(join(dir, `meja.db${part}`), { force: true })
    const { core, page } = await reopened(start)
    expect((await page.read('board', { limit: 10 })).rows.map((row) => row.label)).toEqual([label])
    await core.stop()
  })

  it('is told at every start until somebody has read it', async () => {
    const { dir, start } = await workedDesk()
    markDamaged(dir)
    await (await reopened(start)).core.stop()
    const second = await reopened(start)
    const [notice] = (await second.page.read('health', {})).notices
    expect(notice?.kind).toBe('database-set-aside')
    await second.page.done('dismissNotice', { notice: notice!.notice })
    await second.core.stop()
    const third = await reopened(start)
    expect((await third.page.read('health', {})).notices).toEqual([])
    await third.core.stop()
  })

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
