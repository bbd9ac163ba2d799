// The log keeps JSON lines, stays bounded and hides what looks like a telephone number.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLogFile, storedLine } from './log-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meja-112-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const at = Date.UTC(2026, 10, 24, 1, 2, 3)

test('a JSON line keeps its fields, other text is wrapped', () => {
  const head = { at: '2026-11-24T01:02:03.000Z', source: 'core' }
  expect(JSON.parse(storedLine('core', '{"event":"opened","ms":12}', at))).toEqual({ ...head, event: 'opened', ms: 12 })
  expect(JSON.parse(storedLine('core', 'TypeError: x', at))).toEqual({ ...head, level: 'raw', text: 'TypeError: x' })
  expect(JSON.parse(storedLine('core', '[1]', at))).toEqual({ ...head, level: 'raw', text: '[1]' })
})

test('what looks like a telephone number is hidden, ids and versions stay', () => {
  expect(storedLine('core', 'caller 081200001234 and +6281200001234', at)).toContain('caller # and #')
  const line = '{"call":"019ab9c4-1234-7abc-8def-123456789012","version":"33.2.1","ms":1234567}'
  expect(JSON.parse(storedLine('core', line, at))).toMatchObject({
    call: '019ab9c4-1234-7abc-8def-123456789012',
    version: '33.2.1',
    ms: 1234567,
  })
})

test('an endless line is cut', () => {
  expect(storedLine('core', 'x'.repeat(100_000), at).length).toBeLessThan(2_200)
})

test('lines arrive in order, and a full file makes room', async () => {
  const file = join(folder, 'log', 'meja-112.log')
  const log = openLogFile(file, () => at)
  log.write('core', 'one')
  log.write('main', 'two')
  log.write('main', '')
  await log.flush()
  const texts = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text)
  expect(texts).toEqual(['one', 'two'])
  writeFileSync(file, 'x'.repeat(5_000_000))
  for (let n = 1; n <= 5; n += 1) writeFileSync(`${file}.${n}`, `old ${n}`)
  log.write('core', 'three')
  await log.flush()
  expect(readFileSync(file, 'utf8')).toContain('three')
  expect(statSync(`${file}.1`).size).toBe(5_000_000)
  expect(readFileSync(`${file}.5`, 'utf8')).toBe('old 4')
  expect(existsSync(`${file}.6`)).toBe(false)
})

test('a place that cannot be written to stops nothing', async () => {
  writeFileSync(join(folder, 'file'), '')
  chmodSync(join(folder, 'file'), 0o400)
  const log = openLogFile(join(folder, 'file', 'meja-112.log'), () => at)
  log.write('core', 'one')
  await log.flush()
  log.write('core', 'two')
  await log.flush()
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('')
})
