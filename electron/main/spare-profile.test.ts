import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { spareProfile } from './spare-profile.ts'

it('makes one folder, keeps those of running processes and removes those of ended ones', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'meja-112-spare-'))
  const ended = spawnSync(process.execPath, ['-e', '']).pid
  for (const pid of [ended, process.ppid]) {
    mkdirSync(join(temporary, `meja-112-problem-${pid}`))
    writeFileSync(join(temporary, `meja-112-problem-${pid}`, 'file'), '')
  }
  mkdirSync(join(temporary, 'meja-112-problem-of-somebody'))
  const folder = spareProfile(temporary, process.pid)
  expect(folder).toBe(join(temporary, `meja-112-problem-${process.pid}`))
  expect(readdirSync(temporary).toSorted()).toEqual(
    [process.pid, process.ppid, 'of-somebody'].map((end) => `meja-112-problem-${end}`).toSorted(),
  )
  expect(spareProfile(temporary, process.pid)).toBe(folder)
})
