// Compiles the SQLite addon for the stand-in Electron, whose Node-API is older than the prebuilt addon asks for.
import { cp, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { makeOnce } from './cache.mjs'
import { nodeProgram } from './libraries.mjs'
import { lastLines, run } from './run.mjs'
import { Stop } from './say.mjs'

/** Seconds it takes on a machine with two cores and nothing else to do; only the bar depends on it. */
const usualSeconds = 75

/** Raise it when the steps below change. */
const recipe = 1

/**
 * @param {string} root
 * @param {string} cache
 * @param {string} electron version of the stand-in
 */
export function addonFile(root, cache, electron) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'better-sqlite3', 'package.json'), 'utf8'))
  return join(cache, `sqlite-${version}-electron-${electron}-${recipe}`, 'better_sqlite3.node')
}

/**
 * Asks for the experimental Node-API instead of version 10, which the stand-in offers under that name.
 * @param {string} gyp content of binding.gyp
 */
export function withOlderNodeApi(gyp) {
  const changed = gyp.replace("'NAPI_VERSION=10'", "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'")
  if (changed === gyp)
    throw new Stop('The SQLite addon is of an unknown version.', 'scripts/setup/addon.mjs must be adapted to it.')
  return changed
}

/**
 * Makes the addon in the cache, unless it is there.
 * @param {{ root: string, cache: string, electron: string, progress: import('./say.mjs').Progress }} what
 * @returns {Promise<string>} the addon file
 */
export async function makeAddon({ root, cache, electron, progress }) {
  const file = addonFile(root, cache, electron)
  await makeOnce(
    dirname(file),
    (building) => compile(root, building, progress),
    () => progress(undefined, 'another set-up is at work, waiting'),
  )
  return file
}

/**
 * @param {string} root
 * @param {string} building
 * @param {import('./say.mjs').Progress} progress
 */
async function compile(root, building, progress) {
  const modules = join(root, 'node_modules')
  const source = join(building, 'source')
  await mkdir(source)
  for (const name of ['src', 'deps', 'lib', 'package.json']) {
    await cp(join(modules, 'better-sqlite3', name), join(source, name), { recursive: true, dereference: true })
  }
  const gyp = await readFile(join(modules, 'better-sqlite3', 'binding.gyp'), 'utf8')
  await writeFile(join(source, 'binding.gyp'), withOlderNodeApi(gyp))
  await cp(join(modules, 'node-addon-api'), join(source, 'node_modules', 'node-addon-api'), {
    recursive: true,
    dereference: true,
  })
  const startedAt = Date.now()
  // The compiler tells nothing meanwhile: the bar slows down instead of standing still on a busy machine.
  const tick = () => progress(1 - Math.exp((-1.5 * (Date.now() - startedAt)) / 1000 / usualSeconds))
  const node = nodeProgram(root)
  // A setting of the user's npm must not send the compiler to the headers of another Node.
  const { npm_config_nodedir: _other, ...rest } = process.env
  const env = { ...rest, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` }
  const flags = ['rebuild', '--release', '--force_build=1', `--nodedir=${dirname(dirname(node))}`, '--jobs=max']
  const { code, output } = await run(node, [join(modules, 'node-gyp', 'bin', 'node-gyp.js'), ...flags], {
    cwd: source,
    env,
    tick,
  })
  if (code !== 0) {
    throw new Stop(
      'The SQLite addon could not be compiled.',
      `The compiler (python3, make, g++) said:\n${lastLines(output, 20)}`,
    )
  }
  await copyFile(join(source, 'build', 'Release', 'better_sqlite3.node'), join(building, 'better_sqlite3.node'))
  await rm(source, { recursive: true })
}
