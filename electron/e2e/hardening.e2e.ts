// The security posture of the running program: what the page tries, the program refuses.
import { inShell } from '#scripts/launch-desk.ts'
import { expect, test, untilReady } from './desk.ts'

test('inline script, inline style, eval and anything remote are blocked by the policy', async ({ desk }) => {
  const seen = await desk.page.evaluate(async () => {
    const found: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => found.push(event.effectiveDirective))
    const add = (html: string) => {
      const holder = document.createElement('div')
      document.body.append(holder)
      holder.append(document.createRange().createContextualFragment(html))
      return holder
    }
    const holders = [
      add('<script>window.forged = 1</script>'),
      add('<style>body { color: red }</style>'),
      add('<img src="https://example.invalid/x.png">'),
      add('<iframe src="https://example.invalid/"></iframe>'),
      add('<a onclick="window.forged = 2">x</a>'),
    ]
    holders[4]?.querySelector('a')?.click()
    const timerText: unknown = 'window.forged = 3'
    try {
      setTimeout(timerText as () => void)
    } catch {
      // Some engines throw, some only report.
    }
    await fetch('https://example.invalid/').catch(() => undefined)
    for (let tries = 0; new Set(found).size < 7 && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    for (const holder of holders) holder.remove()
    return { found: [...new Set(found)].toSorted(), forged: 'forged' in window }
  })
  expect(seen).toEqual({
    found: [
      'connect-src',
      'frame-src',
      'img-src',
      'script-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-elem',
    ],
    forged: false,
  })
})

test('the page has no Node, no Electron and nothing of the preload', async ({ desk }) => {
  const names = ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer']
  expect(await desk.page.evaluate((all) => all.filter((name) => name in window), names)).toEqual([])
  const preferences = await inShell(desk.app, ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    // Not among the published types: what the window really runs with.
    return contents === undefined ? {} : Reflect.apply(Reflect.get(contents, 'getLastWebPreferences'), contents, [])
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
})

test('no navigation, no new window, no reload to elsewhere', async ({ desk }) => {
  const before = desk.page.url()
  expect(before).toMatch(/^app:\/\/meja-112\/index\.html\?/)
  const opened = await desk.page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'https://example.invalid/'
    document.body.append(link)
    link.click()
    link.target = '_blank'
    link.click()
    link.remove()
    location.assign('file:///etc/passwd')
    return window.open('https://example.invalid/') === null
  })
  await desk.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))
  expect(opened).toBe(true)
  expect(desk.page.url()).toBe(before)
  expect(desk.app.windows()).toHaveLength(1)
})

test('every permission is denied, also where there is a microphone', async ({ launch }) => {
  const desk = await launch({ args: ['--use-fake-device-for-media-stream'] })
  const answers = await desk.page.evaluate(async () => {
    // Not the microphone: its state says that loudspeakers may be named, and what counts is that it cannot be opened.
    const names = ['camera', 'geolocation', 'notifications', 'clipboard-read', 'midi', 'screen-wake-lock']
    const states: Record<string, string> = {}
    for (const name of names) states[name] = (await navigator.permissions.query({ name: name as PermissionName })).state
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'given',
      (error: Error) => error.name,
    )
    const screen = await navigator.mediaDevices.getDisplayMedia().then(
      () => 'given',
      (error: Error) => error.name,
    )
    return { states: [...new Set(Object.values(states))], media, screen }
  })
  expect(answers.states).toEqual(['denied'])
  expect(answers.media).toBe('NotAllowedError')
  expect(answers.screen).not.toBe('given')
})

test('files outside the page are not served', async ({ desk }) => {
  const statuses = await desk.page.evaluate(async () => {
    const paths = ['/..%2f..%2fpackage.json', '/%2e%2e%2f%2e%2e%2fpackage.json', '/assets/..%5c..%5cx', '/none.js']
    return Promise.all(paths.map(async (path) => (await fetch(path)).status))
  })
  expect(statuses).toEqual([404, 404, 404, 404])
})

test('there is no menu, and no key of Electron for zoom, reload or developer tools', async ({ desk }) => {
  expect(await inShell(desk.app, ({ Menu }) => Menu.getApplicationMenu())).toBe(null)
  await untilReady(desk)
  await desk.page.evaluate(() => (window.name = 'same'))
  for (const key of ['Control+Equal', 'Control+R', 'Control+Shift+I', 'F11', 'F12', 'Alt'])
    await desk.page.keyboard.press(key)
  const state = () =>
    inShell(desk.app, ({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]
      return {
        zoom: window?.webContents.getZoomFactor(),
        tools: window?.webContents.isDevToolsOpened(),
        full: window?.isFullScreen(),
      }
    })
  // One step of the desk's own zoom; Electron's would be another, and both together more.
  await expect.poll(state).toEqual({ zoom: 1.1, tools: false, full: false })
  expect(await desk.page.evaluate(() => window.name)).toBe('same')
})

test('the window title carries the trial mark, whatever the page says', async ({ desk }) => {
  await desk.page.evaluate(() => (document.title = 'something else'))
  const title = await inShell(desk.app, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
  expect(title).toBe('Meja 112 · MODE UJI COBA, bukan panggilan sungguhan')
})
