// A folder that cannot be used is noticed before anything starts.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkFolder } from './folder.ts'

test('a usable folder is made and left empty; one that cannot be made is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meja-112-folder-'))
  expect(checkFolder(join(folder, 'a', 'b'))).toEqual({ ok: true })
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual([])
  writeFileSync(join(folder, 'file'), '')
  expect(checkFolder(join(folder, 'file'))).toEqual({ ok: false, reason: 'EEXIST' })
  expect(checkFolder(join(folder, 'file', 'x'))).toEqual({ ok: false, reason: 'ENOTDIR' })
  rmSync(folder, { recursive: true, force: true })
})
