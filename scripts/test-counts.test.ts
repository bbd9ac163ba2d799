// Counting passed, failed and skipped tests from the reports of the runners.
import { expect, test } from 'vitest'
import { addCounts, guestCounts, playwrightCounts, unexplainedSkips, vitestCounts } from './test-counts.mjs'

test('unit tests, one of them skipped, and a file that did not load', () => {
  const report = {
    testResults: [
      {
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'a' },
          { status: 'failed', fullName: 'b' },
          { status: 'pending', fullName: 'c' },
        ],
      },
      { status: 'failed', assertionResults: [] },
    ],
  }
  expect(vitestCounts(report)).toEqual({ passed: 1, failed: 2, skipped: ['c'] })
})

test('tests of the running program, nested; one that passed at the second try is a failure', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] })
  const report = {
    errors: [{ message: 'cannot load' }],
    suites: [
      {
        specs: [spec('a', 'expected')],
        suites: [{ specs: [spec('b', 'flaky'), spec('c', 'skipped'), spec('d', 'unexpected')] }],
      },
    ],
  }
  expect(playwrightCounts(report)).toEqual({ passed: 1, failed: 3, skipped: ['c'] })
})

test('tests in the guest, one of them skipped', () => {
  const results = [
    { name: 'a', outcome: 'passed' as const },
    { name: 'b', outcome: 'failed' as const },
    { name: 'c', outcome: 'skipped' as const },
  ]
  expect(guestCounts({ kind: 'ran', results })).toEqual({ passed: 1, failed: 1, skipped: ['c'] })
  expect(guestCounts({ kind: 'ran', results: [] })).toEqual({ passed: 0, failed: 1, skipped: [] })
})

test('a guest that cannot run fails only where it must', () => {
  const report = { kind: 'impossible' as const, reason: 'no emulator' }
  expect(guestCounts(report)).toEqual({ passed: 0, failed: 0, skipped: [] })
  expect(guestCounts(report, { mustRun: true })).toEqual({ passed: 0, failed: 1, skipped: [] })
})

test('counts add up', () => {
  const sum = addCounts({ passed: 1, failed: 0, skipped: ['a'] }, { passed: 2, failed: 1, skipped: ['b'] })
  expect(sum).toEqual({ passed: 3, failed: 1, skipped: ['a', 'b'] })
})

test('a skip needs a name and a reason in the list', () => {
  const list = [
    { name: 'a', reason: 'needs a headset' },
    { name: 'b', reason: '' },
  ]
  expect(unexplainedSkips(['a', 'b', 'c'], list)).toEqual(['b', 'c'])
})
