// The stamp of the sources tells when a build is out of date.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceStamp } from './build.mjs'

test('an edited, added or removed source changes the stamp; a test, or anything elsewhere, does not', () => {
  const root = mkdtempSync(join(tmpdir(), 'meja-112-build-'))
  const file = join(root, 'electron', 'main', 'main.ts')
  mkdirSync(join(root, 'electron', 'main'), { recursive: true })
  writeFileSync(file, 'one')
  const first = sourceStamp(root)
  expect(sourceStamp(root)).toBe(first)

  writeFileSync(join(root, 'electron', 'main', 'main.test.ts'), 'a test')
  writeFileSync(join(root, 'README.md'), 'text')
  utimesSync(join(root, 'electron', 'main'), 1, 1)
  const times = sourceStamp(root)
  writeFileSync(file, 'two, longer')
  const edited = sourceStamp(root)
  writeFileSync(join(root, 'electron', 'main', 'more.ts'), '')
  const added = sourceStamp(root)
  rmSync(file)
  const removed = sourceStamp(root)
  rmSync(root, { recursive: true })
  expect(times).toBe(first)
  expect(new Set([first, edited, added, removed]).size).toBe(4)
})
