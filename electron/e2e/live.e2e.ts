// The workstation at a real site: its site file, brokers with passwords and access list, a real key store, no trial anywhere.
import type { Page } from '@playwright/test'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LaunchOptions, RunningDesk } from '#scripts/launch-desk.ts'
import { expect, test as base } from './desk.ts'
import { startKeyStore, withKeyStore, type RealKeyStore } from './key-store.ts'
import { startLiveSite, type LiveSite } from './live-site.ts'

type Given = {
  readonly keyStore: RealKeyStore
  readonly site: LiveSite
  /** Starts the live workstation; `env` of another key store may be given. */
  readonly live: (options?: LaunchOptions) => Promise<RunningDesk>
}

const test = base.extend<Given>({
  keyStore: async ({ dataDir }, use) => {
    const store = await startKeyStore(join(dataDir, 'ks'))
    await use(store)
    await store.stop()
  },
  site: async ({ dataDir }, use) => {
    const site = await startLiveSite(join(dataDir, 'site'))
    await use(site)
    await site.stop()
  },
  // The workstation is stopped before what it needs: they are torn down in the opposite order.
  live: async ({ keyStore, site, launch, dataDir }, use) => {
    await use((options = {}) =>
      launch({
        dataDir: join(dataDir, 'desk'),
        before: withKeyStore.before,
        args: ['--site', site.file, ...withKeyStore.args],
        env: keyStore.env,
        ...options,
      }),
    )
  },
})

async function fill(desk: RunningDesk, ...texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    if (index > 0) await desk.page.keyboard.press('Tab')
    await desk.page.keyboard.type(text)
  }
}

async function signIn(desk: RunningDesk, operator: string, pin: string): Promise<void> {
  await expect(desk.page.getByLabel('Kode operator')).toBeFocused()
  await fill(desk, operator, pin)
  await desk.page.keyboard.press('Enter')
  await expect(desk.page.getByLabel('PIN')).toBeHidden()
}

async function firstAdmin(desk: RunningDesk): Promise<string> {
  const { page } = desk
  await expect(page.getByRole('heading', { name: 'Admin pertama' })).toBeVisible()
  await expect(page.getByText('UJI COBA')).toHaveCount(0)
  await expect(page.getByLabel(/Kode operator/)).toBeFocused()
  await fill(desk, 'kepala', 'Budi Santoso', '482913', '482913')
  await page.keyboard.press('Enter')
  const code = await page.locator('.recovery').innerText()
  await page.keyboard.press('Enter')
  return code
}

async function addOperator(desk: RunningDesk): Promise<void> {
  const { page } = desk
  await page.keyboard.press('Control+o')
  await page.getByRole('button', { name: /Tambah operator/ }).press('Enter')
  await fill(desk, 'siti', 'Siti Nuraini', '730164', '730164')
  await page.keyboard.press('Enter')
  await expect(page.getByText('siti tersimpan')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+l')
}

/** A call rings, is answered, becomes an incident, is classed by that and ended. */
async function takeCall(desk: RunningDesk, site: LiveSite): Promise<void> {
  const { page } = desk
  await site.ring()
  await expect(page.getByText('BERDERING', { exact: true })).toBeVisible()
  await page.keyboard.press('F2')
  await expect(page.getByText('TERHUBUNG', { exact: true })).toBeVisible()
  await page.keyboard.press('F5')
  await page.keyboard.type('kebakaran rumah')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Juga disarankan, tetapi belum ada di pusat ini/)).toBeVisible()
  await page.keyboard.press('F6')
  await page.keyboard.type('karangsari')
  await page.keyboard.press('Enter')
  await page.keyboard.press('F9')
  await page.keyboard.type('Api dari dapur')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Catatan' }).getByText('Api dari dapur')).toBeVisible()
  await page.keyboard.press('F10')
  await expect(page.getByText('SIAP', { exact: true })).toBeVisible()
}

