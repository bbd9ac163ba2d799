// `npm run build`: bundles the programs into out/.
import { build } from './build.mjs'
import { runCommand, step } from './setup/say.mjs'
import { root, setUp } from './setup/setup.mjs'

await runCommand(async () => {
  const { node, env } = await setUp({ programs: [] })
  await step('build', () => build({ root, node, env }))
  return 0
})
