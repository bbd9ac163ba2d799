// Before and after the tests of one file: a folder for its temporary files, removed also when a test failed.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const outer = tmpdir()
const folder = mkdtempSync(join(outer, 'meja-112-file-'))
process.env.TMPDIR = folder
// Registered before those of the file itself, so it runs after them, when they have ended their children.
afterAll(() => {
  process.env.TMPDIR = outer
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})
