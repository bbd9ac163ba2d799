// The second window of the same desk, with the board and the map, on the other monitor when there is one.
import { ipcMain, screen, type BrowserWindow } from 'electron'
import { pageChannel } from '#contract/page.ts'
import type { Programs } from './programs.ts'
import { isTrusted } from './sender.ts'

type Facts = {
  readonly main: BrowserWindow
  readonly programs: Programs
  readonly open: () => BrowserWindow
}

/** Opens it when the page of the first window asks, closes it when it asks again or is closed itself. */
export function followWall({ main, programs, open }: Facts): void {
  let wall: BrowserWindow | null = null
  ipcMain.on(pageChannel.wall, (event) => {
    if (main.isDestroyed() || event.sender !== main.webContents) return
    if (!isTrusted(event.senderFrame, main.webContents.mainFrame)) return
    if (wall !== null) return wall.close()
    const opened = open()
    wall = opened
    programs.addWindow(opened)
    placeBeside(main, opened)
    opened.once('closed', () => (wall = null))
  })
  main.once('closed', () => wall?.close())
}

/** On the monitor that the first window is not on. */
function placeBeside(main: BrowserWindow, wall: BrowserWindow): void {
  const own = screen.getDisplayMatching(main.getBounds())
  const other = screen.getAllDisplays().find(({ id }) => id !== own.id)
  if (other === undefined) return
  wall.setBounds(other.workArea)
  wall.maximize()
}
