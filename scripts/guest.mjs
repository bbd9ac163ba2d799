// `npm run guest [-- PART-OF-A-FILE-NAME]`: only the tests with virtual headsets and pedals.
import { build } from './build.mjs'
import { runGuestTests } from './guest/run-tests.mjs'
import { openRunFolder } from './run-folder.mjs'
import { runCommand, Stop, step } from './setup/say.mjs'
import { root, setUp } from './setup/setup.mjs'
import { guestCounts } from './test-counts.mjs'

await runCommand(async () => {
  const { node, env } = await setUp({ programs: [] })
  await step('build', () => build({ root, node, env }))
  const run = openRunFolder()
  try {
    const report = await runGuestTests({ root, node, part: process.argv[2] ?? '' })
    if (report.kind === 'impossible') throw new Stop('The guest cannot run here.', report.reason)
    const { passed, failed } = guestCounts(report)
    process.stdout.write(`${passed} passed, ${failed} failed\n`)
    return failed === 0 && passed > 0 ? 0 : 1
  } finally {
    run.close()
  }
})
