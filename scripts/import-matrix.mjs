// Who may import whom, folder by folder. This table is the rule; .oxlintrc.json is made from it by `npm run fix`.

/**
 * One row: the folders and packages that the files of a folder may import, beside their own folder and what is below it.
 * `isFree` marks tools and tests, which may cross every border and which no product folder may import.
 * @typedef {{ folders: readonly string[], packages: readonly string[], isFree?: boolean }} Row
 */

const domain = 'electron/domain'
const contract = 'electron/contract'
const log = 'electron/log'
const nodeOnly = ['node:*']
const react = ['react', 'react-dom', 'react-aria-components', '@tabler/icons-react', 'tinykeys', 'zod']

/** What every folder of the page builds on. */
const pageBase = [domain, contract, 'renderer/link', 'renderer/ui', 'renderer/text', 'renderer/style']

/** @type {Row} a folder of one word of the page: the words meet only in renderer/shell */
const pageWord = { folders: pageBase, packages: react }

/** @type {Readonly<Record<string, Row>>} */
export const matrix = {
  [domain]: { folders: [], packages: ['zod', 'uuid', 'libphonenumber-js', 'open-location-code'] },
  [contract]: { folders: [domain], packages: ['zod'] },
  [log]: { folders: [domain], packages: ['node:crypto'] },

  db: { folders: [domain, log], packages: [...nodeOnly, 'better-sqlite3'] },
  'db/apply': { folders: [domain, log, 'db', 'db/log'], packages: nodeOnly },
  'db/fixture': { folders: [domain, log, 'db', 'db/apply', 'db/log'], packages: nodeOnly },
  'db/log': { folders: [domain, log, 'db'], packages: nodeOnly },
  'db/local': { folders: [domain, 'db'], packages: nodeOnly },
  'db/queries': { folders: [domain, log, 'db', 'db/apply'], packages: nodeOnly },

  'electron/core': { folders: [domain, contract, log, 'db'], packages: [...nodeOnly, 'zod', 'yaml'] },
  'electron/core/commands': {
    folders: [domain, contract, log, 'db', 'electron/core', 'electron/core/views', 'electron/core/export'],
    packages: [...nodeOnly, 'zod'],
  },
  'electron/core/views': { folders: [domain, contract, log, 'db', 'electron/core'], packages: [...nodeOnly, 'zod'] },
  'electron/core/sync': { folders: [domain, log, 'db'], packages: [...nodeOnly, 'mqtt', 'zod'] },
  'electron/core/calls': { folders: [domain, contract, log], packages: [...nodeOnly, 'mqtt', 'zod'] },
  'electron/core/export': {
    folders: [domain, contract, 'db', 'electron/core'],
    packages: [...nodeOnly, 'csv-stringify', 'zod'],
  },

  'electron/core/borders': {
    folders: [domain, contract, 'electron/core'],
    packages: [
      ...nodeOnly,
      'zod',
      'geojson',
      'd3-geo',
      'jsonc-parser',
      'polylabel',
      'topojson-client',
      'topojson-server',
      'topojson-simplify',
      'topojson-specification',
    ],
  },

  'electron/centre': { folders: [domain, log, 'db', 'electron/core/sync'], packages: [...nodeOnly, 'mqtt', 'zod'] },
  'electron/trial': {
    folders: [domain, contract, log, 'electron/centre', 'electron/core', 'electron/core/sync', 'electron/core/calls'],
    packages: [...nodeOnly, 'mqtt', 'aedes', 'zod'],
  },
  'electron/devices/hid': { folders: [], packages: [] },
  'electron/main': { folders: [contract], packages: [...nodeOnly, 'electron', 'zod'] },
  'electron/preload': { folders: [contract], packages: ['electron'] },

  renderer: {
    folders: [...pageBase, 'renderer/sound'],
    packages: [...react, '@fontsource/ibm-plex-mono', '@fontsource/ibm-plex-sans', 'i18next'],
  },
  'renderer/link': { folders: [domain, contract], packages: ['react', 'zod'] },
  'renderer/text': { folders: [domain], packages: ['react', 'i18next'] },
  'renderer/style': { folders: [], packages: [] },
  'renderer/ui': { folders: [domain, 'renderer/text', 'renderer/link'], packages: react },
  'renderer/call': pageWord,
  'renderer/command': pageWord,
  'renderer/incident': pageWord,
  'renderer/intake': pageWord,
  'renderer/relay': pageWord,
  'renderer/shift': pageWord,
  'renderer/health': pageWord,
  'renderer/sound': pageWord,
  'renderer/directory': pageWord,
  'renderer/help': pageWord,
  'renderer/map': { ...pageWord, packages: [...react, 'd3-geo'] },
  'renderer/lead': pageWord,
  'renderer/trial': pageWord,
  'renderer/shell': {
    folders: [
      ...pageBase,
      ...[
        'call',
        'command',
        'incident',
        'intake',
        'relay',
        'shift',
        'health',
        'help',
        'directory',
        'map',
        'lead',
        'trial',
        'sound',
      ].map((word) => `renderer/${word}`),
    ],
    packages: react,
  },

  'electron/e2e': { folders: [], packages: [], isFree: true },
  scripts: { folders: [], packages: [], isFree: true },
  'scripts/hid-roles': { folders: [], packages: [], isFree: true },
  'scripts/ask': { folders: [], packages: [], isFree: true },
  'scripts/duplicate-days': { folders: [], packages: [], isFree: true },
  'scripts/guest': { folders: [], packages: [], isFree: true },
  'scripts/setup': { folders: [], packages: [], isFree: true },
  'scripts/bench': { folders: [], packages: [], isFree: true },
}

