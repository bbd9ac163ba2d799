// `npm run -s hid-roles -- FILE`: tells what the controls of a HID device are for. Does the set-up it needs and no more.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { installLibraries, librariesComplete, nodeProgram } from './setup/libraries.mjs'
import { runCommand, step } from './setup/say.mjs'
import { root } from './setup/setup.mjs'

await runCommand(async () => {
  // Silent when nothing is to be done: standard output is the answer and nothing else.
  if (!librariesComplete(root)) await step('libraries', (progress) => installLibraries(root, progress), process.stderr)
  const program = [join(root, 'scripts', 'hid-roles', 'main.ts'), ...process.argv.slice(2)]
  // npm starts its scripts in the repository; a file is named from where the command was typed.
  const child = spawn(nodeProgram(root), program, { stdio: 'inherit', cwd: process.env.INIT_CWD ?? process.cwd() })
  return new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('close', (code) => resolve(code ?? 1))
  })
})
