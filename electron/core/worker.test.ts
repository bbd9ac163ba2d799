// A job in a thread of its own, on a real encrypted file: a good file, damage that a start does not see, a wrong key, a cancel.
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createUnderstanding } from '#db/apply/understanding.ts'
import { buildFixture } from '#db/fixture/build.ts'
import { openLog } from '#db/log/open-log.ts'
import { checkTail } from '#db/log/tail.ts'
import { databaseFailure, openDatabase } from '#db/open.ts'
import { startJob } from './worker.ts'

const key = '11'.repeat(32)
const endMs = 1_795_486_500_000
const dir = mkdtempSync(join(tmpdir(), 'meja-112-worker-'))
const file = join(dir, 'years.db')

beforeAll(() => {
  const migrations = resolve('db/migrations')
  buildFixture({ file, key, migrations, incidents: 120, seed: 112, endMs, site: 'uji', member: 'B' })
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const check = (database = { file, key }) => startJob({ job: 'fullCheck', database, input: undefined })

/** What a start looks at: schema, newest ops, their seal. */
function startsWell(): boolean {
  const db = openDatabase({ file, key })
  try {
    const understanding = createUnderstanding()
    const clock = { now: () => endMs }
    checkTail(openLog(db, { site: 'uji', member: 'B', scope: 'full', rootKey: null, clock, understanding }))
    return true
  } finally {
    db.close()
  }
}

/** Where the first rows of a table lie (byte offset of the page). */
function firstPageOf(table: string): number {
  const db = openDatabase({ file, key })
  const sql = `SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path LIMIT 1`
  const { pageno } = db.prepare(sql).get(table) as { readonly pageno: number }
  const size = db.pragma('page_size', { simple: true }) as number
  db.close()
  return (pageno - 1) * size
}

test('a good database holds, also while another connection writes', async () => {
  const db = openDatabase({ file, key })
  const running = check()
  for (let n = 0; n < 50; n += 1) {
    db.prepare(
      `INSERT INTO setting (name, value) VALUES ('n', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
    ).run(String(n))
  }
  expect(await running.done).toEqual({ result: 'ok' })
  db.close()
})

test('an op that was changed in a whole page is found by its chain', async () => {
  const db = openDatabase({ file, key })
  const kept = db.prepare('SELECT bytes FROM op WHERE op = 9').get() as { readonly bytes: Buffer }
  db.prepare(`UPDATE op SET bytes = CAST(replace(CAST(bytes AS TEXT), ':', ': ') AS BLOB) WHERE op = 9`).run()
  expect(startsWell()).toBe(true)
  expect(await check().done).toEqual({ result: 'damaged', detail: expect.stringMatching(/^chain at B\.\S+ 9: /) })
  db.prepare('UPDATE op SET bytes = ? WHERE op = 9').run(kept.bytes)
  db.close()
  expect(await check().done).toEqual({ result: 'ok' })
})

test('the error of a job comes with its kind', async () => {
  const error = await check({ file, key: '22'.repeat(32) }).done.catch((thrown: unknown) => thrown)
  expect(databaseFailure(error)).toBe('wrong_key')
})

test('a cancelled job ends its thread', async () => {
  const running = check()
  await running.cancel()
  expect(await running.done).toEqual({ result: 'ok' })
})

test('a damaged page that no start looks at is found', async () => {
  const place = firstPageOf('op')
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(64, 0x5a), 0, 64, place + 1_000)
  closeSync(handle)
  expect(startsWell()).toBe(true)
  expect(await check().done).toMatchObject({ result: 'damaged' })
})
