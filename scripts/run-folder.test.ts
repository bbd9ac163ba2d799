import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openRunFolder } from './run-folder.mjs'
import { root } from './setup/setup.mjs'

/** A run of tests of its own, with the project's set-up of a run and of a file, in a temporary folder of its own. */
function runTests(text: string) {
  const project = mkdtempSync(join(tmpdir(), 'meja-112-project-'))
  const outer = join(project, 'outer')
  mkdirSync(outer)
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  const [run, file] = ['unit-run.ts', 'unit-file.ts'].map((name) => JSON.stringify(join(root, 'scripts', name)))
  writeFileSync(
    join(project, 'vitest.config.ts'),
    `export default { test: { globalSetup: ${run}, setupFiles: ${file} } }`,
  )
  const start = `import { mkdtempSync, writeFileSync } from 'node:fs'
import { spawn, spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
const folder = () => mkdtempSync(join(tmpdir(), 'm112-'))
`
  writeFileSync(join(project, 'a.test.ts'), start + text)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const env = { ...process.env, TMPDIR: outer, NO_COLOR: '1', FORCE_COLOR: '0' }
  const { status, stderr, stdout } = spawnSync(process.execPath, [vitest, 'run', '--root', project], {
    env,
    encoding: 'utf8',
  })
  return { status, said: stderr + stdout, left: readdirSync(outer) }
}

it('gives every file of tests a folder inside the folder of its run', () => {
  expect(tmpdir()).toMatch(/meja-112-run-\d+-\w+\/meja-112-file-\w+$/)
})

it('removes what tests leave: good ones, failed ones, and children that were killed', () => {
  const run = runTests(`
it('leaves a folder', () => writeFileSync(join(folder(), 'file'), 'x'))
it('fails', () => expect(folder()).toBe(''))
it('kills its child', () => {
  const code = "const f = require('fs').mkdtempSync(require('path').join(require('os').tmpdir(), 'm112-')); process.kill(process.pid, 'SIGKILL')"
  expect(spawnSync(process.execPath, ['-e', code]).signal).toBe('SIGKILL')
})`)
  expect(run.said).toContain('1 failed | 2 passed')
  expect(run.said).not.toContain('left behind')
  expect(run.left).toEqual([])
})

it('fails a run that left a folder behind, names it, and removes it all the same', () => {
  const run = runTests(`
it('writes beside the folder of its file', () => {
  mkdtempSync(join(tmpdir(), '..', 'm112-beside-'))
})`)
  expect(run.said).toContain('1 passed')
  expect(run.said).toContain('Temporary folders were left behind: m112-beside-')
  expect(run.status).toBe(1)
  expect(run.left).toEqual([])
})

it('removes the folders of runs that were killed, and of no run that lives', () => {
  const outer = mkdtempSync(join(tmpdir(), 'meja-112-outer-'))
  const ended = spawnSync(process.execPath, ['-e', '']).pid
  const [dead, living, foreign] = [
    `meja-112-run-${ended}-abc`,
    `meja-112-run-${process.ppid}-abc`,
    'meja-112-desk',
  ].map((name) => join(outer, name))
  for (const folder of [dead, living, foreign]) mkdirSync(String(folder))
  const run = openRunFolder(outer)
  expect(tmpdir()).toBe(run.folder)
  expect([dead, living, foreign].map((folder) => existsSync(String(folder)))).toEqual([false, true, true])
  mkdirSync(join(run.folder, 'm112-left'))
  expect(run.close()).toEqual(['m112-left'])
  expect(existsSync(run.folder)).toBe(false)
  expect(run.close()).toEqual([])
})
