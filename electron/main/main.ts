// Start order of the workstation: one instance, scheme, policy, key, programs, window. It holds no product logic.
import { app, Menu, safeStorage, session } from 'electron'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { databaseName } from '#contract/shell.ts'
import { openLogFile } from './log-file.ts'
import { readKey } from './key.ts'
import { readOptions } from './options.ts'
import { denyInPage, denyInSession, quietChromium } from './policy.ts'
import { problemPage, problemScript, problemStyle } from './problem.ts'
import { startPrograms } from './programs.ts'
import { pageResponse, registerScheme, serveScheme } from './scheme.ts'
import { checkFolder } from './folder.ts'
import { spareProfile } from './spare-profile.ts'
import { engineTempFolder } from './temp-folder.ts'
import { followWall } from './wall.ts'
import { openProblemWindow, openWindow } from './window.ts'
import { words } from './words.ts'

const problemExitCode = 3
const options = readOptions(process.argv.slice(1))
const isTrial = options.siteFile === null
const dataDir = resolve(options.dataDir ?? join(app.getPath('appData'), 'meja-112', isTrial ? 'trial' : 'live'))
const folder = checkFolder(dataDir)
// Chromium's own files live in the data folder too, so that two desks on one machine never share any.
const profile = folder.ok ? join(dataDir, 'profile') : spareProfile(tmpdir(), process.pid)
mkdirSync(profile, { recursive: true })
app.setPath('userData', profile)

process.env.TMPDIR = engineTempFolder(tmpdir(), process.platform)

const problem: string[] = folder.ok ? [] : [words.folder(dataDir, folder.reason)]

if (app.requestSingleInstanceLock()) begin()
else {
  process.stdout.write(`${words.alreadyRunning}\n`)
  app.exit(0)
}

function begin(): void {
  registerScheme()
  quietChromium(app)
  Menu.setApplicationMenu(null)
  app.on('web-contents-created', (_event, contents) => denyInPage(contents))
  app.on('window-all-closed', () => app.exit(problem.length === 0 ? 0 : problemExitCode))
  void app.whenReady().then(start).catch(failed)
}

function start(): void {
  denyInSession(session.defaultSession)
  serveScheme(session.defaultSession, join(import.meta.dirname, '../renderer'), (path) => {
    if (path === '/problem') return pageResponse(problemPage(problem), 'text/html; charset=utf-8')
    if (path === '/problem.css') return pageResponse(problemStyle, 'text/css; charset=utf-8')
    if (path === '/problem.js') return pageResponse(problemScript, 'text/javascript; charset=utf-8')
    return undefined
  })
  if (problem.length > 0) return showProblem()
  const hasData = existsSync(join(dataDir, databaseName))
  const key = readKey({ file: join(dataDir, 'desk.key'), hasData, isTrial }, safeStorage)
  if (!key.ok) return showProblem(key.reason === 'no-key-store' ? words.noKeyStore : words.keyLost)
  if (!key.isGuarded) process.stdout.write(`${words.keyInTheOpen}\n`)
  run(key.key, key.isGuarded)
}

function run(key: string, isGuarded: boolean): void {
  const log = openLogFile(join(dataDir, 'log', 'meja-112.log'), Date.now)
  log.write('main', JSON.stringify({ event: 'start', version: app.getVersion(), isTrial, isKeyGuarded: isGuarded }))
  const preload = join(import.meta.dirname, '../preload/preload.cjs')
  const looks = { preload, theme: options.theme, size: options.size, isTrial, isPackaged: app.isPackaged }
  const window = openWindow(looks)
  const programs = startPrograms({
    window,
    log,
    place: {
      dataDir,
      secondDir: options.copyDir === null ? null : resolve(options.copyDir),
      appPath: app.getAppPath(),
      version: app.getVersion(),
      isPackaged: app.isPackaged,
    },
    key,
    siteFile: options.siteFile === null ? null : resolve(options.siteFile),
    onFatal: (lines) => {
      showProblem(...lines)
      window.close()
    },
  })
  followWall({ main: window, programs, open: () => openWindow({ ...looks, view: 'wall' }) })
  app.on('second-instance', () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
    programs.tell({ kind: 'meja-second-start' })
  })
  app.on('will-quit', () => programs.stop())
  window.on('closed', () => programs.stop())
}

/** Says in a window, and on the error output for whoever started it from there, why it cannot run. */
function showProblem(...lines: string[]): void {
  problem.push(...lines)
  process.stderr.write(`${problem.join('\n')}\n`)
  openProblemWindow()
}

function failed(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  app.exit(1)
}
