// The main job in the real window: the scripted trial shift is worked by keyboard and leaves what it promises.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './desk.ts'

type Summary = {
  readonly version: string
  readonly steps: readonly { readonly name: string; readonly ms: number; readonly ok: boolean }[]
  readonly calls: number
  readonly incidents: number
  readonly relays: { readonly told: number; readonly received: number; readonly acknowledged: number }
  readonly confirmed: number
  readonly waiting: number
  readonly screenshots: readonly string[]
}

test('a whole shift by keyboard: prank, silent call, crash to two agencies, plug out and in, alarm, daily log', async ({
  dataDir,
}) => {
  test.setTimeout(300_000)
  const child = spawn(process.execPath, [join('scripts', 'trial-shift.ts'), dataDir], { stdio: 'pipe' })
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const code = await new Promise((resolve) => child.once('exit', resolve))
  expect(code, said).toBe(0)
  const summary = JSON.parse(readFileSync(join(dataDir, 'summary.json'), 'utf8')) as Summary
  expect(summary.steps.filter(({ ok }) => !ok)).toEqual([])
  // Four callers, the call back to the silent one, and the call to the fire brigade.
  expect(summary).toMatchObject({
    calls: 6,
    incidents: 2,
    relays: { told: 3, received: 2, acknowledged: 3 },
    waiting: 0,
  })
  expect(summary.confirmed).toBeGreaterThan(30)
  expect(readdirSync(dataDir).filter((name) => name.endsWith('.png'))).toEqual([...summary.screenshots].sort())
  const log = readFileSync(join(dataDir, 'log-harian.csv'), 'utf8')
  expect(log.charCodeAt(0)).toBe(0xfeff)
  expect(log).toContain(';PRANK;')
  expect(log).toContain(';GHOST;')
})
