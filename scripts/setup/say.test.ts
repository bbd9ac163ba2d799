// What the set-up prints, and the exit code it ends with.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { barLine, step } from './say.mjs'

test('the bar shows share and seconds, and never runs over', () => {
  expect(barLine('fetch', 0.5, 3)).toBe('  … fetch  ████████████░░░░░░░░░░░░ 50 %  3 s')
  expect(barLine('fetch', 7, 3)).toBe('  … fetch  ████████████████████████ 100 %  3 s')
  expect(barLine('fetch', undefined, 3)).toBe('  … fetch  3 s')
})

test('a quick step prints exactly one line', async () => {
  const written: string[] = []
  await step('libraries', async () => 'up to date', { write: (text: string) => written.push(text) })
  expect(written).toEqual(['  ✓ libraries: up to date\n'])
})

test('a refusal is told in words with exit code 1, a defect keeps its stack', () => {
  const say = join(import.meta.dirname, 'say.mjs')
  const command = (body: string) =>
    spawnSync(
      process.execPath,
      ['--input-type=module', '-e', `import { Stop, runCommand } from ${JSON.stringify(say)}; ${body}`],
      {
        encoding: 'utf8',
      },
    )
  const refused = command(`await runCommand(async () => { throw new Stop('No network.', 'Plug it in.') })`)
  expect([refused.status, refused.stderr]).toEqual([1, '  ✗ No network.\n    Plug it in.\n'])
  const broken = command(`await runCommand(async () => { throw new Error('a defect') })`)
  expect(broken.status).toBe(1)
  expect(broken.stderr).toContain('at ')
})
