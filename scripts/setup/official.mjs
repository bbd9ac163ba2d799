// Gets the official Electron from its release page, asking at most once per version whether that page can be reached.
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alone } from './cache.mjs'
import { nodeProgram } from './libraries.mjs'
import { lastLines, run } from './run.mjs'
import { Stop } from './say.mjs'

const answerLimitMs = 5_000

/**
 * Version of the `electron` package that the project pins.
 * @param {string} root
 * @returns {string}
 */
export function officialVersion(root) {
  return JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version
}

/**
 * Folder of the official Electron when the `electron` package has it already.
 * @param {string} root
 */
export function officialFolder(root) {
  const folder = join(root, 'node_modules', 'electron', 'dist')
  const program = process.platform === 'win32' ? 'electron.exe' : 'electron'
  try {
    const there = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
    return there === officialVersion(root) && existsSync(join(folder, program)) ? folder : undefined
  } catch {
    return undefined
  }
}

/**
 * Remembers that the release page did not answer.
 * @param {string} cache
 * @param {string} version
 */
export function unreachableMark(cache, version) {
  return join(cache, `electron-${version}-unreachable`)
}

/**
 * @param {string} url
 * @param {number} limitMs
 */
async function answers(url, limitMs) {
  try {
    return (await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(limitMs) })).status < 400
  } catch {
    return false
  }
}

/**
 * Downloads the official Electron where its release page answers.
 * @param {{ root: string, cache: string, releases?: string, limitMs?: number, progress: import('./say.mjs').Progress }} what
 *   `releases` is the address of the release page
 * @returns {Promise<string | undefined>} its folder, or undefined when the page does not answer
 */
export async function fetchOfficial({ root, cache, releases, limitMs = answerLimitMs, progress }) {
  const version = officialVersion(root)
  const mark = unreachableMark(cache, version)
  if (existsSync(mark)) return undefined
  const page = releases ?? process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/'
  progress(undefined, `looking for Electron ${version} on its release page`)
  if (!(await answers(`${page.replace(/\/?$/, '/')}v${version}/SHASUMS256.txt`, limitMs))) {
    await mkdir(cache, { recursive: true })
    await writeFile(
      mark,
      `Electron ${version} was not reachable on ${new Date().toISOString()}. Delete this file to try again.\n`,
    )
    return undefined
  }
  return alone(
    join(root, 'node_modules', 'electron'),
    async () => officialFolder(root) ?? (await download(root, progress)),
  )
}

/**
 * @param {string} root
 * @param {import('./say.mjs').Progress} progress
 */
async function download(root, progress) {
  const folder = join(root, 'node_modules', 'electron')
  const loading = join(folder, `loading-${process.pid}`)
  const env = { ...process.env, electron_config_cache: loading }
  const tick = () => progress(undefined, 'downloading')
  const { code, output } = await run(nodeProgram(root), [join(folder, 'install.js')], { env, tick })
  await rm(loading, { recursive: true, force: true })
  const done = officialFolder(root)
  if (code === 0 && done !== undefined) return done
  await rm(join(folder, 'dist'), { recursive: true, force: true })
  throw new Stop(
    'The official Electron could not be downloaded, though its release page answers.',
    `Run the same command again. Nothing was left half-installed.\n${lastLines(output)}`,
  )
}
