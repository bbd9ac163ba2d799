// A site file is read whole, or the reason is named.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSite } from './site.ts'

test('text, none, missing, a folder, far too large', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meja-112-site-'))
  const file = join(folder, 'demak.yaml')
  writeFileSync(file, 'site: demak\n')
  expect(await readSite(file)).toEqual({ ok: true, text: 'site: demak\n' })
  expect(await readSite(null)).toEqual({ ok: true, text: null })
  expect(await readSite(join(folder, 'none.yaml'))).toEqual({ ok: false, reason: 'ENOENT' })
  expect(await readSite(folder)).toEqual({ ok: false, reason: 'EISDIR' })
  writeFileSync(file, 'x'.repeat(1_000_001))
  expect(await readSite(file)).toEqual({ ok: false, reason: 'EFBIG' })
  rmSync(folder, { recursive: true, force: true })
})
