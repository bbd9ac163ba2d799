// A window on a real core, and hands on its keyboard: what the tests of the screens share.
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { rmSync } from 'node:fs'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect } from 'vitest'
import { webPort } from '#contract/port.ts'
import { systemClock } from '#domain/time.ts'
import type { Page } from '../../electron/core/test-desk.ts'
import type { Core } from '../../electron/core/start.ts'
import type { TrialExchange } from '../../electron/trial/exchange.ts'
import { createDesk, DeskProvider, type Desk } from '../link/desk.ts'
import { loadIndonesianWords } from '../text/react-aria-id.ts'
import { Ringer } from '../sound/ringer.ts'
import { RingerProvider } from '../sound/sounds.tsx'
import { testAudio, type TestAudio } from '../sound/test-audio.ts'
import { createTexts } from '../text/text.ts'
import { TextsProvider } from '../text/texts-provider.tsx'
import { ActionsProvider, createActions } from '../ui/actions.tsx'
import { createMessages, MessagesProvider } from '../ui/messages.tsx'
import { App } from './app.tsx'

// Core is no page: what it is made of must not find a window while it is loaded.
const page = globalThis.window
Reflect.deleteProperty(globalThis, 'window')
const { coreStartIn, newFolder, openPage, siteText } = await import('../../electron/core/test-desk.ts')
export { openPage }
export type { Page }
const { startCore } = await import('../../electron/core/start.ts')
const { startBroker } = await import('../../electron/trial/brokers.ts')
const { startTrialExchange } = await import('../../electron/trial/exchange.ts')
globalThis.window = page

// Core signs with real keys and reads real files: on a busy machine an answer takes longer than a second.
configure({ asyncUtilTimeout: 30_000 })

export const ends: (() => Promise<void> | void)[] = []
beforeEach(() => {
  loadIndonesianWords(window)
  localStorage.clear()
})
afterEach(async () => {
  cleanup()
  for (const end of ends.splice(0).toReversed()) await end()
})

export type Site = {
  readonly dir: string
  readonly exchangeUrl?: string
  readonly boot?: string
  readonly isTrial?: boolean
  /** More lines for the site file. */
  readonly siteMore?: string
  /** Another folder of reference packs than the product's. */
  readonly resourcesDir?: string
}

const given = (more: object): object =>
  Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined))

/** A core in a folder; ends with the test unless it was ended before. */
export async function core({
  dir,
  exchangeUrl,
  boot,
  isTrial = true,
  siteMore = '',
  resourcesDir,
}: Site): Promise<Core> {
  const site = siteText(exchangeUrl === undefined ? {} : { exchange: exchangeUrl }) + siteMore
  const onFatal = (error: unknown): void => {
    throw error
  }
  const start = { ...coreStartIn(dir, site), isTrial, ...given({ boot, resourcesDir }) }
  const made = await startCore(start, { onFatal, checkOutput: true, unactedMs: () => 50 })
  let isEnded = false
  const { stop } = made
  const end = async (): Promise<void> => {
    if (isEnded) return
    isEnded = true
    await stop()
  }
  ends.push(end)
  return { ...made, stop: end }
}
export function folder(): string {
  const dir = newFolder()
  ends.push(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Gives the page a port to a core, as the shell does. */
export function plug(desk: Desk, to: Core): () => void {
  const channel = new MessageChannel()
  to.servePage(webPort(channel.port1 as never))
  desk.core.attach(webPort(channel.port2 as never))
  return () => channel.port1.close()
}

/** Opens the window on a core. */
export function open(to: Core): { desk: Desk; audio: TestAudio; unplug: () => void; close: () => Promise<void> } {
  const desk = createDesk()
  const audio = testAudio()
  const ringer = new Ringer({ audio, kept: localStorage, now: Date.now })
  const unplug = plug(desk, to)
  const { unmount } = render(
    <TextsProvider texts={createTexts('id')}>
      <DeskProvider value={desk}>
        <MessagesProvider value={createMessages()}>
          <ActionsProvider actions={createActions()}>
            <RingerProvider value={ringer}>
              <App />
            </RingerProvider>
          </ActionsProvider>
        </MessagesProvider>
      </DeskProvider>
    </TextsProvider>,
  )
  let isOpen = true
  const close = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    unmount()
    // What the page still recorded while it went must be answered before its core ends.
    if (desk.core.state.get() === 'up') await desk.core.call('dismissNotice', { notice: 'none' })
    desk.close()
    unplug()
  }
  ends.push(close)
  return { desk, audio, unplug, close }
}

const codes: Readonly<Record<string, string>> = { ' ': 'Space' }
/** Presses a key where the focus is: "F2", "Ctrl+J", "Alt+1", "d". */
export function press(keys: string): void {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const code =
    codes[key] ?? (/^\d$/.test(key) ? `Digit${key}` : /^[A-Za-z]$/.test(key) ? `Key${key.toUpperCase()}` : key)
  const target = document.activeElement ?? document.body
  const more = { ctrlKey: parts.includes('Ctrl'), shiftKey: parts.includes('Shift'), altKey: parts.includes('Alt') }
  const event = { key: key.length === 1 ? key.toLowerCase() : key, code, ...more }
  const isDone = !fireEvent.keyDown(target, event)
  if (!isDone && key === 'Enter' && target instanceof HTMLInputElement && target.form !== null) {
    fireEvent.submit(target.form)
  }
  fireEvent.keyUp(target, event)
}
/** Types into the field that has the focus, key by key. */
export function type(text: string): void {
  const target = document.activeElement
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement))
    throw new Error('no field has the focus')
  for (let length = 1; length <= text.length; length += 1) {
    fireEvent.input(target, { target: { value: text.slice(0, length) } })
  }
}
export const field = (name: string | RegExp): HTMLInputElement => screen.getByLabelText(name)
export const combo = (name: RegExp): HTMLInputElement => screen.getByRole('combobox', { name })
export const region = (name: string | RegExp): HTMLElement => screen.getByRole('region', { name })
/** Waits until a region says something; the region itself may come and go. */
export const says = (name: string, text: string | RegExp): Promise<HTMLElement> =>
  waitFor(() => within(region(name)).getByText(text))

export async function signIn(code = 'siti'): Promise<void> {
  await screen.findByLabelText('Kode operator')
  await waitFor(() => expect(document.activeElement).toBe(field('Kode operator')))
  type(code)
  field('PIN').focus()
  type('112112')
  press('Enter')
  await screen.findByRole('heading', { name: 'Panggilan', level: 1 })
}

/** A broker, a simulated exchange, a core that hears it, and the window. */
export async function deskWithExchange(
  canSteer = true,
  more: Partial<Site> = {},
): Promise<{ exchange: TrialExchange; page: Page; core: Core; site: Site; audio: TestAudio; unplug: () => void }> {
  const broker = await startBroker()
  ends.push(() => broker.close())
  const exchange = await startTrialExchange({
    site: 'demak-uji',
    bridge: 'pbx1',
    broker: broker.url,
    members: ['B'],
    clock: systemClock,
    canSteer,
  })
  ends.push(() => exchange.stop())
  const site = { dir: folder(), exchangeUrl: broker.url, ...more }
  const made = await core(site)
  const { audio, unplug } = open(made)
  const page = openPage(made)
  await page.until('calls', {}, (calls) => calls.exchange.isOnline)
  return { exchange, page, core: made, site, audio, unplug }
}
