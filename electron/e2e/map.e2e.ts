// The import of borders and the map in the running program: by file, in every theme and size, without findings of axe.
import { resize, sizes, type Size, type Theme } from '#scripts/launch-desk.ts'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { geoJsonText, inventedBorders } from '../core/borders/test-borders.ts'
import { loadGazetteer } from '../core/gazetteer.ts'
import { expect, openWall, signIn, test } from './desk.ts'
import type { Page } from '@playwright/test'
import { accessibilityFindings, clippedTexts, picture } from './looks.ts'

const themes: readonly Theme[] = ['dark', 'light', 'hc']
const bothSizes = Object.keys(sizes) as Size[]

async function demakText(): Promise<string> {
  const areas = dirname(createRequire(import.meta.url).resolve('idn-area-data/data/villages.csv'))
  const { villages } = await loadGazetteer(areas, '33.21')
  return geoJsonText(inventedBorders({ codes: villages.map(({ code }) => code) }))
}

async function importBorders(page: Page): Promise<void> {
  await page.keyboard.press('Control+Digit6')
  const buffer = Buffer.from(await demakText())
  await page.locator('#border-file').setInputFiles({ name: 'batas.geojson', mimeType: 'application/json', buffer })
  await page.locator('#border-source').fill('Karangan untuk uji')
  await page.locator('#border-licence').fill('uji')
  await page.keyboard.press('Enter')
  await expect(page.locator('.borders')).toContainText('249 dari 249 desa/kelurahan punya batas')
}

/** How many metres to the left and up the land lies, and its scale, as the map draws it. */
async function drawnAt(page: Page): Promise<{ x: number; y: number; scale: number }> {
  const text = (await page.locator('.map-view > svg > g').first().getAttribute('transform')) ?? ''
  const [x = 0, y = 0, scale = 0] = [...text.matchAll(/-?[\d.]+(?:e-?\d+)?/g)].map(Number)
  return { x, y, scale }
}

/** Drags the map by the mouse, 120 px to the right and 60 px down, then turns the wheel one notch away. */
async function moveByMouse(page: Page): Promise<void> {
  const box = await page.locator('.map-view').boundingBox()
  if (box === null) throw new Error('no map is drawn')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const before = await drawnAt(page)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 50, y + 20, { steps: 4 })
  await page.mouse.move(x + 120, y + 60, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await drawnAt(page)).x - before.x).toBeCloseTo(120, 0)
  expect((await drawnAt(page)).y - before.y).toBeCloseTo(60, 0)
  await page.mouse.move(x, y)
  expect((await drawnAt(page)).scale).toBe(before.scale)
  await page.mouse.wheel(0, -100)
  await expect.poll(async () => (await drawnAt(page)).scale / before.scale).toBeCloseTo(1.25, 2)
}

test('the map is moved by mouse while a field is typed in, also in the second window', async ({ launch }) => {
  const desk = await launch()
  const { page } = desk
  await signIn(desk, 'admin')
  await importBorders(page)
  await page.keyboard.press('Control+l')
  await signIn(desk)
  await page.keyboard.press('F6')
  await page.keyboard.type('sriwulan')
  await page.keyboard.press('Enter')
  await expect(page.locator('.map .chosen')).toHaveCount(1)
  await page.getByLabel('Kata pelapor').focus()
  await moveByMouse(page)
  await page.keyboard.type('masih mengetik')
  await expect(page.getByLabel('Kata pelapor')).toHaveValue('masih mengetik')
  const wall = await openWall(desk)
  await expect(wall.locator('.map .land path')).toHaveCount(249)
  await expect(wall.locator('.map .pin-label')).toHaveText('B001')
  await moveByMouse(wall)
  await wall.locator('.map-view').focus()
  await wall.keyboard.press('Home')
  await expect.poll(async () => (await drawnAt(wall)).x).not.toBe(0)
  const whole = await drawnAt(wall)
  await wall.keyboard.press('ArrowRight')
  await expect.poll(async () => (await drawnAt(wall)).x).toBeLessThan(whole.x)
  expect(await accessibilityFindings(wall)).toEqual([])
  expect(await clippedTexts(wall)).toEqual([])
  await picture(wall, 'second-window-map-dark')
})

for (const theme of themes) {
  test(`borders are imported and the map is moved by keys in ${theme}`, async ({ launch }) => {
    const desk = await launch({ theme })
    const { page } = desk
    const { keyboard } = page
    const look = async (name: string): Promise<void> => {
      for (const size of bothSizes) {
        await resize(desk.app, size)
        await picture(page, `${name}-${theme}-${size}`)
        expect(await accessibilityFindings(page)).toEqual([])
        expect(await clippedTexts(page)).toEqual([])
      }
    }
    const choose = (name: string, text: string): Promise<void> =>
      page.locator('#border-file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await signIn(desk, 'admin')
    await keyboard.press('Control+Digit6')
    const text = await demakText()
    await choose('rusak.geojson', text.replaceAll('"Polygon"', '"LineString"'))
    await expect(page.locator('.borders')).toContainText('rusak.geojson ditolak: 249 kesalahan', { timeout: 20_000 })
    await look('borders-refused')
    await choose('batas.geojson', text)
    await page.locator('#border-source').fill('Karangan untuk uji')
    await look('borders-checked')
    await page.locator('#border-licence').fill('uji')
    await keyboard.press('Enter')
    await expect(page.locator('.borders')).toContainText('249 dari 249 desa/kelurahan punya batas')
    await keyboard.press('Control+l')
    await signIn(desk)
    await keyboard.press('F6')
    await keyboard.type('sriwulan')
    await keyboard.press('Enter')
    // The small window shows the map as a tab, the large one always.
    await page.locator('.right .tabs button', { hasText: 'Peta' }).click()
    await expect(page.locator('.map .chosen')).toHaveCount(1)
    await look('map-call')
    await keyboard.press('Control+Digit3')
    await expect(page.locator('.main-map .land path')).toHaveCount(249)
    await look('map-screen')
    await page.locator('.map-view').focus()
    const place = page.locator('.map-view > svg > g').first()
    const before = (await place.getAttribute('transform')) ?? ''
    await keyboard.press('ArrowLeft')
    await expect(place).not.toHaveAttribute('transform', before)
    await keyboard.press('Home')
    await expect(place).toHaveAttribute('transform', before)
    await keyboard.press('0')
    await expect(place).not.toHaveAttribute('transform', before)
    await expect(page.locator('.map-view')).toBeFocused()
    await look('map-whole')
  })
}
