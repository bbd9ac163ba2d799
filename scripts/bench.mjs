// `npm run bench`: does the set-up, then measures. Standard output is one JSON object; everything else goes to standard error.
import { join } from 'node:path'
import { build } from './build.mjs'
import { hasDisplay, startDisplay } from './display.mjs'
import { show } from './setup/run.mjs'
import { runCommand, step } from './setup/say.mjs'
import { root, setUp } from './setup/setup.mjs'

await runCommand(async () => {
  const headless = !hasDisplay()
  const { node, env } = await setUp({ programs: headless ? ['Xvfb'] : [], out: process.stderr })
  await step('build', () => build({ root, node, env }), process.stderr)
  const screen = headless ? await startDisplay() : undefined
  const args = [join(root, 'scripts', 'bench', 'main.ts'), ...process.argv.slice(2)]
  try {
    return await show(node, args, { cwd: root, env: screen === undefined ? env : { ...env, DISPLAY: screen.display } })
  } finally {
    await screen?.stop()
  }
})
