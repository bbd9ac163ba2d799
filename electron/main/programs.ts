// Starts core (and in trial mode the trial site before it) and connects the checked page with them.
import { ipcMain, type BrowserWindow } from 'electron'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { pageChannel, type Program, type ShellMessage } from '#contract/page.ts'
import type { CoreStart, TrialStart } from '#contract/shell.ts'
import { runChild, type Child, type ChildEvents } from './child.ts'
import type { LogFile } from './log-file.ts'
import { linkPage } from './page-link.ts'
import { words } from './words.ts'

type Place = {
  readonly dataDir: string
  readonly secondDir: string | null
  readonly appPath: string
  readonly version: string
  readonly isPackaged: boolean
}
type ProgramsOptions = {
  readonly window: BrowserWindow
  readonly log: LogFile
  readonly place: Place
  readonly key: string
  /** null: the trial site, which says itself what its site file is. */
  readonly siteFile: string | null
  /** A program said that it cannot run; lines for the operator. */
  readonly onFatal: (lines: readonly string[]) => void
}

export type Programs = {
  readonly stop: () => void
  readonly tell: (message: ShellMessage) => void
  /** Another window of the same desk, until it is closed. */
  readonly addWindow: (window: BrowserWindow) => void
}

/** Runs the programs behind the windows until `stop`. */
export function startPrograms({ window, log, place, key, siteFile, onFatal }: ProgramsOptions): Programs {
  const running = new Map<Program, Child>()
  const boot = randomUUID()
  let isStopped = false
  const links = new Set([linkPage({ window, log, running })])

  const tell = (message: ShellMessage): void => links.forEach((link) => link.tell(message))
  const handOver = (role: Program): void => links.forEach((link) => link.handOver(role))
  const events = (role: Program): ChildEvents => ({
    onReady: () => handOver(role),
    onGone: () => role === 'core' && tell({ kind: 'meja-core', state: 'gone' }),
    onSilent: (isSilent) => role === 'core' && tell({ kind: 'meja-core', state: isSilent ? 'silent' : 'back' }),
    onFatal: ({ reason, detail }) => onFatal([words.fatal[reason], detail]),
    onLine: (line) => log.write(role, line),
  })
  const startCore = (used: string): void => {
    const start = (): CoreStart => coreStart(place, { key, boot, siteFile: used, isTrial: siteFile === null })
    running.set('core', runChild({ module: program('core'), name: 'core', start, events: events('core') }))
  }
  const startTrial = (): void => {
    // A trial site that came back has new addresses in its site file; core reads that at its start.
    const onSite = (file: string): void => {
      const core = running.get('core')
      if (core !== undefined) core.restart()
      else if (!isStopped) startCore(file)
    }
    const start = (): TrialStart => ({ ...shared(place), dir: join(place.dataDir, 'trial-site') })
    const trialEvents = { ...events('trial'), onSite }
    running.set('trial', runChild({ module: program('trial'), name: 'trial', start, events: trialEvents }))
  }

  ipcMain.on(pageChannel.ready, (event) => {
    for (const link of links) if (link.isFrom(event)) link.ready()
  })
  if (siteFile === null) startTrial()
  else startCore(siteFile)
  return {
    tell,
    addWindow: (added) => {
      const link = linkPage({ window: added, log, running })
      links.add(link)
      added.once('closed', () => links.delete(link))
    },
    stop: () => {
      isStopped = true
      ipcMain.removeAllListeners(pageChannel.ready)
      for (const child of running.values()) child.stop()
    },
  }
}

/** Bundled programs lie beside the shell. */
function program(name: Program): string {
  return join(import.meta.dirname, `${name}.js`)
}

/** The addon of another runtime is for trials and tests: a packaged program takes only its own. */
function shared(place: Place): Omit<TrialStart, 'dir'> {
  return {
    nativeBinding: place.isPackaged ? null : (process.env.MEJA112_SQLITE_ADDON ?? null),
    migrationsDir: join(place.appPath, 'db', 'migrations'),
    resourcesDir: join(place.appPath, 'resources'),
    version: place.version,
  }
}

type CoreFacts = Pick<CoreStart, 'key' | 'boot' | 'siteFile' | 'isTrial'>

function coreStart(place: Place, facts: CoreFacts): CoreStart {
  return { ...shared(place), ...facts, dataDir: place.dataDir, secondDir: place.secondDir }
}
