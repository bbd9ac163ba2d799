// Starts the built workstation in a window that a program steers, for tests and the scripted trial shift, and stops it again.
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import type Electron from 'electron'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openRunFolder } from './run-folder.mjs'
import { cacheFolder } from './setup/cache.mjs'
import { chooseElectron, electronEnvironment } from './setup/electron.mjs'
import { root } from './setup/setup.mjs'

export type Theme = 'dark' | 'light' | 'hc'

/** The two sizes that the screens are made for, in pixels. */
export const sizes = {
  full: { width: 1920, height: 1080 },
  compact: { width: 1366, height: 768 },
} as const
export type Size = keyof typeof sizes

export type LaunchOptions = {
  /** Data folder; without one a new temporary folder is used and removed at the end. */
  readonly dataDir?: string
  readonly theme?: Theme
  readonly size?: Size
  /** More arguments for the workstation, such as `--site FILE`. */
  readonly args?: readonly string[]
  /** A script that Electron loads before the workstation. */
  readonly before?: string
  readonly env?: Readonly<Record<string, string>>
}

export type RunningDesk = {
  readonly app: ElectronApplication
  readonly page: Page
  readonly dataDir: string
  /** Process id of the shell. */
  readonly pid: number
  /** Process ids of the programs that the shell runs, by their name (`core`, `trial`). */
  readonly programs: () => Promise<Record<string, number>>
  /** Resolves with the exit code when the program ends, by itself or by `stop`. */
  readonly ended: Promise<number | null>
  /** Closes the window; resolves with the exit code. */
  readonly stop: () => Promise<number | null>
}

/** Where the Electron that the set-up chose is, and what it needs in its environment. */
export async function electronRuntime(): Promise<Record<string, string>> {
  const cache = cacheFolder()
  const choice = await chooseElectron({ root, cache, progress: () => undefined })
  return electronEnvironment({ root, cache, choice })
}

/** The arguments and environment with which the built workstation is started on a data folder. */
export async function deskCommand(dataDir: string, options: LaunchOptions = {}) {
  const runtime = await electronRuntime()
  const program = runtime.ELECTRON_EXEC_PATH
  if (program === undefined) throw new Error('the set-up named no Electron; run "npm run build" first')
  const { width, height } = sizes[options.size ?? 'full']
  const looks = ['--theme', options.theme ?? 'dark', '--size', `${width}x${height}`]
  const args = [root, '--data', dataDir, ...looks, ...(options.args ?? [])]
  const env = { ...definedOnly(process.env), ...runtime, ...options.env }
  return { program, args, env }
}

/** Starts the workstation and waits for its page. */
export async function launchDesk(options: LaunchOptions = {}): Promise<RunningDesk> {
  const run = options.dataDir === undefined ? openRunFolder() : null
  if (run !== null) process.once('exit', () => run.close())
  const dataDir = options.dataDir ?? join(run?.folder ?? '', 'desk')
  const { args, env } = await deskCommand(dataDir, options)
  const before = options.before === undefined ? [] : ['-r', options.before]
  // Playwright holds the program back until it is connected, but only an Electron that it finds itself: it looks here.
  Object.assign(process.env, await electronRuntime())
  const app = await _electron.launch({ args: [...before, ...args], env, cwd: root })
  const child = app.process()
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const page = await app.firstWindow()
  // A window is there before its page: what is put into the empty one would be lost.
  await page.waitForURL(({ protocol }) => protocol !== 'about:')
  const pid = child.pid ?? 0
  return {
    app,
    page,
    dataDir,
    pid,
    programs: () => programsOf(app),
    ended,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) await app.close()
      const code = await ended
      run?.close()
      return code
    },
  }
}

/**
 * Runs a function in the shell's process. Now and then the debugger loses the answer there ("garbage collected"), so
 * `work` must do no harm when it is run again.
 */
export async function inShell<A, R>(
  app: ElectronApplication,
  work: (electron: typeof Electron, argument: A) => R,
  argument?: A,
): Promise<R> {
  for (let tries = 1; ; tries += 1) {
    try {
      // The driver's own type of the argument cannot be named here.
      return (await app.evaluate(work as never, argument as never)) as R
    } catch (error) {
      if (tries === 3 || !String(error).includes('garbage collected')) throw error
    }
  }
}

/** Gives the window one of the two sizes. */
export async function resize(app: ElectronApplication, size: Size): Promise<void> {
  await inShell(
    app,
    ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
    sizes[size],
  )
}

/** The programs that the shell runs, by the name they were started under. */
export async function programsOf(app: ElectronApplication): Promise<Record<string, number>> {
  const metrics = await inShell(app, ({ app: shell }) => shell.getAppMetrics())
  const programs = metrics.filter((metric) => metric.serviceName === 'node.mojom.NodeService')
  return Object.fromEntries(programs.map((metric) => [metric.name ?? '', metric.pid]))
}

/** All processes below one, nearest first. Linux only. */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const match = /\) \S (\d+)/.exec(/^\d+$/.test(name) ? readText(`/proc/${name}/stat`) : '')
    if (match?.[1] !== undefined) parents.set(Number(name), Number(match[1]))
  }
  const found: number[] = []
  for (let nearest = [pid]; nearest.length > 0; found.push(...nearest)) {
    nearest = [...parents].flatMap(([child, parent]) => (nearest.includes(parent) ? [child] : []))
  }
  return found
}

function readText(file: string): string {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  } catch {
    return ''
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
