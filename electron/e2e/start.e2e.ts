// Starting the program where something is in the way: twice, on a folder that cannot be used, without a key store.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deskCommand, type RunningDesk } from '#scripts/launch-desk.ts'
import { expect, test, untilReady } from './desk.ts'

const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Starts the workstation without steering it and waits for its end. */
async function runToEnd(dataDir: string, args: readonly string[] = []) {
  const command = await deskCommand(dataDir, { args: [...noSandbox, ...args] })
  const child = spawn(command.program, [...noSandbox, ...command.args], { env: command.env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, output }
}

/** Presses a key that closes the window; the window may be gone before the key is let go. */
async function closeBy(desk: RunningDesk, key: string): Promise<void> {
  await desk.page.keyboard.press(key).catch(() => undefined)
}

test('a second start brings the first window forward, tells the page and whoever started it', async ({
  desk,
  dataDir,
}) => {
  await desk.page.evaluate(() => {
    window.addEventListener('message', (event: MessageEvent<{ kind?: string }>) => {
      if (event.data.kind === 'meja-second-start') document.body.dataset.secondStart = 'told'
    })
  })
  const second = await runToEnd(dataDir)
  expect(second.output).toContain('Meja 112 sudah berjalan di komputer ini; jendelanya dibawa ke depan.')
  expect(second.code).toBe(0)
  await expect(desk.page.locator('body')).toHaveAttribute('data-second-start', 'told')
  expect(desk.app.windows()).toHaveLength(1)
})

test('two desks with two data folders run side by side', async ({ desk, launch, dataDir }) => {
  const other = await launch({ dataDir: join(dataDir, 'other') })
  expect(other.page.url()).toBe(desk.page.url())
  expect(other.pid).not.toBe(desk.pid)
})

test('a folder for temporary files with a long name is no hindrance', async ({ launch, dataDir }) => {
  const long = join(dataDir, 'a'.repeat(100))
  mkdirSync(long)
  await untilReady(await launch({ env: { TMPDIR: long } }))
})

test('a data folder that cannot be used is said in words, with an exit code', async ({ launch, dataDir }) => {
  const file = join(dataDir, 'a-file')
  writeFileSync(file, '')
  const desk = await launch({ dataDir: file })
  await expect(desk.page.getByRole('heading')).toHaveText('Meja 112 tidak dapat dijalankan')
  await expect(desk.page.locator('p').first()).toContainText(`Folder data tidak dapat dipakai: ${file}`)
  await closeBy(desk, 'Escape')
  expect(await desk.ended).toBe(3)
  expect(readFileSync(file, 'utf8')).toBe('')
  // The next such start would remove it; here there is none.
  rmSync(join(tmpdir(), `meja-112-problem-${desk.pid}`), { recursive: true })
})

test('a live desk without a key store is refused, and says what to do', async ({ launch, dataDir }) => {
  const site = join(dataDir, 'site.yaml')
  writeFileSync(site, 'site: demak\n')
  const desk = await launch({ dataDir: join(dataDir, 'live'), args: ['--site', site, '--password-store=basic'] })
  await expect(desk.page.locator('p').first()).toContainText('Penyimpan kunci sistem operasi tidak tersedia')
  await closeBy(desk, 'Enter')
  expect(await desk.ended).toBe(3)
})

test('a key that cannot be opened is not replaced', async ({ launch, dataDir }) => {
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(join(dataDir, 'desk.key'), '{ "version": 1, "sealed": "AAAA" }')
  const desk = await launch()
  await expect(desk.page.locator('p').first()).toContainText('Kunci basis data tidak dapat dibuka')
  expect(readFileSync(join(dataDir, 'desk.key'), 'utf8')).toContain('AAAA')
})

test('a missing key is not made anew where there is data', async ({ launch, dataDir }) => {
  writeFileSync(join(dataDir, 'meja.db'), 'data')
  const desk = await launch()
  await expect(desk.page.locator('p').first()).toContainText('Kunci basis data tidak dapat dibuka')
  expect(readdirSync(dataDir)).not.toContain('desk.key')
})

test('what core cannot open is said in words, and the program ends', async ({ launch, dataDir }) => {
  const first = await launch()
  await untilReady(first)
  await first.stop()
  rmSync(join(dataDir, 'meja.db'))
  mkdirSync(join(dataDir, 'meja.db'))
  const second = await launch()
  const problem = await second.app.waitForEvent('window', { timeout: 20_000 })
  await expect(problem.getByRole('heading')).toHaveText('Meja 112 tidak dapat dijalankan')
  await expect(problem.locator('p').first()).toContainText('Folder data tidak dapat dipakai.')
  await problem.keyboard.press('Escape').catch(() => undefined)
  expect(await second.ended).toBe(3)
})
