// `npm run sabotage [-- PART-OF-A-PATH]`: takes each protected mechanism out and expects its test to fail. It works on a copy, never on the files themselves.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openRunFolder } from './run-folder.mjs'

const root = resolve(import.meta.dirname, '..')
const ending = '.sabotage.patch'

/** Every patch of the repository, as paths from its root. */
export function sabotagePatches(): string[] {
  return globSync(`{db,electron,renderer,scripts}/**/*${ending}`, { cwd: root }).sort()
}

/** The test that must fail: `db/apply/converge.heads.sabotage.patch` belongs to `db/apply/converge.test.ts`, or else to a `.test.tsx`. */
export function testOf(patch: string): string {
  const [name = ''] = basename(patch, ending).split('.')
  const test = join(dirname(patch), `${name}.test.ts`)
  return existsSync(join(root, `${test}x`)) ? `${test}x` : test
}

function run(cwd: string, command: string, ...args: string[]): number | null {
  return spawnSync(command, args, { cwd, stdio: 'ignore' }).status
}

/** True when the patch still fits the files. */
export function fits(patch: string, cwd: string = root): boolean {
  return run(cwd, 'git', 'apply', '--check', patch) === 0
}

function isGreen(copy: string, test: string): boolean {
  return run(copy, process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--bail=1', test) === 0
}

/**
 * 'red' is what is wanted; 'green' means that nothing protects the mechanism, 'stale' that the patch does not fit any more,
 * 'broken' that the test fails anyway and proves nothing.
 */
function sabotage(
  copy: string,
  patch: string,
  isSound: (test: string) => boolean,
): 'red' | 'green' | 'stale' | 'broken' {
  if (!isSound(testOf(patch))) return 'broken'
  if (run(copy, 'git', 'apply', patch) !== 0) return 'stale'
  const isMissed = !isGreen(copy, testOf(patch))
  run(copy, 'git', 'apply', '--reverse', patch)
  return isMissed ? 'red' : 'green'
}

/** Whether a test passes while nothing is taken out; each is run once. */
function soundTests(copy: string): (test: string) => boolean {
  const known = new Map<string, boolean>()
  return (test) => {
    const isSound = known.get(test) ?? isGreen(copy, test)
    known.set(test, isSound)
    return isSound
  }
}

/** `part`: only patches with this in their path; all of them when it is empty. */
function main(part: string): number {
  const { folder, close } = openRunFolder()
  const copy = join(folder, 'copy')
  try {
    if (run(root, 'git', 'worktree', 'add', '--detach', copy) !== 0) {
      process.stderr.write('no copy of the last commit could be made\n')
      return 1
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    const patches = sabotagePatches().filter((patch) => patch.includes(part))
    const isSound = soundTests(copy)
    const outcomes = patches.map((patch) => {
      const outcome = sabotage(copy, patch, isSound)
      process.stdout.write(`${outcome.padEnd(7)}${patch}\n`)
      return outcome
    })
    const good = outcomes.filter((outcome) => outcome === 'red').length
    process.stdout.write(`${good} of ${patches.length} mechanisms are missed by their test when they are gone\n`)
    return good === patches.length ? 0 : 1
  } finally {
    run(root, 'git', 'worktree', 'remove', '--force', copy)
    close()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv[2] ?? '')
