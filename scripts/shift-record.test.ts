// The record of a shift is whole, also when the shift fails half-way.
import type { Page } from '@playwright/test'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordShift } from './shift-record.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meja-112-shift-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Only its picture is asked of the window. */
const page = { screenshot: async ({ path }: { path: string }) => writeFileSync(path, 'picture') } as unknown as Page

const summary = () => JSON.parse(readFileSync(join(folder, 'out', 'summary.json'), 'utf8')) as Record<string, unknown>

test('steps, pictures and facts are written; what an earlier shift left is gone', async () => {
  mkdirSync(join(folder, 'out'))
  writeFileSync(join(folder, 'out', 'old.png'), '')
  const said: string[] = []
  const place = { folder: join(folder, 'out'), version: '1.2.3', say: (line: string) => said.push(line) }
  const code = await recordShift(place, async ({ step, note }) => {
    await step('Masuk', page, async () => undefined)
    await step('Telepon iseng', page, async () => undefined)
    note({ calls: 1, incidents: 0, relays: { told: 0, received: 0, acknowledged: 0 }, confirmed: 3, waiting: 0 })
  })
  expect(code).toBe(0)
  expect(readdirSync(join(folder, 'out')).sort()).toEqual(['01-masuk.png', '02-telepon-iseng.png', 'summary.json'])
  expect(summary()).toMatchObject({
    version: '1.2.3',
    steps: [
      { name: 'Masuk', ok: true },
      { name: 'Telepon iseng', ok: true },
    ],
    calls: 1,
    confirmed: 3,
    screenshots: ['01-masuk.png', '02-telepon-iseng.png'],
  })
  expect(said).toHaveLength(2)
})

test('a failed step ends the shift with exit code 1, its picture and the summary are kept', async () => {
  const said: string[] = []
  const place = { folder: join(folder, 'out'), version: '1.2.3', say: (line: string) => said.push(line) }
  const code = await recordShift(place, async ({ step }) => {
    await step('Masuk', page, async () => {
      throw new Error('no such button')
    })
    await step('Never', page, async () => undefined)
  })
  expect(code).toBe(1)
  expect(summary()).toMatchObject({ steps: [{ name: 'Masuk', ok: false }], screenshots: ['01-masuk.png'], calls: 0 })
  expect(said.join('\n')).toContain('no such button')
})
