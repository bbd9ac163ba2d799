// The set-up that both commands do first, in order: libraries, Electron, Debian packages, stand-in, addon. Runs on Node 20
// before anything is installed, so it imports nothing but Node and its own folder.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeAddon } from './addon.mjs'
import { cacheFolder } from './cache.mjs'
import { installDebianPackages } from './debian.mjs'
import { chooseElectron, electronEnvironment } from './electron.mjs'
import { installLibraries, nodeProgram } from './libraries.mjs'
import { Stop, step } from './say.mjs'
import { makeStandIn, standIn } from './stand-in.mjs'

/** The repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * Does whatever is missing and prints one line per step.
 * @param {{ programs: readonly import('./debian.mjs').Program[], out?: NodeJS.WriteStream }} needs programs beyond those that
 *   Electron itself needs; `out` is where the lines go
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>} the Node to run the project's programs with, and their environment
 */
export async function setUp({ programs, out = process.stdout }) {
  checkNode(process.versions.node)
  const cache = cacheFolder()
  await step('libraries', (progress) => installLibraries(root, progress), out)
  /** @type {import('./electron.mjs').Choice | undefined} */
  let choice
  await step(
    'Electron',
    async (progress) => {
      choice = await chooseElectron({ root, cache, progress })
      return choice.said
    },
    out,
  )
  if (choice === undefined) throw new Error('no Electron was chosen')
  const env = electronEnvironment({ root, cache, choice })
  const compile = choice.kind === 'stand-in' && !existsSync(env.MEJA112_SQLITE_ADDON ?? '')
  /** @type {import('./debian.mjs').Program[]} */
  const tools = compile ? ['unzip', 'python3', 'make', 'g++'] : []
  await step(
    'Debian packages',
    (progress) => installDebianPackages({ programs: [...tools, ...programs] }, progress),
    out,
  )
  if (choice.kind === 'stand-in') {
    await step('Electron stand-in', async (progress) => `in ${await makeStandIn({ root, cache, progress })}`, out)
    await step(
      'SQLite addon',
      async (progress) => {
        return `in ${await makeAddon({ root, cache, electron: standIn.electron, progress })}`
      },
      out,
    )
  }
  const node = nodeProgram(root)
  return {
    node,
    env: { ...process.env, ...env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}` },
  }
}

/**
 * @param {string} version
 */
export function checkNode(version) {
  if (Number(version.split('.')[0]) >= 20) return
  throw new Stop(`This Node is too old (${version}).`, 'Install Node 20 or newer, then run the same command again.')
}
