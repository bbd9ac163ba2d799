// What the machine itself can do, so that figures of two machines can be compared. It must not touch the product's code paths.
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { openDatabase, transact } from '#db/open.ts'
import { percentile, rounded } from './figure.ts'

/** `loopMs`: a fixed loop on one core. `fullCommit…Ms`: one row of 400 bytes, committed to the encrypted database. */
export type Machine = {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly system: string
  readonly node: string
  readonly loopMs: number
  readonly fullCommitMs: number
  readonly fullCommitP95Ms: number
}

export const benchKey = '22'.repeat(32)

const loopSteps = 50_000_000
const commits = 400

/** Measures the machine; `dir` lies on the disk that the figures use. */
export function calibrate(dir: string): Machine {
  const loops = Array.from({ length: 5 }, loopTime)
  const full = commitTimes(dir)
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
    loopMs: rounded(percentile(loops, 0.5)),
    fullCommitMs: rounded(percentile(full, 0.5)),
    fullCommitP95Ms: rounded(percentile(full, 0.95)),
  }
}

function loopTime(): number {
  const startedAt = performance.now()
  let x = 1
  for (let n = 0; n < loopSteps; n += 1) x = (Math.imul(x, 1_664_525) + 1_013_904_223) | 0
  // The result is used, so that the loop cannot be left out.
  return performance.now() - startedAt + (x === 0 ? 1 : 0)
}

function commitTimes(dir: string): number[] {
  const db = openDatabase({ file: join(dir, 'commit.db'), key: benchKey })
  db.exec('CREATE TABLE row (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT')
  const insert = db.prepare('INSERT INTO row (bytes) VALUES (?)')
  const bytes = Buffer.alloc(400, 7)
  const times = Array.from({ length: commits }, () => {
    const startedAt = performance.now()
    transact(db, () => insert.run(bytes))
    return performance.now() - startedAt
  })
  db.close()
  return times
}
