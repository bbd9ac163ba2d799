// The real workstation in its window, live mode, with an exchange of our own and no broker for sync. It must not measure.
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '#domain/time.ts'
import { siteText } from '../../electron/core/test-desk.ts'
import { startTrialExchange, type TrialExchange } from '../../electron/trial/exchange.ts'
import { deskCommand, electronRuntime } from '../launch-desk.ts'
import { run } from '../setup/run.mjs'
import { root } from '../setup/setup.mjs'
import { benchSite, copyOfYears, deskMember } from './desk-folder.ts'
import { startPeer } from './peer.ts'
import { pageScript } from './page-script.ts'

const readyMs = 60_000
const pollMs = 100

export type DeskWindow = {
  readonly app: ElectronApplication
  readonly page: Page
  readonly exchange: TrialExchange
  /** Runs text as code in the page; `bench` is the object of page-script.ts. */
  readonly inPage: <T>(code: string) => Promise<T>
  readonly stop: () => Promise<void>
}

export type WindowFacts = {
  readonly dir: string
  readonly incidents: number
  readonly say: (text: string) => void
}

/** Starts the workstation on a prepared folder. */
export async function launchWindow(desk: string): Promise<ElectronApplication> {
  const { args, env } = await deskCommand(desk, { args: ['--site', join(desk, 'site.yaml')] })
  const keyStore = ['-r', join(root, 'scripts', 'bench', 'key-store.cjs')]
  // Playwright holds the program back until it is connected, but only an Electron that it finds itself: it looks here.
  Object.assign(process.env, await electronRuntime())
  return _electron.launch({ args: [...keyStore, ...args], env, cwd: root, timeout: readyMs })
}

/** Opens the workstation on a desk with years of work; somebody is signed in and the first whole copy is made. */
export async function openDeskWindow({ dir, incidents, say }: WindowFacts): Promise<DeskWindow> {
  const desk = join(dir, `desk-${incidents}`)
  await copyOfYears(incidents, desk, say)
  const broker = await startPeer({ kind: 'broker' })
  writeFileSync(join(desk, 'site.yaml'), siteText({ member: deskMember, exchange: broker.url }))
  const facts = { site: benchSite, bridge: 'pbx1', broker: broker.url, members: [deskMember], clock: systemClock }
  const exchange = await startTrialExchange({ ...facts, canSteer: true, clearedAfterMs: 500 })
  const app = await launchWindow(desk)
  const page = await app.firstWindow()
  await signIn(page)
  await untilCopied(desk, say)
  await page.evaluate(pageScript)
  return {
    app,
    page,
    exchange,
    inPage: (code) => page.evaluate(code),
    stop: async () => {
      await app.close()
      await exchange.stop()
      await broker.stop()
    },
  }
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Kode operator').waitFor({ timeout: readyMs })
  await page.getByLabel('Kode operator').focus()
  await page.keyboard.type('siti')
  await page.keyboard.press('Tab')
  await page.keyboard.type('112112')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /Kejadian baru/ }).waitFor({ timeout: readyMs })
}

/** Each start begins with a whole copy of the database; measuring begins when the disk has done it. */
async function untilCopied(desk: string, say: (text: string) => void): Promise<void> {
  const copy = join(desk, 'copy', 'meja.db')
  say('waiting for the second copy')
  while (!existsSync(copy)) await new Promise((settle) => setTimeout(settle, pollMs))
  // What copying left in memory would otherwise go to the disk in the middle of the measured commits.
  await run('sync', [])
}
