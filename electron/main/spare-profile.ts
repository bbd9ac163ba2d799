// Where Chromium keeps its own files when the data folder cannot be used and the window only says so.
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const prefix = 'meja-112-problem-'

/**
 * Makes a folder for this process below `temporary` and removes those of processes that have ended: Chromium writes into
 * its own to the very end, so no process can remove its own.
 */
export function spareProfile(temporary: string, pid: number): string {
  for (const name of readdirSync(temporary)) {
    const owner = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : 0
    if (owner > 0 && !isRunning(owner)) removeIfOurs(join(temporary, name))
  }
  const folder = join(temporary, `${prefix}${pid}`)
  mkdirSync(folder, { recursive: true })
  return folder
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process is there, but not ours to ask.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function removeIfOurs(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Another user's: it is theirs to remove.
  }
}
