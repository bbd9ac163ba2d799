// Writes the import rules of import-matrix.mjs into .oxlintrc.json, before the overrides for tests. Part of `npm run fix`.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lintOverrides } from './import-matrix.mjs'

const file = join(dirname(dirname(fileURLToPath(import.meta.url))), '.oxlintrc.json')

/** @typedef {{ files: string[], rules: Record<string, unknown> }} Override */

/**
 * The linter's configuration with the import rules of the table.
 * @param {{ overrides: Override[] }} config
 */
export function withImportRules(config) {
  const others = config.overrides.filter((override) => !Array.isArray(override.rules['no-restricted-imports']))
  return { ...config, overrides: [...lintOverrides(), ...others] }
}

/**
 * The text of the configuration: one line for each override, so that a change of the table is a change of few lines.
 * @param {{ overrides: Override[] }} config
 */
export function configText(config) {
  const { overrides, ...rest } = config
  const lines = overrides.map((override) => `    ${JSON.stringify(override)}`).join(',\n')
  return `${JSON.stringify(rest, undefined, 2).replace(/\n}$/, '')},\n  "overrides": [\n${lines}\n  ]\n}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(file, configText(withImportRules(JSON.parse(readFileSync(file, 'utf8')))))
}
