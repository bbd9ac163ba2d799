// The worst moments in the real window: core dies in the middle of a call, the database is damaged at the start.
import { closeSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, signIn, test, untilReady } from './desk.ts'

test('core killed while a call is connected and text is typed: the window says it, call and text are there', async ({
  desk,
}) => {
  const { page } = desk
  await signIn(desk)
  const connected = page.getByText('TERHUBUNG', { exact: true }).first()
  await page.keyboard.press('Control+Shift+R')
  await expect(page.getByText('BERDERING', { exact: true }).first()).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('F2')
  await expect(connected).toBeVisible()
  await page.keyboard.press('F5')
  await page.keyboard.type('tabrakan')
  await page.keyboard.press('Enter')
  const landmark = page.getByLabel('Jalan / patokan')
  await landmark.focus()
  await page.keyboard.type('depan pasar')
  // What was typed more than a second ago is on the disk, whatever ends now.
  await page.waitForTimeout(1_000)
  await page.keyboard.type(' Buyaran')
  const { core = 0 } = await desk.programs()
  process.kill(core, 'SIGKILL')
  await expect(page.getByText('Inti program dimulai ulang', { exact: false }).first()).toBeVisible()
  await expect(connected).toBeVisible()
  await expect(landmark).toHaveValue('depan pasar Buyaran')
  await page.keyboard.type(', gang 2')
  await expect(page.getByText('Inti program dimulai ulang', { exact: false })).toBeHidden({ timeout: 20_000 })
  await expect(connected).toBeVisible()
  await expect(landmark).toHaveValue('depan pasar Buyaran, gang 2')
  await page.waitForTimeout(1_000)
  // Nothing of it lives in the page alone: core dies again and the page is made anew.
  process.kill((await desk.programs()).core ?? 0, 'SIGKILL')
  await page.reload()
  await expect(connected).toBeVisible({ timeout: 20_000 })
  await expect(landmark).toHaveValue('depan pasar Buyaran, gang 2')
})

test('a damaged database is set aside, the last good copy is used and the screen says so', async ({
  launch,
  dataDir,
}) => {
  const first = await launch()
  await signIn(first)
  expect(await first.stop()).toBe(0)
  const handle = openSync(join(dataDir, 'meja.db'), 'r+')
  writeSync(handle, Buffer.alloc(8_192, 0x5a), 0, 8_192, 0)
  closeSync(handle)
  const again = await launch()
  await untilReady(again)
  await expect(again.page.getByText('Database rusak sudah disisihkan', { exact: false })).toBeVisible()
  expect(readdirSync(dataDir).filter((name) => /^meja\.db\.damaged-\d+$/.test(name))).toHaveLength(1)
  await signIn(again)
})
