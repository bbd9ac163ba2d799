// The command row in every theme and size: hint, preview, problem, last action. Nothing that axe objects to, nothing cut off.
import { resize, sizes, type Size, type Theme } from '#scripts/launch-desk.ts'
import { expect, signIn, test } from './desk.ts'
import { accessibilityFindings, clippedTexts, picture } from './looks.ts'

const themes: readonly Theme[] = ['dark', 'light', 'hc']
const bothSizes = Object.keys(sizes) as Size[]

for (const theme of themes) {
  test(`the command row in ${theme}`, async ({ launch }) => {
    const desk = await launch({ theme })
    const { page } = desk
    const { keyboard } = page
    await signIn(desk)
    const look = async (name: string): Promise<void> => {
      for (const size of bothSizes) {
        await resize(desk.app, size)
        await picture(page, `command-${name}-${theme}-${size}`)
        expect(await accessibilityFindings(page)).toEqual([])
        expect(await clippedTexts(page)).toEqual([])
      }
    }
    await keyboard.press('F12')
    await keyboard.type('N bkr-rmh sidogemah P1; asap tebal dari dapur')
    await expect(page.locator('#command-preview')).toContainText('Buka kejadian')
    await look('preview')
    await keyboard.press('Enter')
    await expect(page.locator('.board tbody tr')).toHaveCount(1)
    await expect(page.locator('#command-line')).toHaveValue('')
    await keyboard.type('T 1')
    await keyboard.press('Enter')
    await expect(page.locator('.command .last')).toContainText('Diteruskan ke')
    await keyboard.press('Escape')
    await look('done')
    await keyboard.press('Control+z')
    await expect(page.locator('.command .message')).toContainText('Dibatalkan')
    await keyboard.press('F12')
    await keyboard.type('S B001 tunda')
    await expect(page.locator('#command-preview')).toContainText('alasan')
    await look('problem')
  })
}
