// The programs behind the window: forged messages, a killed or silent core, a reloaded page, a killed trial site.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPagePort } from '#scripts/page-port.ts'
import { expect, signIn, test, untilReady } from './desk.ts'

const command = '019ab9c4-1234-7abc-8def-123456789012'

test('a start shows nothing that the policy had to block', async ({ launch }) => {
  const desk = await launch()
  const blocked: string[] = []
  desk.page.on('console', (message) => {
    if (message.type() === 'error') blocked.push(message.text())
  })
  await desk.page.reload()
  await signIn(desk)
  expect(blocked).toEqual([])
})

test('forged messages on the port are refused, and core goes on', async ({ desk }) => {
  await untilReady(desk)
  const { core } = await desk.programs()
  const port = await openPagePort(desk.page, 'core')
  const envelope = { command, session: null }
  const forged = { command, session: '019ab9c4-0000-7abc-8def-123456789012' }
  const call = (name: string, input: unknown, with_: unknown, id: number) => ({
    t: 'call',
    id,
    name,
    input,
    envelope: with_,
  })
  expect(await port.ask(call('deleteEverything', {}, envelope, 901))).toMatchObject({
    value: { fault: 'invalid' },
  })
  expect(await port.ask(call('__proto__', {}, envelope, 902))).toMatchObject({ value: { fault: 'invalid' } })
  expect(await port.ask(call('addNote', { nonsense: 1 }, envelope, 903))).toMatchObject({
    value: { fault: 'invalid' },
  })
  const day = { day: '2026-11-24' }
  expect(await port.ask(call('exportDailyLog', day, envelope, 904))).toMatchObject({
    value: { fault: 'not_signed_in' },
  })
  expect(await port.ask(call('exportDailyLog', day, forged, 905))).toMatchObject({
    value: { fault: expect.stringMatching(/^(not_signed_in|session_expired)$/) },
  })
  for (const garbage of [
    null,
    1,
    'x',
    [],
    { t: 'call' },
    { t: 'else', id: 906 },
    { t: 'watch', id: 7, name: 'constructor' },
  ]) {
    await port.post(garbage)
  }
  expect(await port.ask({ t: 'ping', id: 908 })).toEqual({ t: 'pong', id: 908 })
  expect((await desk.programs()).core).toBe(core)
})

test('a killed core comes back at once, the page says so meanwhile and the sign-in survives', async ({ desk }) => {
  await signIn(desk)
  const before = (await desk.programs()).core
  await desk.page.evaluate(() => {
    window.addEventListener('message', (event: MessageEvent<{ kind?: string; role?: string; state?: string }>) => {
      const { kind, role, state } = event.data
      const told = kind === 'meja-core' ? state : kind === 'meja-port' ? `port ${role}` : undefined
      if (told !== undefined) document.body.dataset.told = `${document.body.dataset.told ?? ''} ${told}`.trim()
    })
  })
  process.kill(before ?? 0, 'SIGKILL')
  await expect(desk.page.locator('body')).toHaveAttribute('data-told', 'gone port core')
  const after = (await desk.programs()).core
  expect(after).not.toBe(before)
  const port = await openPagePort(desk.page, 'core')
  expect(await port.ask({ t: 'ping', id: 901 })).toEqual({ t: 'pong', id: 901 })
  await expect(desk.page.getByLabel('PIN')).toBeHidden()
})

test('a silent core is told after 3 s, and that it answers again', async ({ desk }) => {
  await signIn(desk)
  const core = (await desk.programs()).core ?? 0
  await desk.page.evaluate(() => {
    window.addEventListener('message', (event: MessageEvent<{ kind?: string; state?: string }>) => {
      if (event.data.kind === 'meja-core') document.body.dataset.core = event.data.state
    })
  })
  process.kill(core, 'SIGSTOP')
  await expect(desk.page.locator('body')).toHaveAttribute('data-core', 'silent', { timeout: 10_000 })
  process.kill(core, 'SIGCONT')
  await expect(desk.page.locator('body')).toHaveAttribute('data-core', 'back', { timeout: 10_000 })
})

test('a reloaded page gets new ports and is still signed in', async ({ desk }) => {
  await signIn(desk)
  await desk.page.reload()
  await expect(desk.page.getByRole('heading').first()).toBeVisible()
  const port = await openPagePort(desk.page, 'core')
  expect(await port.ask({ t: 'ping', id: 901 })).toEqual({ t: 'pong', id: 901 })
  await expect(desk.page.getByLabel('PIN')).toBeHidden()
})

test('a killed trial site comes back by itself and the desk goes on', async ({ desk }) => {
  await signIn(desk)
  const before = (await desk.programs()).trial
  process.kill(before ?? 0, 'SIGKILL')
  await expect.poll(async () => (await desk.programs()).trial ?? before, { timeout: 15_000 }).not.toBe(before)
  await expect(desk.page.getByText('Sentral: tersambung')).toBeVisible({ timeout: 30_000 })
})

test('no program is left behind when the window closes', async ({ launch }) => {
  const desk = await launch()
  await untilReady(desk)
  const { core = 0, trial = 0 } = await desk.programs()
  expect(await desk.stop()).toBe(0)
  for (const pid of [core, trial]) await expect.poll(() => isAlive(pid)).toBe(false)
})

test('the log holds JSON lines and no telephone number', async ({ desk, dataDir }) => {
  await signIn(desk)
  const lines = readFileSync(join(dataDir, 'log', 'meja-112.log'), 'utf8')
    .trim()
    .split('\n')
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({ source: expect.stringMatching(/^(main|core|trial)$/) })
  expect(lines.join('\n')).not.toMatch(/\b08\d{8,}/)
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
