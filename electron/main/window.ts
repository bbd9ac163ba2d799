// Makes the windows. What it may not do is in policy.ts; what it shows is the page's business.
import { BrowserWindow } from 'electron'
import { pageOrigin } from '#contract/page.ts'
import type { Options, Theme } from './options.ts'
import { words } from './words.ts'

const grounds: Readonly<Record<Theme, string>> = { dark: '#101418', light: '#eef1f4', hc: '#000000' }

type WindowOptions = {
  readonly preload: string
  readonly theme: Theme
  readonly size: Options['size']
  readonly isTrial: boolean
  readonly isPackaged: boolean
  /** The second window shows the board only. */
  readonly view?: 'wall'
}

/** Opens the workstation's window; it shows itself when the page is painted. */
export function openWindow({ preload, theme, size, isTrial, isPackaged, view }: WindowOptions): BrowserWindow {
  const window = makeWindow(isTrial ? words.trialTitle : words.name, grounds[theme], { preload, devTools: !isPackaged })
  if (view === 'wall') window.setContentSize(1366, 768)
  else if (size === null) window.maximize()
  else window.setContentSize(size.width, size.height)
  void window.loadURL(
    `${pageOrigin}/index.html?mode=${isTrial ? 'trial' : 'live'}&theme=${theme}${view === undefined ? '' : `&view=${view}`}`,
  )
  return window
}

/** Opens a window that says why the program cannot run; closing it ends the program. */
export function openProblemWindow(): BrowserWindow {
  const window = makeWindow(words.problemTitle, grounds.dark, { devTools: false })
  void window.loadURL(`${pageOrigin}/problem`)
  return window
}

function makeWindow(title: string, ground: string, page: { preload?: string; devTools: boolean }): BrowserWindow {
  const window = new BrowserWindow({
    title,
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor: ground,
    webPreferences: {
      ...page,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // A ring must be heard without a click first, and timers must run while another window is in front.
      autoplayPolicy: 'no-user-gesture-required',
      backgroundThrottling: false,
    },
  })
  // The title carries the trial mark; the page must not take it away.
  window.on('page-title-updated', (event) => event.preventDefault())
  window.once('ready-to-show', () => window.show())
  return window
}
