// The daily log in its thread, on a real encrypted file with years of calls.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { buildFixture } from '#db/fixture/build.ts'
import { openDatabase } from '#db/open.ts'
import { startJob } from '../worker.ts'
import { dailyLogJob, type DailyLogJob } from './daily-log-job.ts'

const key = '11'.repeat(32)
const endMs = 1_795_486_500_000
const dayMs = 86_400_000
const database = { file: join(mkdtempSync(join(tmpdir(), 'meja-112-daily-')), 'years.db'), key }
const zone = 'Asia/Jakarta'
const villages = new Map([['33.21.04.2015', { name: 'Gemulak', district: 'Sayung' }]])
const days = 30
let month: DailyLogJob

beforeAll(() => {
  const migrations = resolve('db/migrations')
  buildFixture({ ...database, migrations, incidents: 400, seed: 112, endMs, site: 'uji', member: 'B' })
  const db = openDatabase({ ...database, readonly: true })
  // The middle of the years, where calls come in every day.
  const sql = 'SELECT offered_at FROM call ORDER BY offered_at LIMIT 1 OFFSET (SELECT count(*) / 2 FROM call)'
  const from = db.prepare(sql).pluck().get() as number
  db.close()
  month = { from, to: from + days * dayMs, zone, villages }
})

it('makes the same bytes as in this thread, on a connection that only reads, and says how far it is', async () => {
  const said: number[] = []
  const job = startJob({ job: 'dailyLog', database, input: month, onProgress: (done) => said.push(done) })
  const made = await job.done
  const db = openDatabase({ ...database, readonly: true })
  const here = dailyLogJob(db, month, { progress: () => undefined, isCancelled: () => false })
  db.close()
  expect(made.rows).toBeGreaterThan(10)
  expect(made).toEqual({ ...here, bytes: new Uint8Array(here.bytes) })
  expect(said).toHaveLength(days)
  expect(said).toEqual(said.toSorted((a, b) => a - b))
  expect(said.at(-1)).toBe(1)
})

it('stops at the next day when it is no longer wanted', () => {
  const db = openDatabase({ ...database, readonly: true })
  let read = 0
  const link = { progress: () => void (read += 1), isCancelled: () => read === 20 }
  const part = dailyLogJob(db, month, link)
  const whole = dailyLogJob(
    db,
    { ...month, to: month.from + 20 * dayMs },
    { progress: () => undefined, isCancelled: () => false },
  )
  db.close()
  expect(read).toBe(20)
  expect(part.rows).toBeGreaterThan(0)
  expect(part.sha256).toBe(whole.sha256)
})
