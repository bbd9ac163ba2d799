// What the packing program asks on the way: the Electron inside is the pinned one, never the stand-in of trials and tests.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { officialVersion } from './setup/official.mjs'
import { Stop } from './setup/say.mjs'
import { root } from './setup/setup.mjs'

/**
 * Called before anything is packed. The Electron that somebody named, in the configuration or in the environment as the
 * set-up does for the stand-in, must be the pinned one; without a name the packing program fetches that itself.
 * @param {{ packager: { config: { electronDist?: unknown } } }} context
 * @param {NodeJS.ProcessEnv} [env]
 */
export function beforePack({ packager }, env = process.env) {
  for (const folder of [packager.config.electronDist, env.ELECTRON_OVERRIDE_DIST_PATH]) {
    if (folder === undefined || folder === null || folder === '') continue
    if (typeof folder !== 'string') throw refusal('electronDist in electron-builder.yml is not the path of a folder')
    const there = versionIn(folder)
    const pinned = officialVersion(root)
    if (there !== pinned) throw refusal(`${folder} holds Electron ${there ?? 'without a version'}, not ${pinned}`)
  }
}

/**
 * Called with the folder of the packed program. The loader of the stand-in runs whatever lies beside it: it must not be there.
 * @param {{ appOutDir: string }} context
 */
export function afterPack({ appOutDir }) {
  if (existsSync(join(appOutDir, 'resources', 'app'))) {
    throw refusal(`${appOutDir} has a program outside the verified archive, as the stand-in has`)
  }
}

/**
 * @param {string} what
 */
function refusal(what) {
  return new Stop(
    `Not packed: ${what}.`,
    'The stand-in Electron is for trials and tests only. Pack where the release page of Electron can be reached, with ELECTRON_OVERRIDE_DIST_PATH unset.',
  )
}

/**
 * @param {string} folder
 */
function versionIn(folder) {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
  } catch {
    return undefined
  }
}
