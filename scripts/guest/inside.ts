// Runs in the guest: all tests of headsets and pedals one after the other, each result as a line of JSON in /run/out/results.
import { appendFileSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { run } from 'node:test'
import { inspect, stripVTControlCharacters } from 'node:util'

const resultsFile = '/run/out/results'
/** Ends what hangs; no test asserts a time. */
const limitMs = 240_000

type Result = { readonly name: string; readonly outcome: 'passed' | 'failed' | 'skipped'; readonly error?: string }

function note(result: Result | { readonly isDone: true }): void {
  appendFileSync(resultsFile, `${JSON.stringify(result)}\n`)
}

function report(result: Result): void {
  note(result)
  const mark = { passed: '✓', failed: '✗', skipped: '-' }[result.outcome]
  process.stdout.write(`  ${mark} ${result.name}\n${result.error === undefined ? '' : `${result.error}\n`}`)
}

/** The part of the file names that was asked for; all of them without one. */
const [part = ''] = process.argv.slice(2)
const files = globSync('*.guest.ts', { cwd: import.meta.dirname })
  .filter((name) => name.includes(part))
  .sort()
  .map((name) => join(import.meta.dirname, name))

// One process and one after the other: the tests share the devices of one kernel.
const events = run({ files, isolation: 'none', timeout: limitMs })
events.on('test:pass', ({ name, skip }) => {
  report({ name, outcome: skip === undefined || skip === false ? 'passed' : 'skipped' })
})
events.on('test:fail', ({ name, details }) => {
  const { error } = details
  const text = stripVTControlCharacters(inspect(error.cause ?? error))
  report({ name, outcome: 'failed', error: text })
})
events.on('end', () => {
  note({ isDone: true })
  // A device that a failed test left open must not keep the guest running.
  process.exit(0)
})
events.resume()
