// `npm run -s ask -- WHAT < in.jsonl > out.jsonl`: asks the program what it makes of a list. Does the set-up it needs and no more.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { installLibraries, librariesComplete, nodeProgram } from './setup/libraries.mjs'
import { runCommand, step } from './setup/say.mjs'
import { root } from './setup/setup.mjs'

await runCommand(async () => {
  // Silent when nothing is to be done: standard error is for lines that could not be answered.
  if (!librariesComplete(root)) await step('libraries', (progress) => installLibraries(root, progress), process.stderr)
  const program = [join(root, 'scripts', 'ask', 'main.ts'), ...process.argv.slice(2)]
  const child = spawn(nodeProgram(root), program, { stdio: 'inherit' })
  return new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('close', (code) => resolve(code ?? 1))
  })
})
