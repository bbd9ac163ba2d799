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
  test(`every screen of the rail in ${theme}`, async ({ launch }) => {
    const desk = await launch({ theme })
    const { page } = desk
    await signIn(desk)
    await page.keyboard.press('F5')
    await page.keyboard.type('kebakaran')
    await page.keyboard.press('Enter')
    await expect(page.locator('.board tbody tr')).toHaveCount(1)
    const keys = (await page.locator('.rail kbd').allTextContents()).filter((text) => /^Ctrl\+\d$/.test(text))
    expect(keys.length).toBeGreaterThan(2)
    for (const key of keys) {
      await page.keyboard.press(key.replace('Ctrl+', 'Control+Digit'))
      await expect(page.locator('.rail [aria-current="page"] kbd')).toHaveText(key)
      await expect(page.locator('h1')).toHaveCount(1)
      if (key === 'Ctrl+2') await expect(page.locator('.incident-list tbody tr')).toHaveCount(1)
      for (const size of bothSizes) {
        await resize(desk.app, size)
        await picture(page, `screen-${key.slice(-1)}-${theme}-${size}`)
        expect(await accessibilityFindings(page)).toEqual([])
        expect(await clippedTexts(page)).toEqual([])
      }
    }
  })
}

for (const theme of themes) {
  test(`questions with critical answers in ${theme}`, async ({ launch }) => {
    const desk = await launch({ theme })
    const { page } = desk
    const { keyboard } = page
    await signIn(desk)
    await keyboard.press('F5')
    await keyboard.type('wong tabrakan')
    await keyboard.press('Enter')
    await expect(page.locator('#h-questions')).toHaveText('Pertanyaan: LAKA-LL')
    await keyboard.press('F7')
    await keyboard.press('ArrowDown')
    await keyboard.press('Digit3')
    await expect(page.locator('.questions li')).toHaveCount(8)
    await keyboard.press('Enter')
    await keyboard.press('Digit2')
    await expect(page.locator('.questions li.crit')).toBeFocused()
    await keyboard.press('Enter')
    await keyboard.press('Digit2')
    await expect(page.locator('.questions li.crit')).toHaveCount(2)
    await expect(page.locator('.say p')).toContainText('Tekan kuat dan cepat')
    for (const size of bothSizes) {
      await resize(desk.app, size)
      await picture(page, `questions-${theme}-${size}`)
      expect(await accessibilityFindings(page)).toEqual([])
      expect(await clippedTexts(page)).toEqual([])
      await expect(page.locator('.say p')).toBeInViewport({ ratio: 1 })
    }
    await keyboard.press('F9')
    await expect(page.locator('#note')).toBeFocused()
    await keyboard.press('Alt+t')
    await expect(page.locator('.compliance')).toContainText('Belum ditanyakan')
    await picture(page, `questions-close-${theme}`)
    expect(await accessibilityFindings(page)).toEqual([])
  })
}

test('a question with many answers shows them all, also while the digits are printed on them', async ({ launch }) => {
  const desk = await launch({})
  const { page } = desk
  const { keyboard } = page
  await signIn(desk)
  for (const [words, code, place] of [
    ['pingsan', 'MED-DAR', 3],
    ['omah kobong', 'BKR-RMH', 2],
  ] as const) {
    await keyboard.press('Control+n')
    await keyboard.press('F5')
    await keyboard.type(words)
    await keyboard.press('Enter')
    await expect(page.locator('#h-questions')).toHaveText(`Pertanyaan: ${code}`)
    for (const size of bothSizes) {
      await resize(desk.app, size)
      await expect(page.locator('.middle .tabs')).toHaveCount(size === 'compact' ? 1 : 0)
      await keyboard.press('F7')
      for (let down = 0; down < place; down += 1) await keyboard.press('ArrowDown')
      const row = page.locator('.questions li:focus')
      const last = row.locator('.answers button').last()
      await expect(last).toBeInViewport({ ratio: 1 })
      const [box, list] = [await last.boundingBox(), await page.locator('.questions ol').boundingBox()]
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((list?.x ?? 0) + (list?.width ?? 0))
      await picture(page, `questions-many-${code}-${size}`)
    }
    await resize(desk.app, 'full')
    await expect(page.locator('.middle .tabs')).toHaveCount(0)
  }
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
