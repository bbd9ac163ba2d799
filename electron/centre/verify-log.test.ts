import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isFault } from '#domain/fault.ts'
import { appendOwn } from '#db/log/append.ts'
import { newStore, testKey } from '#db/log/test-store.ts'
import { transact } from '#db/open.ts'

const program = new URL('./verify-log.ts', import.meta.url).pathname
const keyFile = join(mkdtempSync(join(tmpdir(), 'm112-')), 'key')
writeFileSync(keyFile, `${testKey}\n`)

function store() {
  const log = newStore({ member: 'B' })
  transact(log.db, () => {
    const ops = Array.from({ length: 100 }, (_, n) => ({
      kind: 'NoteAdded',
      on: 'incident:0193a1f0-7c00-7000-8000-000000000001',
      body: {},
      personal: { text: `catatan ${n}` },
      by: 'siti',
      session: 's',
    }))
    if (isFault(appendOwn(log, ops))) throw new Error('refused')
  })
  return log
}
const verify = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('a good database holds, and the report names every log', () => {
  const { db, memory } = store()
  const outcome = verify(db.name, '--key-file', keyFile)
  expect(outcome.stdout).toContain(`log ${memory.key.origin}: 101 ops up to 101, 3 seals, 0 parts missing, 0 erased`)
  expect(outcome).toMatchObject({ status: 0, stdout: expect.stringContaining('everything holds') })
})

test.each([
  [
    'an altered op',
    `UPDATE op SET bytes = CAST(replace(CAST(bytes AS TEXT), 'siti', 'sita') AS BLOB) WHERE seq = 50`,
    'chain in .* at 50',
  ],
  ['a removed op', 'DELETE FROM op WHERE seq = 50', 'gap in .* at 51'],
  ['a removed end', 'DELETE FROM op WHERE seq > 90', 'head in .* at 101'],
  [
    'an altered personal part',
    `UPDATE op SET personal = CAST('{"text":"lain"}' AS BLOB) WHERE seq = 50`,
    'personal in .* at 50',
  ],
  ['a foreign seal', 'UPDATE op SET seal = (SELECT seal FROM op WHERE seq = 1) WHERE seq = 101', 'seal in .* at 101'],
])('%s is found', (_what, sql, found) => {
  const { db } = store()
  db.exec(sql)
  const outcome = verify(db.name, '--key-file', keyFile)
  expect(outcome.status).toBe(1)
  expect(outcome.stdout).toMatch(new RegExp(`FOUND ${found}`))
})

test('missing and erased parts are counted and are no fault', () => {
  const { db } = store()
  db.exec(`UPDATE op SET part = 'missing', salt = NULL, personal = NULL WHERE seq = 50`)
  db.exec(`UPDATE op SET part = 'erased', salt = NULL, personal = NULL WHERE seq = 51`)
  expect(verify(db.name, '--key-file', keyFile)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('1 parts missing, 1 erased'),
  })
})

test('a file that cannot be read is told apart from one that does not hold', () => {
  const { db } = store()
  expect(verify(db.name)).toMatchObject({ status: 2, stderr: expect.stringContaining('--key-file') })
  expect(verify('/no/such/file')).toMatchObject({ status: 2, stdout: '' })
  expect(verify()).toMatchObject({ status: 2, stderr: expect.stringContaining('usage') })
})
