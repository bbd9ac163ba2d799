// Bundles the programs into out/, unless out/ already holds a build of exactly these sources.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alone } from './setup/cache.mjs'
import { lastLines, run } from './setup/run.mjs'
import { Stop } from './setup/say.mjs'

const sources = [
  'electron',
  'db',
  'renderer',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
]

/**
 * Changes when a source file is added, removed or edited. Looks at size and time, which takes milliseconds.
 * @param {string} root
 */
export function sourceStamp(root) {
  const hash = createHash('sha256')
  for (const source of sources) {
    const path = join(root, source)
    if (!existsSync(path)) continue
    const names = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }).map(String).sort() : ['']
    for (const name of names) {
      if (/\.test\.tsx?$/.test(name)) continue
      const file = statSync(join(path, name))
      if (file.isDirectory()) continue
      const { mtimeMs, size } = file
      hash.update(`${source}/${name} ${size} ${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

/**
 * Builds when needed.
 * @param {{ root: string, node: string, env: NodeJS.ProcessEnv }} what
 * @returns {Promise<string>} what was done
 */
export async function build({ root, node, env }) {
  const stampFile = join(root, 'out', 'stamp')
  return alone(stampFile, async () => {
    const stamp = sourceStamp(root)
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 'up to date'
    await rm(stampFile, { force: true })
    const tool = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    const { code, output } = await run(node, [tool, 'build'], { cwd: root, env })
    if (code !== 0) throw new Stop('The programs could not be bundled.', lastLines(output, 30))
    await writeFile(stampFile, stamp)
    return 'done'
  })
}
