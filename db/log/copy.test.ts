import { appendFileSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isFault } from '#domain/fault.ts'
import { openDatabase, prepared, transact } from '../open.ts'
import { appendOwn } from './append.ts'
import { copyFiles, startCopy } from './copy.ts'
import { branchByRow, branchesOf } from './log.ts'
import type { Log } from './log.ts'
import { putCopyInPlace, continueFromCopy } from './restore.ts'
import { newStore, tallyOf, testClock, testKey } from './test-store.ts'
import { verifyChainFile, verifyDatabase } from './verify.ts'

const clock = testClock()
const incident = 'incident:0193a1f0-7c00-7000-8000-000000000001'

function record(log: Log, text: string) {
  transact(log.db, () => {
    const stored = appendOwn(log, [
      { kind: 'NoteAdded', on: incident, body: {}, personal: { text }, by: 'siti', session: 's' },
    ])
    if (isFault(stored)) throw new Error(stored.fault)
    for (const op of stored) log.understanding.apply(log.db, op)
  })
}

function withCopy(log: Log, dir = mkdtempSync(join(tmpdir(), 'm112-copy-'))) {
  const reader = openDatabase({ file: log.db.name, key: testKey, readonly: true })
  const copy = startCopy({ db: log.db, reader, dir, site: log.site, databaseKey: testKey, now: clock.now })
  return { dir, copy, reader }
}

test('what is committed is on the second disk, chain in the open, personal parts not', async () => {
  const log = newStore({ member: 'B', clock })
  const { dir, copy } = withCopy(log)
  record(log, 'Bu Sri di atap')
  copy.afterCommit()
  await copy.stop()
  const chain = readFileSync(join(dir, copyFiles.chain), 'utf8')
  expect(chain).toContain('NoteAdded')
  expect(chain).not.toContain('Bu Sri')
  expect(readFileSync(join(dir, copyFiles.personal), 'utf8')).not.toContain('Bu Sri')
  expect(await verifyChainFile(join(dir, copyFiles.chain))).toMatchObject({
    site: 'uji',
    logs: [{ origin: log.memory.key.origin, ops: 2, seals: 2 }],
    findings: [],
  })
})

test('an unfinished last line is cut off and the chain goes on', async () => {
  const log = newStore({ member: 'B', clock })
  const { dir, copy } = withCopy(log)
  record(log, 'satu')
  copy.afterCommit()
  await copy.stop()
  appendFileSync(join(dir, copyFiles.chain), '{"row":3,"origin":"B.')
  record(log, 'dua')
  const again = withCopy(log, dir)
  await again.copy.stop()
  expect((await verifyChainFile(join(dir, copyFiles.chain))).logs[0]).toMatchObject({ ops: 3, head: { seq: 3 } })
})

test('a damaged database is put aside; copy and second disk bring everything back, under a new epoch', async () => {
  const log = newStore({ member: 'B', clock })
  const { dir, copy, reader } = withCopy(log)
  record(log, 'sebelum salinan')
  expect(await copy.whole()).toBe(true)
  record(log, 'sesudah salinan')
  copy.afterCommit()
  await copy.stop()
  reader.close()
  const before = tallyOf(log.db).filter((row) => (row as { aggregate: string }).aggregate === incident)
  const old = { origin: log.memory.key.origin, head: branchByRow(log.db, log.memory.ownLog) }
  const file = log.db.name
  log.db.close()
  writeFileSync(file, Buffer.alloc(8192, 7))
  expect(() => openDatabase({ file, key: testKey })).toThrow(/not a database/)

  expect(() => putCopyInPlace({ file, key: 'cd'.repeat(32), dir, now: clock.now() })).toThrow(/not a database/)
  expect(readdirSync(join(file, '..')).some((name) => name.includes('.damaged-'))).toBe(false)
  expect(putCopyInPlace({ file, key: testKey, dir, now: clock.now() })).toBe(true)
  expect(readdirSync(join(file, '..')).some((name) => name.includes('.damaged-'))).toBe(true)
  const restored = newStore({ member: 'B', clock, db: openDatabase({ file, key: testKey }) })
  expect(await continueFromCopy(restored, dir, testKey)).toBe(1)
  expect(tallyOf(restored.db).filter((row) => (row as { aggregate: string }).aggregate === incident)).toEqual(before)
  const [oldLog] = branchesOf(restored.db, old.origin)
  expect(oldLog).toMatchObject({ headSeq: old.head.headSeq, headHash: old.head.headHash })
  const own = branchByRow(restored.db, restored.memory.ownLog)
  expect(own).toMatchObject({ headSeq: 1, afterOrigin: old.origin })
  expect(prepared(restored.db, 'SELECT count(*) FROM log_alarm').pluck().get()).toBe(0)
  expect(verifyDatabase(restored.db).findings).toEqual([])
})

test('a whole copy holds while commits go on, and the chain of another database is not overwritten', async () => {
  const log = newStore({ member: 'B', clock })
  const { dir, copy, reader } = withCopy(log)
  record(log, 'satu')
  const copying = copy.whole()
  for (let n = 0; n < 20; n += 1) record(log, `sambil menyalin ${n}`)
  expect(await copying).toBe(true)
  await copy.stop()
  reader.close()
  const kept = openDatabase({ file: join(dir, copyFiles.whole), key: testKey, readonly: true })
  expect(verifyDatabase(kept).findings).toEqual([])
  kept.close()
  const other = newStore({ member: 'B', clock })
  const second = withCopy(other, dir)
  await second.copy.stop()
  expect(readdirSync(dir).filter((name) => /^chain-\d+\.jsonl$/.test(name))).toHaveLength(1)
  expect((await verifyChainFile(join(dir, copyFiles.chain))).logs[0]?.origin).toBe(other.memory.key.origin)
})

test('a second disk that cannot be written is said and tried again', async () => {
  const log = newStore({ member: 'B', clock })
  const blocked = join(mkdtempSync(join(tmpdir(), 'm112-')), 'file')
  writeFileSync(blocked, '')
  const { copy } = withCopy(log, join(blocked, 'dir'))
  record(log, 'satu')
  copy.afterCommit()
  await copy.stop()
  expect(copy.state().failure).toMatch(/ENOTDIR|EEXIST/)
  expect(copy.state().appendedAt).toBeNull()
})
