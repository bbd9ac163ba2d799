// What the host makes of a run of the guest: results, an early end, and the loud line when it is impossible.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Stop } from '../setup/say.mjs'
import { notRun, quoted, readResults, runGuestTests } from './run-tests.mjs'

function resultsFile(...lines: readonly unknown[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'guest-results-')), 'results')
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}
const passed = { name: 'a', outcome: 'passed' }
const early = { name: 'the guest comes to the end of its tests', outcome: 'failed' }

test('a run that came to its end has the results of its tests', () => {
  expect(readResults(resultsFile(passed, { isDone: true }), 0, '')).toEqual([passed])
})

test('a guest that crashed, hung or never started has failed, whatever passed before', () => {
  expect(readResults(resultsFile(passed), undefined, 'kernel panic')).toEqual([passed, early])
  expect(readResults(resultsFile(passed), 0, '')).toEqual([passed, early])
  expect(readResults(resultsFile(passed, { isDone: true }), 1, '')).toEqual([passed, early])
  expect(readResults(join(tmpdir(), 'none'), undefined, '')).toEqual([early])
})

test('where the guest cannot be made, the run says why instead of failing', async () => {
  const prepare = () => Promise.reject(new Stop('No emulator.', 'Install it.'))
  const report = await runGuestTests({ root: '/', node: process.execPath, prepare })
  expect(report).toEqual({ kind: 'impossible', reason: 'No emulator.\nInstall it.' })
  const broken = () => Promise.reject(new TypeError('a defect of ours'))
  await expect(runGuestTests({ root: '/', node: process.execPath, prepare: broken })).rejects.toThrow('a defect')
})

test('what was not tested is said loudly, with the reason on lines of its own', () => {
  const lines = notRun('no emulator\napt-get install it').trimEnd().split('\n')
  expect(lines).toHaveLength(5)
  expect(lines.every((line) => line.startsWith('!!'))).toBe(true)
  expect(lines[1]).toContain('NOT TESTED')
})

test('a path with spaces and quotes is one word of the shell', () => {
  const path = `/tmp/it's a "path" $HOME`
  expect(execFileSync('sh', ['-c', `printf %s ${quoted(path)}`], { encoding: 'utf8' })).toBe(path)
})
