// Gives one run of tests or tools a folder for all its temporary files, children's too, and leaves nothing of it behind.
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'meja-112-run-'

/**
 * Makes the folder and lets `os.tmpdir()` of this process and of every child name it. Folders of runs that were killed are
 * removed first.
 * @param {string} [outer] the folder to make it in
 * @returns {{ folder: string, close: (expected?: readonly string[]) => string[] }} `close` removes the folder and returns
 *   what should have been removed before: the product's own folders that were still in it, and the folder itself when it
 *   could not be removed; `expected` are names that may be there
 */
export function openRunFolder(outer = tmpdir()) {
  const before = process.env.TMPDIR
  removeDead(outer)
  const folder = mkdtempSync(join(outer, `${prefix}${process.pid}-`))
  // As /tmp itself: some tests run a program as another user.
  chmodSync(folder, 0o1777)
  process.env.TMPDIR = folder
  const close = (/** @type {readonly string[]} */ expected = []) => {
    // Chromium and the test runners clear their own corners when the operating system lets them; only ours are counted.
    const left = existsSync(folder) ? readdirSync(folder).filter((name) => /^(meja|m112)-/.test(name)) : []
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    return [...left.filter((name) => !expected.includes(name)), ...(existsSync(folder) ? [folder] : [])]
  }
  return { folder, close }
}

/**
 * What a run says that left folders behind.
 * @param {readonly string[]} left
 */
export function leftBehind(left) {
  return `Temporary folders were left behind: ${left.join(', ')}. Remove them where they are made.`
}

/**
 * @param {string} outer
 */
function removeDead(outer) {
  for (const name of readdirSync(outer)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN
    if (pid > 0 && !isRunning(pid)) rmSync(join(outer, name), { recursive: true, force: true })
  }
}

/**
 * @param {number} pid
 */
function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process is there, but not ours to ask.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
