// Gathers the licences of everything that ships with the program into renderer/help/licences.json. Part of `npm run fix`.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup/setup.mjs'

/** Development dependencies that the bundle carries all the same. */
const bundled = [
  '@fontsource/ibm-plex-mono',
  '@fontsource/ibm-plex-sans',
  '@tabler/icons-react',
  'electron',
  'i18next',
  'react',
  'react-aria-components',
  'react-dom',
  'tinykeys',
]
export const licencesFile = join(root, 'renderer', 'help', 'licences.json')

/** @typedef {Record<string, { dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }>} Packages */

/**
 * The folder in the lock file in which `name` is found from the package at `from`.
 * @param {Packages} packages
 * @param {string} from
 * @param {string} name
 */
function folderOf(packages, from, name) {
  for (let at = from; ;) {
    const folder = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (packages[folder] !== undefined) return folder
    if (at === '') return null
    at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : ''
  }
}

/**
 * Every package that ships: the dependencies, what the bundle carries, and what those need. Electron brings only itself.
 * @param {Packages} packages
 * @returns {string[]}
 */
function shippedFolders(packages) {
  const own = Object.keys(packages['']?.dependencies ?? {})
  const open = [...own, ...bundled].map((name) => folderOf(packages, '', name))
  const found = new Set()
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    if (folder === null || found.has(folder)) continue
    found.add(folder)
    if (folder === 'node_modules/electron') continue
    const { dependencies = {}, optionalDependencies = {} } = packages[folder] ?? {}
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const needed = folderOf(packages, folder, name)
      if (needed !== null && existsSync(join(root, needed))) open.push(needed)
    }
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1))
}

/** @param {string} folder */
function licenceText(folder) {
  const name = readdirSync(folder).find((file) => /^(licen[sc]e|copying)(-bsd)?(\.(md|txt))?$/i.test(file))
  return name === undefined ? null : readFileSync(join(folder, name), 'utf8').trim()
}

/** `{ name, version, licence, text }` of every package that ships, by name; `text` is null where the package has none. */
export function licences() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return shippedFolders(packages).map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const licence = typeof license === 'string' ? license : (license?.type ?? null)
    return { name, version, licence, text: licenceText(join(root, folder)) }
  })
}

/** The text of the file, as it should be. */
export function licencesText() {
  return `${JSON.stringify(licences(), null, 2)}\n`
}

if (import.meta.main) writeFileSync(licencesFile, licencesText())