/** Folders that are imported by a short name from outside, everything below them included. */
const aliases = { [domain]: '#domain', [contract]: '#contract', [log]: '#log', db: '#db' }

/**
 * The short name of the folder that `to` belongs to, if it has one and `from` lies outside of it.
 * @param {string} from
 * @param {string} to
 */
function aliasFor(from, to) {
  const owner = Object.entries(aliases).find(([folder]) => to === folder || to.startsWith(`${folder}/`))
  return owner === undefined || from === owner[0] || from.startsWith(`${owner[0]}/`) ? undefined : owner
}

/**
 * How a file in `from` writes an import of `file` in `to`, or undefined where there is no permitted way to write it.
 * @param {string} from
 * @param {string} to
 * @param {string} file
 */
export function specifier(from, to, file) {
  const alias = aliasFor(from, to)
  if (alias !== undefined) return `${alias[1]}${to.slice(alias[0].length)}/${file}`
  if (from === to) return `./${file}`
  if (to.startsWith(`${from}/`)) return `.${to.slice(from.length)}/${file}`
  const parent = from.slice(0, from.lastIndexOf('/'))
  if (from.includes('/') && to === parent) return `../${file}`
  if (from.includes('/') && to.startsWith(`${parent}/`)) return `..${to.slice(parent.length)}/${file}`
  return undefined
}

/**
 * True when the table lets files of `from` import files of `to`.
 * @param {string} from
 * @param {string} to
 */
export function mayImport(from, to) {
  const row = matrix[from]
  if (row === undefined) throw new Error(`no row for ${from}`)
  if (row.isFree === true || from === to || to.startsWith(`${from}/`)) return true
  return (
    row.folders.includes(to) ||
    (aliasFor(from, to) !== undefined && row.folders.includes(aliasFor(from, to)?.[0] ?? ''))
  )
}

/**
 * True when the table lets files of `from` import a package (or one of Node's modules).
 * @param {string} from
 * @param {string} name such as `zod`, `node:fs`, `react-aria-components/Button`
 */
export function mayUse(from, name) {
  const row = matrix[from]
  if (row === undefined) throw new Error(`no row for ${from}`)
  if (row.isFree === true) return true
  return row.packages.some((allowed) =>
    allowed === 'node:*' ? name.startsWith('node:') : name === allowed || name.startsWith(`${allowed}/`),
  )
}

/**
 * What a file may import, as patterns of the linter: everything is forbidden, then the permitted is taken out.
 * @param {string} from
 */
function patterns(from) {
  const row = matrix[from]
  if (row === undefined) throw new Error(`no row for ${from}`)
  const folders = row.folders.map((to) => {
    const written = specifier(from, to, '*')
    if (written === undefined) throw new Error(`${from} cannot name ${to} without ../../`)
    return written.startsWith('#') ? written.replace(/\*$/, '**') : written
  })
  const packages = row.packages.flatMap((name) => (name === 'node:*' ? [name, 'node:*/*'] : [name, `${name}/**`]))
  return ['*', ...['./**', ...folders, ...packages].map((allowed) => `!${allowed.replace(/^#/, '\\#')}`)]
}

/**
 * The linter's rules for all folders that have any.
 * @returns {{ files: string[], rules: Record<string, unknown> }[]}
 */
export function lintOverrides() {
  return Object.keys(matrix)
    .filter((folder) => matrix[folder]?.isFree !== true)
    .map((folder) => ({
      files: [`${folder}/*.ts`, `${folder}/*.tsx`],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              { group: patterns(folder), message: `${folder} may not import this: see scripts/import-matrix.mjs` },
            ],
          },
        ],
      },
    }))
}
