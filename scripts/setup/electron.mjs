// Chooses the Electron to run: one that the caller names, the official one, or the stand-in. It says which, and why.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addonFile } from './addon.mjs'
import { fetchOfficial, officialFolder, officialVersion, unreachableMark } from './official.mjs'
import { Stop } from './say.mjs'
import { standIn, standInFolder } from './stand-in.mjs'

/**
 * @typedef {{ kind: 'named' | 'official' | 'stand-in', folder: string, said: string }} Choice
 * `folder` holds the program; that of a stand-in may have to be made first.
 */

/**
 * @param {{ root: string, cache: string, env?: NodeJS.ProcessEnv, releases?: string, progress: import('./say.mjs').Progress }} what
 * @returns {Promise<Choice>}
 */
export async function chooseElectron({ root, cache, env = process.env, releases, progress }) {
  const named = env.ELECTRON_OVERRIDE_DIST_PATH
  if (named) {
    if (!existsSync(join(named, process.platform === 'win32' ? 'electron.exe' : 'electron'))) {
      throw new Stop(
        'ELECTRON_OVERRIDE_DIST_PATH names a folder without the program electron.',
        `Correct or unset it. It says: ${named}`,
      )
    }
    return {
      kind: 'named',
      folder: named,
      said: `${versionIn(named)} in ${named}, named by ELECTRON_OVERRIDE_DIST_PATH`,
    }
  }
  const version = officialVersion(root)
  const official =
    officialFolder(root) ??
    (await fetchOfficial({ root, cache, progress, ...(releases === undefined ? {} : { releases }) }))
  if (official !== undefined) return { kind: 'official', folder: official, said: `official ${version}` }
  const mark = unreachableMark(cache, version)
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Stop(
      `The release page of Electron ${version} cannot be reached, and the stand-in is for linux-x64 only.`,
      `Connect to the network, delete ${mark} and run the same command again.`,
    )
  }
  return {
    kind: 'stand-in',
    folder: standInFolder(cache),
    said: `stand-in ${standIn.electron} for trials and tests (the release page of ${version} did not answer; to ask again delete ${mark})`,
  }
}

/**
 * @param {string} folder
 */
function versionIn(folder) {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim()
  } catch {
    return 'unknown version'
  }
}

/**
 * What a program needs in its environment to use the chosen Electron.
 * @param {{ root: string, cache: string, choice: Choice }} what
 * @returns {Record<string, string>}
 */
export function electronEnvironment({ root, cache, choice }) {
  const program = join(choice.folder, process.platform === 'win32' ? 'electron.exe' : 'electron')
  return {
    ELECTRON_OVERRIDE_DIST_PATH: choice.folder,
    ELECTRON_EXEC_PATH: program,
    ...(choice.kind === 'stand-in' ? { MEJA112_SQLITE_ADDON: addonFile(root, cache, standIn.electron) } : {}),
  }
}
