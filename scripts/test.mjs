// `npm test`: everything that CI runs, in order, and one closing line with the count.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { startDisplay } from './display.mjs'
import { notRun, runGuestTests } from './guest/run-tests.mjs'
import { leftBehind, openRunFolder } from './run-folder.mjs'
import { show } from './setup/run.mjs'
import { Stop, runCommand, step } from './setup/say.mjs'
import { root, setUp } from './setup/setup.mjs'
import { addCounts, guestCounts, playwrightCounts, unexplainedSkips, vitestCounts } from './test-counts.mjs'

/**
 * @param {string} file
 * @returns {unknown}
 */
function readReport(file) {
  if (!existsSync(file)) throw new Stop('A test runner ended without a report.', 'Its own output above says why.')
  return JSON.parse(readFileSync(file, 'utf8'))
}

await runCommand(async () => {
  const keyStore = /** @type {const} */ (['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'])
  const { node, env } = await setUp({ programs: ['Xvfb', 'mosquitto', 'setpriv', ...keyStore] })
  const run = openRunFolder()
  // Children ask for this folder, whatever the environment of the set-up says.
  env.TMPDIR = run.folder
  const module = (/** @type {string[]} */ ...path) => join(root, 'node_modules', ...path)
  try {
    if ((await show('npm', ['run', '--silent', 'check'], { cwd: root, env })) !== 0) {
      throw new Stop('The checks found something.', 'See above; "npm run fix" repairs format and simple cases.')
    }
    await step('build', () => build({ root, node, env }))
    const unit = join(run.folder, 'unit.json')
    const unitArgs = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`]
    const unitCode = await show(node, [module('vitest', 'vitest.mjs'), ...unitArgs], { cwd: root, env })
    const unitCounts = vitestCounts(readReport(unit))
    const guest = await runGuestTests({ root, node })
    const counted = addCounts(unitCounts, guestCounts(guest, { mustRun: process.env.CI === 'true' }))
    const { display, stop } = await startDisplay()
    const e2e = join(run.folder, 'e2e.json')
    const e2eEnv = { ...env, DISPLAY: display, PLAYWRIGHT_JSON_OUTPUT_FILE: e2e }
    const e2eArgs = ['test', '--reporter=list,json']
    const e2eCode = await show(node, [module('@playwright', 'test', 'cli.js'), ...e2eArgs], { cwd: root, env: e2eEnv })
    await stop()
    const total = addCounts(counted, playwrightCounts(readReport(e2e)))
    const unexplained = unexplainedSkips(total.skipped, readReport(join(root, 'scripts', 'skipped-tests.json')))
    for (const name of unexplained)
      process.stdout.write(`skipped without a reason in scripts/skipped-tests.json: ${name}\n`)
    const left = run.close()
    if (left.length > 0) process.stdout.write(`${leftBehind(left)}\n`)
    if (guest.kind === 'impossible') process.stdout.write(notRun(guest.reason))
    process.stdout.write(`${total.passed} passed, ${total.failed + unexplained.length + left.length} failed\n`)
    return unitCode + e2eCode + total.failed + unexplained.length + left.length === 0 ? 0 : 1
  } finally {
    run.close()
  }
})
