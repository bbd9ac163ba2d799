// The import table is complete, is what the linter enforces, and every cell of it is tried with a planted import.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { lintOverrides, matrix, mayImport, mayUse, specifier } from './import-matrix.mjs'
import { configText, withImportRules } from './import-rules.mjs'
import { root } from './setup/setup.mjs'

const folders = Object.keys(matrix)
const packages =
  'zod uuid libphonenumber-js/min better-sqlite3 mqtt aedes electron yaml csv-stringify/sync react react-dom/client react-aria-components/Button i18next idn-area-data node:fs node:crypto'.split(
    ' ',
  )

type Cell = { from: string; to: string; import: string; isAllowed: boolean }

/** One cell for every folder and every folder or package, where there is a way to write the import at all. */
function cells(): Cell[] {
  return folders
    .filter((from) => matrix[from]?.isFree !== true)
    .flatMap((from) => [
      ...folders.map((to) => {
        const far = `../../${to}/planted.ts`
        const written = specifier(from, to, 'planted.ts')
        return { from, to, import: written ?? far, isAllowed: written !== undefined && mayImport(from, to) }
      }),
      ...packages.map((name) => ({ from, to: name, import: name, isAllowed: mayUse(from, name) })),
    ])
}

const verdicts = new Map<string, boolean>()
const keyOf = (cell: Cell): string => `${cell.from} -> ${cell.to} (${cell.import})`

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'meja-112-imports-'))
  const planted = cells()
  // Only the import rules: the planted files are nothing but an import.
  writeFileSync(
    join(folder, '.oxlintrc.json'),
    JSON.stringify({ categories: {}, rules: {}, overrides: lintOverrides() }),
  )
  for (const [index, cell] of planted.entries()) {
    mkdirSync(join(folder, cell.from), { recursive: true })
    writeFileSync(join(folder, cell.from, `planted-${index}.ts`), `import '${cell.import}'\n`)
  }
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format=json', '-A', 'all', folder], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  })
  const report = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[]; number_of_files: number }
  expect(report.number_of_files).toBe(planted.length)
  const red = new Set<number>()
  for (const { code, filename } of report.diagnostics) {
    if (code.includes('no-restricted-imports')) red.add(Number(/planted-(\d+)\.ts$/.exec(filename)?.[1]))
  }
  for (const [index, cell] of planted.entries()) verdicts.set(keyOf(cell), !red.has(index))
  rmSync(folder, { recursive: true, force: true })
})

test('every forbidden import is red and every allowed one green', () => {
  const wrong = cells().flatMap((cell) => {
    const isGreen = verdicts.get(keyOf(cell))
    return isGreen === cell.isAllowed ? [] : [`${keyOf(cell)} is ${String(isGreen)}, the table says ${cell.isAllowed}`]
  })
  expect(wrong).toEqual([])
  const allowed = cells().filter((cell) => cell.isAllowed).length
  expect(allowed).toBeGreaterThan(100)
  expect(cells().length - allowed).toBeGreaterThan(1_000)
})

test('the arrows of the architecture, in words', () => {
  const arrows = (to: string) => folders.filter((from) => from !== to && !matrix[from]?.isFree && mayImport(from, to))
  expect(arrows('electron/main')).toEqual([])
  expect(arrows('renderer')).toEqual([])
  expect(matrix['electron/domain']?.folders).toEqual([])
  expect(mayImport('electron/core/commands', 'electron/core/sync')).toBe(false)
  expect(mayImport('electron/core/commands', 'electron/core/calls')).toBe(false)
  expect(mayImport('renderer/call', 'renderer/incident')).toBe(false)
  expect(mayImport('renderer/shell', 'renderer/incident')).toBe(true)
  const users = (name: string) => folders.filter((from) => !matrix[from]?.isFree && mayUse(from, name))
  expect(users('electron')).toEqual(['electron/main', 'electron/preload'])
  expect(users('better-sqlite3')).toEqual(['db'])
  expect(users('mqtt')).toEqual(['electron/core/sync', 'electron/core/calls', 'electron/centre', 'electron/trial'])
  expect(users('react').every((folder) => folder.startsWith('renderer'))).toBe(true)
})

test('every folder with sources has a row', () => {
  const withSources = (folder: string): string[] => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true })
    const own = entries.some((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name)) ? [folder] : []
    return [...own, ...entries.flatMap((entry) => (entry.isDirectory() ? withSources(`${folder}/${entry.name}`) : []))]
  }
  const found = ['db', 'electron', 'renderer', 'scripts'].flatMap(withSources)
  expect(found.filter((folder) => matrix[folder] === undefined)).toEqual([])
})

test('the linter is configured from the table', () => {
  const text = readFileSync(join(root, '.oxlintrc.json'), 'utf8')
  expect(text, 'run "npm run fix"').toBe(configText(withImportRules(JSON.parse(text))))
})

test('no product file loads code in a way that the linter does not see', () => {
  const hidden: string[] = []
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) visit(path)
      else if (/\.tsx?$/.test(path) && !/\.test\.tsx?$|\/test-|\/e2e\//.test(path)) {
        const text = readFileSync(join(root, path), 'utf8')
        if (/\bimport\(|\brequire\(/.test(text.replace(/^\s*(\/\/|\*).*$/gm, ''))) hidden.push(path)
      }
    }
  }
  for (const folder of ['db', 'electron', 'renderer']) visit(folder)
  expect(hidden).toEqual([])
})
