// The silent call by keyboard: prompts, callback, two keys for the class; attention at the next call of the number.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { deskWithExchange, folder, press, region, says, signIn } from './test-window.tsx'

/** The product's packs, with a second to listen after each prompt. */
function hastyPacks(): string {
  const dir = folder()
  cpSync('resources/reference', join(dir, 'reference'), { recursive: true })
  const file = join(dir, 'reference', 'silent-call.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/seconds: \d+/g, 'seconds: 1'))
  return dir
}

it('goes through the prompts with one key, then classes in two, and warns at the next call of the number', async () => {
  const { exchange, page } = await deskWithExchange(true, { resourcesDir: hastyPacks() })
  await signIn()
  await page.signIn()
  exchange.ring('senyap')
  await says('Panggilan berdering', /Jawab/)
  press('F2')
  await says('Panggilan aktif', 'TERHUBUNG')
  press('Ctrl+J')
  press('g')
  await screen.findByText(/jalankan dulu peringatan/)
  const focused = document.activeElement

  press('Alt+H')
  await says('Panggilan hening', /Halo, ini Call Center 112/)
  await within(region('Panggilan hening')).findByRole('button', { name: /Minta tekan tombol/ })
  press('Alt+H')
  await says('Panggilan hening', /tekan tombol apa saja/)
  await waitFor(() => within(region('Panggilan hening')).getByText(/Masih hening: akhiri/))
  press('F10')
  await within(region('Panggilan hening')).findByRole('button', { name: /Telepon balik/ })
  expect(document.activeElement).toBe(focused)
  press('Alt+H')
  await says('Panggilan aktif', /TERHUBUNG|MENYAMBUNG/)
  await waitFor(() => within(region('Panggilan hening')).getByText(/Semua peringatan sudah/))
  press('Ctrl+J')
  press('g')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Panggilan hening' })).toBeNull())
  expect((await page.read('board', { limit: 10 })).total).toBe(0)
  await says('Panggilan aktif', 'TERHUBUNG')
  press('F10')
  await says('Panggilan aktif', 'SIAP')

  exchange.ring('senyap')
  await says('Panggilan berdering', /hening 1× dalam 24 jam, dengarkan baik-baik/)
  press('F2')
  await says('Panggilan aktif', 'TERHUBUNG')
  await says('Panggilan aktif', /hening 1× dalam 24 jam/)
})

it('shows the history of a number while it rings, and opens its incident with one key', async () => {
  const { exchange, page } = await deskWithExchange()
  await signIn()
  await page.signIn()
  const first = exchange.ring('pingsan')
  await says('Panggilan berdering', /tanpa riwayat/)
  press('F2')
  await says('Panggilan aktif', 'TERHUBUNG')
  press('Ctrl+J')
  press('d')
  await screen.findByText(/^\d{6}-B001$/, { selector: '.form .hand-mark' })
  exchange.hangUpCaller(first)
  await says('Panggilan aktif', 'SIAP')
  press('Ctrl+N')
  await waitFor(() => expect(document.querySelector('.form .hand-mark')).toBeNull())

  exchange.ring('pingsan')
  await says('Panggilan berdering', /1 panggilan · kejadian B001 terbuka/)
  press('Alt+I')
  await screen.findByText(/^\d{6}-B001$/, { selector: '.form .hand-mark' })
  fireEvent.click(within(region('Panggilan berdering')).getByRole('button', { name: /Jawab/ }))
  await says('Panggilan aktif', /kejadian B001 terbuka/)
})

it('says of a withheld number that its history cannot be known', async () => {
  const { exchange } = await deskWithExchange()
  await signIn()
  exchange.ring('nomor-tersembunyi')
  await says('Panggilan berdering', /nomor disembunyikan, riwayat tidak diketahui/)
})
