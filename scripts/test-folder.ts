// Gives all unit tests of one run a folder for their temporary files, and removes it with whatever they left.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Called by vitest before its workers start; they inherit the environment. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'meja-112-unit-'))
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
