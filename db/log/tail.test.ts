import { expect, test } from 'vitest'
import { isFault } from '#domain/fault.ts'
import { databaseFailure, transact } from '../open.ts'
import { appendOwn } from './append.ts'
import { newStore } from './test-store.ts'
import { checkTail } from './tail.ts'

function store() {
  const log = newStore({ member: 'B' })
  for (let n = 0; n < 3; n += 1) {
    const op = { kind: 'NoteAdded', on: 'incident:1', body: { n }, by: 'siti', session: 's' }
    if (isFault(transact(log.db, () => appendOwn(log, [op, op])))) throw new Error('refused')
  }
  return log
}
const failureOf = (sql: string) => {
  const log = store()
  log.db.exec(sql)
  try {
    checkTail(log)
  } catch (error) {
    return databaseFailure(error)
  }
  return 'none'
}

test('a good end of the own log holds', () => {
  expect(failureOf('SELECT 1')).toBe('none')
})

test.each([
  ['an altered op', `UPDATE op SET bytes = CAST(replace(CAST(bytes AS TEXT), 'siti', 'sita') AS BLOB) WHERE seq = 4`],
  ['a lost end', 'DELETE FROM op WHERE seq > 5'],
  ['a lost op in between', 'DELETE FROM op WHERE seq = 5'],
  ['an end without a seal', 'UPDATE op SET seal = NULL WHERE seq = 7'],
  ['a seal of another place', 'UPDATE op SET seal = (SELECT seal FROM op WHERE seq = 5) WHERE seq = 7'],
  ['a head that is not the last op', 'UPDATE log SET head_seq = 6'],
])('%s is a damaged database', (_what, sql) => {
  expect(failureOf(sql)).toBe('corrupted')
})
