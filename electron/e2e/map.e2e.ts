// The import of borders and the map in the running program: by file, in every theme and size, without findings of axe.
import { resize, sizes, type Size, type Theme } from '#scripts/launch-desk.ts'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { geoJsonText, inventedBorders } from '../core/borders/test-borders.ts'
import { loadGazetteer } from '../core/gazetteer.ts'
import { expect, signIn, test } from './desk.ts'
import { accessibilityFindings, clippedTexts, picture } from './looks.ts'

const themes: readonly Theme[] = ['dark', 'light', 'hc']
const bothSizes = Object.keys(sizes) as Size[]

async function demakText(): Promise<string> {
  const areas = dirname(createRequire(import.meta.url).resolve('idn-area-data/data/villages.csv'))
  const { villages } = await loadGazetteer(areas, '33.21')
  return geoJsonText(inventedBorders({ codes: villages.map(({ code }) => code) }))
}

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