test('first admin, operators, a call with its incident, and everything is there after a restart', async ({
  live,
  site,
  dataDir,
}) => {
  const first = await live()
  const code = await firstAdmin(first)
  expect(code).toMatch(/^([0-9A-F]{5}-){3}[0-9A-F]{5}$/)
  await signIn(first, 'kepala', '482913')
  await addOperator(first)
  await signIn(first, 'siti', '730164')
  await expect(first.page.getByText('Nomor belum diisi: Palang Merah Indonesia.')).toBeVisible()
  await takeCall(first, site)
  await expect(first.page.getByText('menunggu kirim: 0')).toBeVisible()
  expect(await site.held()).toBeGreaterThan(10)
  expect(await first.stop()).toBe(0)
  expect(readFileSync(join(dataDir, 'desk', 'desk.key'), 'utf8')).toContain('sealed')
  expect(
    readFileSync(join(dataDir, 'desk', 'meja.db'))
      .subarray(0, 15)
      .toString(),
  ).not.toBe('SQLite format 3')

  const second = await live()
  await expect(second.page.getByText(code)).toHaveCount(0)
  await signIn(second, 'siti', '730164')
  await expect(second.page.getByText('1 terbuka')).toBeVisible()
  await expect(second.page.getByText('Karangsari').first()).toBeVisible()
  await takeCall(second, site)
  await expect(second.page.getByText('2 terbuka')).toBeVisible()
})

/** The window that says why it cannot run; it may be the second one when core found the reason. */
async function refusal(desk: RunningDesk): Promise<string> {
  const isProblem = (page: Page): boolean => page.url().endsWith('/problem')
  const page = isProblem(desk.page)
    ? desk.page
    : (desk.app.windows().find(isProblem) ?? (await desk.app.waitForEvent('window', { timeout: 30_000 })))
  await expect(page.getByRole('heading')).toHaveText('Meja 112 tidak dapat dijalankan')
  const said = (await page.locator('p').allInnerTexts()).join('\n')
  await page.keyboard.press('Escape').catch(() => undefined)
  expect(await desk.ended).toBe(3)
  return said
}

test('a locked key store and one that does not hold the key are refused; with the right one all is there', async ({
  live,
  keyStore,
  dataDir,
}) => {
  const first = await live()
  await firstAdmin(first)
  await first.stop()
  const sealed = readFileSync(join(dataDir, 'desk', 'desk.key'), 'utf8')

  const other = await startKeyStore(join(dataDir, 'ks2'))
  const changed = await refusal(await live({ env: other.env }))
  expect(changed).toContain('Kunci basis data tidak dapat dibuka oleh akun ini.')
  await other.stop()

  keyStore.lock()
  const locked = await refusal(await live())
  expect(locked).toContain('Penyimpan kunci sistem operasi tidak tersedia')
  expect(locked).toContain('Tidak ada data yang diubah.')

  expect(readFileSync(join(dataDir, 'desk', 'desk.key'), 'utf8')).toBe(sealed)
  await keyStore.signInAgain()
  const again = await live()
  await signIn(again, 'kepala', '482913')
})

for (const [what, from, to, line] of [
  [
    'an unknown key',
    'bridge: pbx1',
    'brigde: pbx1',
    'baris 6, kunci "brigde": terbaca kunci "brigde"; yang boleh: salah satu dari site, name',
  ],
  [
    'a value of the wrong kind',
    'regency: "33.21"',
    'regency: 33.21',
    'baris 3, kunci "regency": terbaca 33.21; yang boleh: teks',
  ],
  [
    'an impossible value',
    'member: B',
    'member: O',
    'baris 4, kunci "member": terbaca "O"; yang boleh: satu atau dua huruf besar',
  ],
] as const) {
  test(`a site file with ${what} is refused in the window; key and line are named`, async ({ live, site, dataDir }) => {
    const text = readFileSync(site.file, 'utf8')
    expect(text).toContain(from)
    writeFileSync(site.file, text.replace(from, to))
    const said = await refusal(await live())
    expect(said).toContain('File situs salah, jadi meja tidak dijalankan.')
    expect(said).toContain(line)
    expect(existsSync(join(dataDir, 'desk', 'meja.db'))).toBe(false)
  })
}
