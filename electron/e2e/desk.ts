// The test function of all tests of the running program: gives each one a workstation of its own and stops it afterwards.
import { test as base, expect, type Page } from '@playwright/test'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchDesk, type LaunchOptions, type RunningDesk } from '#scripts/launch-desk.ts'

type Given = {
  /** A data folder that is removed after the test. */
  readonly dataDir: string
  /** Starts a workstation on the test's data folder; may be called again after `stop`. */
  readonly launch: (options?: LaunchOptions) => Promise<RunningDesk>
  /** A workstation in trial mode, dark, 1920x1080. */
  readonly desk: RunningDesk
}

/** Stops what a test left running and keeps its log when it failed. */
export const test = base.extend<Given>({
  // Playwright needs the object pattern, also where nothing is taken from it.
  dataDir: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'meja-112-e2e-'))
    await use(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  },
  launch: async ({ dataDir }, use, info) => {
    const running = new Set<RunningDesk>()
    await use(async (options = {}) => {
      const desk = await launchDesk({ dataDir, ...options })
      const stop = async (): Promise<number | null> => {
        running.delete(desk)
        return desk.stop()
      }
      running.add(desk)
      return { ...desk, stop: async () => (running.has(desk) ? stop() : null) }
    })
    const failed = info.status !== info.expectedStatus
    for (const desk of running) {
      if (failed && !desk.page.isClosed()) {
        await info.attach('window', { body: await desk.page.screenshot(), contentType: 'image/png' })
      }
      await desk.stop()
    }
    const log = join(dataDir, 'log', 'meja-112.log')
    if (failed && existsSync(log))
      process.stdout.write(`log of "${info.title}":\n${readFileSync(log, 'utf8').slice(-6_000)}\n`)
  },
  desk: async ({ launch }, use) => use(await launch()),
})

/** Waits until core serves the page and shows the sign-in of the trial site. */
export async function untilReady(desk: RunningDesk): Promise<void> {
  await expect(desk.page.getByText('PIN bawaan: 112112')).toBeVisible({ timeout: 20_000 })
}

/** Signs in by keyboard. The field of the operator code has the focus from the start. */
export async function signIn(desk: RunningDesk, operator = 'siti'): Promise<void> {
  await untilReady(desk)
  await desk.page.keyboard.type(operator)
  await desk.page.keyboard.press('Tab')
  await desk.page.keyboard.type('112112')
  await desk.page.keyboard.press('Enter')
  await expect(desk.page.getByLabel('PIN')).toBeHidden()
}

/** Opens the second window of a desk by its key. */
export async function openWall({ app, page }: RunningDesk): Promise<Page> {
  const opened = app.waitForEvent('window')
  await page.keyboard.press('Control+Shift+b')
  return opened
}

export { expect }
