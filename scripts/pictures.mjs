// `npm run pictures`: set-up, build and a screen for pictures.ts.
import { join } from 'node:path'
import { build } from './build.mjs'
import { hasDisplay, startDisplay } from './display.mjs'
import { show } from './setup/run.mjs'
import { runCommand, step } from './setup/say.mjs'
import { root, setUp } from './setup/setup.mjs'

await runCommand(async () => {
  const { node, env } = await setUp({ programs: hasDisplay() ? [] : ['Xvfb'] })
  await step('build', () => build({ root, node, env }))
  const screen = hasDisplay() ? undefined : await startDisplay()
  const shown = screen === undefined ? env : { ...env, DISPLAY: screen.display }
  const code = await show(node, [join(root, 'scripts', 'pictures.ts')], { cwd: root, env: shown })
  await screen?.stop()
  return code
})
