// Runs the tests of headsets and pedals in the guest, or says loudly why it cannot.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder } from '../setup/cache.mjs'
import { installDebianPackages } from '../setup/debian.mjs'
import { lastLines } from '../setup/run.mjs'
import { Stop, step } from '../setup/say.mjs'
import { bootGuest } from './boot.mjs'
import { makeImage } from './image.mjs'

/**
 * @typedef {{ name: string, outcome: 'passed' | 'failed' | 'skipped' }} Result
 * @typedef {{ kind: 'ran', results: Result[] } | { kind: 'impossible', reason: string }} Report
 */

/**
 * Does what the guest needs and prints a line for each step.
 * @param {{ out?: NodeJS.WriteStream }} [where] where the lines go
 * @returns {Promise<import('./image.mjs').Image>} throws `Stop` where it is impossible
 */
export async function prepareGuest({ out = process.stdout } = {}) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Stop('The guest runs on linux-x64 only.', 'Run these tests on Debian 12.')
  }
  const programs = /** @type {const} */ (['qemu-system-x86_64', 'cpio'])
  await step('Debian packages of the guest', (progress) => installDebianPackages({ programs }, progress), out)
  /** @type {import('./image.mjs').Image | undefined} */
  let image
  await step(
    'guest with virtual headsets',
    async (progress) => {
      image = await makeImage({ cache: cacheFolder(), progress })
      return `in ${image.kernel}`
    },
    out,
  )
  if (image === undefined) throw new Error('no guest was made')
  return image
}

/**
 * A path as one word of the shell.
 * @param {string} text
 */
export function quoted(text) {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/**
 * Runs the tests whose file names contain `part`, all of them without one, in one start of the guest.
 * @param {{ root: string, node: string, part?: string, prepare?: typeof prepareGuest }} what `node` is the host's own, which
 *   the guest uses too
 * @returns {Promise<Report>}
 */
export async function runGuestTests({ root, node, part = '', prepare = prepareGuest }) {
  /** @type {import('./image.mjs').Image} */
  let image
  try {
    image = await prepare()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    return { kind: 'impossible', reason: `${error.message}\n${error.advice}` }
  }
  const out = mkdtempSync(join(tmpdir(), 'meja-112-guest-'))
  try {
    process.stdout.write('  tests with virtual headsets and pedals, in a guest with its own kernel:\n')
    const script = `cd ${quoted(root)} && exec ${quoted(node)} scripts/guest/inside.ts ${quoted(part)} 2>&1\n`
    const { code, console } = await bootGuest({ image, script, out, onLine: showLine() })
    return { kind: 'ran', results: readResults(join(out, 'results'), code, console) }
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

/**
 * What is printed when the guest is impossible: it must not be overlooked.
 * @param {string} reason
 */
export function notRun(reason) {
  const bar = '!'.repeat(78)
  return `${bar}\n!!  NOT TESTED: headsets and pedals. The guest with virtual devices cannot run here.\n${reason.replace(/^/gm, '!!  ')}\n${bar}\n`
}

/** Shows what the tests print, without what the machine says while it starts and ends. */
function showLine() {
  let isUp = false
  return (/** @type {string} */ line) => {
    if (line.includes('GUEST_CODE')) isUp = false
    if (isUp || line.includes('GUEST_TROUBLE')) process.stdout.write(`${line}\n`)
    if (line.includes('GUEST_UP')) isUp = true
  }
}

/**
 * The results, with a failure more when the guest did not come to the end of the tests.
 * @param {string} file
 * @param {number | undefined} code
 * @param {string} said everything that the guest printed
 * @returns {Result[]}
 */
export function readResults(file, code, said) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  const entries = lines.map((line) => JSON.parse(line))
  const results = entries.filter((entry) => entry.name !== undefined)
  if (code === 0 && entries.some((entry) => entry.isDone === true)) return results
  process.stdout.write(`  ✗ the guest did not come to its end (${code ?? 'no code'}):\n${lastLines(said, 30)}\n`)
  return [...results, { name: 'the guest comes to the end of its tests', outcome: 'failed' }]
}
