// Runs the figures one after the other and prints one JSON object. It must print nothing else on standard output.
import { mkdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openRunFolder } from '../run-folder.mjs'
import { cacheFolder } from '../setup/cache.mjs'
import { action, growth } from './actions.ts'
import { commitVsRaw } from './commit-vs-raw.ts'
import { dailyLogPause, dailyLogTime } from './daily-log.ts'
import { duplicateFalse, duplicateRecall } from './duplicates.ts'
import { duplicateSuggest } from './duplicate-suggest.ts'
import { drain } from './drain.ts'
import { failedResult, resultOf, type Figure, type Result } from './figure.ts'
import { keyScript, keyToPaint } from './keys.ts'
import { keysGhost } from './keys-ghost.ts'
import { calibrate } from './machine.ts'
import { coldStart, memory } from './program.ts'
import { ringToForm } from './ring-to-form.ts'
import { search } from './search.ts'
import { syncVsRaw } from './sync-vs-raw.ts'
import { typeHits, typeSearch } from './type-phrases.ts'
import { placeTop1, placeTop3, villageSearch } from './village-search.ts'

const figures: readonly Figure[] = [
  ringToForm,
  keyToPaint,
  keyScript,
  keysGhost,
  action,
  search,
  coldStart,
  commitVsRaw,
  drain,
  dailyLogTime,
  dailyLogPause,
  syncVsRaw,
  villageSearch,
  duplicateRecall,
  duplicateFalse,
  duplicateSuggest,
  placeTop1,
  placeTop3,
  typeHits,
  typeSearch,
  memory,
  growth,
]

const say = (text: string): void => void process.stderr.write(`  ${text}\n`)

function chosen(): readonly Figure[] {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const { only } = values
  if (only === undefined) return figures
  const found = figures.filter(({ name }) => name === only)
  if (found.length > 0) return found
  say(`--only takes one of ${figures.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

async function resultIn(folder: string, figure: Figure): Promise<Result> {
  const dir = join(folder, figure.name)
  mkdirSync(dir)
  say(`${figure.name} …`)
  try {
    const result = resultOf(figure, await figure.measure({ dir, say: (text) => say(`  ${text}`) }))
    say(`${result.ok ? '✓' : '✗'} ${figure.name}: ${result.value} ${figure.unit}, target ${figure.target}`)
    return result
  } catch (error) {
    say(`✗ ${figure.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return failedResult(figure, error)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const wanted = chosen()
const cache = join(cacheFolder(), 'bench')
mkdirSync(cache, { recursive: true })
const { folder, close } = openRunFolder(cache)
const machine = calibrate(folder)
const results = new Map<string, Result>()

/** Prints what was measured, in the order of the list, and ends. What was interrupted is printed as not measured. */
function finish(code: number): never {
  close()
  const printed = wanted.map((figure) => results.get(figure.name) ?? failedResult(figure, 'interrupted'))
  writeSync(process.stdout.fd, `${JSON.stringify({ machine, results: printed }, null, 2)}\n`)
  process.exit(code)
}

process.once('SIGINT', () => finish(130))
process.once('SIGTERM', () => finish(143))
// Those that may first have to build years of work come last.
for (const figure of wanted.toSorted((a, b) => Number(a.isLong ?? false) - Number(b.isLong ?? false))) {
  results.set(figure.name, await resultIn(folder, figure))
}
finish([...results.values()].every(({ ok }) => ok) ? 0 : 1)
