// A store that takes in what others wrote, and short words for what became of it, for tests.
import type { Batch } from '#log/batch.ts'
import { prepared, transact } from '../open.ts'
import type { Log } from './log.ts'
import { receiveRun } from './receive.ts'
import { newStore } from './test-store.ts'
import { giveMembers, testRoot } from './test-writer.ts'
import type { TestLog } from './test-writer.ts'

export const incident = 'incident:0193a1f0-7c00-7000-8000-000000000001'
export const note = (text: string, more: object = {}) => ({
  kind: 'NoteAdded',
  on: incident,
  personal: { text },
  ...more,
})

export function receiver(...known: TestLog[]): Log {
  const log = newStore({ member: 'Z', rootKey: testRoot.key })
  giveMembers(
    log,
    known.map((one) => one.member()),
  )
  return log
}
export const take = (log: Log, batch: Batch) => transact(log.db, () => receiveRun(log, batch))
export const outcomes = (log: Log, batch: Batch) => {
  const result = take(log, batch)
  return 'ops' in result ? result.ops.map((op) => op.op) : result.result
}
export const reasons = (log: Log) =>
  prepared(log.db, `SELECT reason FROM op WHERE standing = 'parked' ORDER BY op`).pluck().all()
export const without = (batch: Batch): Batch => ({
  ...batch,
  ops: batch.ops.map((op) => ({ ...op, personal: null, salt: null })),
})
