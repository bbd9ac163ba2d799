// `npm start`: does the set-up, then opens the workstation; without a screen it runs the scripted trial shift instead.
import { join } from 'node:path'
import { build } from './build.mjs'
import { hasDisplay, startDisplay } from './display.mjs'
import { show } from './setup/run.mjs'
import { Stop, runCommand, step } from './setup/say.mjs'
import { root, setUp } from './setup/setup.mjs'

/**
 * Electron refuses to run with its sandbox as root; an ordinary user keeps it.
 * @returns {string[]}
 */
function sandboxFlags() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

await runCommand(async () => {
  const args = process.argv.slice(2)
  const headless = !hasDisplay()
  const { node, env } = await setUp({ programs: headless ? ['Xvfb'] : [] })
  await step('build', () => build({ root, node, env }))
  if (!headless) return show(env.ELECTRON_EXEC_PATH ?? '', [...sandboxFlags(), root, ...args], { cwd: root, env })
  if (args.some((argument) => argument.startsWith('--site'))) {
    throw new Stop('A real site needs a screen.', 'Start it in a graphical session (DISPLAY is not set here).')
  }
  process.stdout.write('  No screen here: running the scripted trial shift; see trial-output/.\n')
  const { display, stop } = await startDisplay()
  try {
    const shift = [join(root, 'scripts', 'trial-shift.ts'), join(root, 'trial-output')]
    return await show(node, shift, { cwd: root, env: { ...env, DISPLAY: display } })
  } finally {
    await stop()
  }
})
