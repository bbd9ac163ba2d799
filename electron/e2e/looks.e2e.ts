// Every theme and size: nothing that axe objects to, nothing cut off, a picture for people to look at.
import { resize, sizes, type Size, type Theme } from '#scripts/launch-desk.ts'
import { expect, signIn, test, untilReady } from './desk.ts'
import { accessibilityFindings, clippedTexts, picture } from './looks.ts'

const themes: readonly Theme[] = ['dark', 'light', 'hc']
const bothSizes = Object.keys(sizes) as Size[]

for (const theme of themes) {
  test(`sign-in and the empty call screen in ${theme}`, async ({ launch }) => {
    const desk = await launch({ theme })
    await untilReady(desk)
    for (const size of bothSizes) {
      await resize(desk.app, size)
      await picture(desk.page, `sign-in-${theme}-${size}`)
      expect(await accessibilityFindings(desk.page)).toEqual([])
    }
    await signIn(desk)
    for (const size of bothSizes) {
      await resize(desk.app, size)
      await picture(desk.page, `empty-${theme}-${size}`)
      expect(await accessibilityFindings(desk.page)).toEqual([])
      expect(await clippedTexts(desk.page)).toEqual([])
    }
  })

  test(`the admin's list of operators and its form in ${theme}`, async ({ launch }) => {
    const desk = await launch({ theme })
    const { keyboard } = desk.page
    await signIn(desk, 'admin')
    await keyboard.press('Control+o')
    await expect(desk.page.locator('tr[data-row="admin"]')).toBeFocused()
    const look = async (name: string): Promise<void> => {
      for (const size of bothSizes) {
        await resize(desk.app, size)
        await picture(desk.page, `${name}-${theme}-${size}`)
        expect(await accessibilityFindings(desk.page)).toEqual([])
        expect(await clippedTexts(desk.page)).toEqual([])
      }
    }
    await look('operators')
    await keyboard.press('t')
    await keyboard.type('x')
    await keyboard.press('Enter')
    await expect(desk.page.locator('#person-operator-fault')).not.toBeEmpty()
    await look('operator-form')
  })
}

for (const theme of themes) {
  test(`every screen of the rail in ${theme}, in both languages`, async ({ launch }) => {
    const desk = await launch({ theme })
    const { page } = desk
    await signIn(desk)
    await page.keyboard.press('F5')
    await page.keyboard.type('kebakaran')
    await page.keyboard.press('Enter')
    await expect(page.locator('.board tbody tr')).toHaveCount(1)
    const keys = (await page.locator('.rail kbd').allTextContents()).filter((text) => /^Ctrl\+\d$/.test(text))
    expect(keys.length).toBeGreaterThan(2)
    for (const language of ['id', 'en']) {
      for (const key of keys) {
        await page.keyboard.press(key.replace('Ctrl+', 'Control+Digit'))
        await expect(page.locator('.rail [aria-current="page"] kbd')).toHaveText(key)
        await expect(page.locator('h1')).toHaveCount(1)
        if (key === 'Ctrl+2') await expect(page.locator('.incident-list tbody tr')).toHaveCount(1)
        for (const size of bothSizes) {
          await resize(desk.app, size)
          await picture(page, `screen-${key.slice(-1)}-${theme}-${size}-${language}`)
          expect(await accessibilityFindings(page)).toEqual([])
          expect(await clippedTexts(page)).toEqual([])
        }
      }
      await page.keyboard.press('Alt+y')
    }
  })
}

/** Zones in reading order, as selectors; what lies in none of them (trial band, notices) may come anywhere before the work. */
const zones = [
  '.rail',
  '.strip',
  '.alarm',
  '.form',
  '.middle',
  '.right',
  '.board',
  '.command-row, .message-line',
  '.status',
]

test('Tab goes through the zones of the call screen in reading order', async ({ launch }) => {
  const desk = await launch()
  const { page } = desk
  await signIn(desk)
  await page.keyboard.press('F5')
  await page.keyboard.type('kebakaran')
  await page.keyboard.press('Enter')
  await expect(page.locator('.board tbody tr')).toHaveCount(1)
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    document.querySelector<HTMLElement>('.rail button')?.focus()
  })
  const visited: number[] = []
  for (let press = 0; press < 120; press += 1) {
    const zone = await page.evaluate((all) => {
      const { activeElement } = document
      if (activeElement === null || activeElement === document.body) return -2
      return all.findIndex((selector) => activeElement.closest(selector) !== null)
    }, zones)
    if (zone === -2) break
    if (zone >= 0) visited.push(zone)
    if (zone === zones.length - 1) break
    await page.keyboard.press('Tab')
  }
  expect(visited).toEqual(visited.toSorted((a, b) => a - b))
  for (const zone of [0, 3, 4, 5, 6, 8]) expect(visited).toContain(zone)
})

for (const theme of themes) {
  test(`a suggestion, what was merged and the mark of a surge in ${theme}`, async ({ launch }) => {
    const desk = await launch({ theme })
    const { page } = desk
    const { keyboard } = page
    await signIn(desk)
    const describe = async (): Promise<void> => {
      await keyboard.press('Control+n')
      await keyboard.press('F5')
      await keyboard.type('tabrakan')
      await keyboard.press('Enter')
      await keyboard.press('F6')
      await keyboard.type('sidogemah')
      await keyboard.press('Enter')
      await expect(page.locator('#h-questions')).toHaveText('Pertanyaan: LAKA-LL')
    }
    const look = async (name: string): Promise<void> => {
      for (const size of bothSizes) {
        await resize(desk.app, size)
        await picture(page, `${name}-${theme}-${size}`)
        expect(await accessibilityFindings(page)).toEqual([])
        expect(await clippedTexts(page)).toEqual([])
      }
    }
    await describe()
    await keyboard.press('Alt+a')
    await expect(page.locator('.board .reporters')).toHaveCount(1)
    await describe()
    await expect(page.locator('.suggestion .reasons')).toContainText('desa sama · jenis sama')
    await expect(page.locator('.suggestion :focus')).toHaveCount(0)
    await look('suggestion')
    await keyboard.press('Control+d')
    await expect(page.locator('.merged li')).toHaveCount(1)
    await look('merged')
  })
}
