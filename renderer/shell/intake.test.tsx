// Taking in by hand: the source with one key, contacts that need no incident, and what they count.
import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { core, field, folder, open, openPage, press, region, says, signIn, type } from './test-window.tsx'

const who = 'Kontak tanpa kejadian'
async function desk() {
  const made = await core({ dir: folder() })
  open(made)
  await signIn()
  const page = openPage(made)
  await page.signIn()
  return page
}

it('picks the source with the key after Ctrl+N, prints every key and counts what came', async () => {
  const page = await desk()
  press('Ctrl+N')
  await says('Sumber laporan', /WhatsApp/)
  for (const key of ['D', 'R', 'W', '0', '3', '5', '8', '9', '2', 'L', 'K']) {
    expect(region('Sumber laporan').textContent).toContain(key)
  }
  press('W')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Sumber laporan' })).toBeNull())
  const place = () => document.activeElement?.closest('[data-field]')?.getAttribute('data-field')
  await waitFor(() => expect(place()).toBe('type'))
  type('kebakaran rumah')
  press('Enter')
  const { rows } = await page.until('board', { limit: 5 }, ({ total }) => total === 1)
  const row = await page.read('incident', { incident: rows[0]!.incident })
  expect(row?.source).toBe('whatsapp')
  await says('Jam, operator, dan antrean', /WhatsApp 1/)
})

it('lets whoever types on type on: only the very next key is a source', async () => {
  await desk()
  press('Ctrl+N')
  await says('Sumber laporan', /Radio/)
  press('F5')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Sumber laporan' })).toBeNull())
  type('rob')
  expect((document.activeElement as HTMLInputElement).value).toBe('rob')
})

it('records a prank over WhatsApp without an incident, by keys alone', async () => {
  const page = await desk()
  press('Ctrl+N')
  await says('Sumber laporan', /kontak tanpa kejadian/)
  press('K')
  await says('Kontak tanpa kejadian dari', /WhatsApp/)
  press('W')
  await waitFor(() => expect(document.activeElement).toBe(field('Nomor (boleh kosong)')))
  for (const bad of ['=1+1', '<b>0</b>', '😀', '12', '0812\u202E', '1'.repeat(10_000)]) {
    type(bad.slice(0, 300))
    press('Enter')
    await says(who, 'Ini bukan nomor telepon')
  }
  type('0812-0000-4486')
  press('Enter')
  await says('Klasifikasi kontak', /Iseng/i)
  press('2')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Klasifikasi kontak' })).toBeNull())
  const { today } = await page.until('calls', {}, (calls) => calls.today.sources.length > 0)
  expect(today).toMatchObject({ calls: 0, missed: 0, sources: [{ source: 'whatsapp', count: 1 }] })
  expect((await page.read('board', { limit: 5 })).total).toBe(0)
})

it('refuses a clock that is none, keeps what was typed, and says the time from paper before the class', async () => {
  await desk()
  press('Ctrl+N')
  press('K')
  await says('Kontak tanpa kejadian dari', /Datang langsung/)
  press('D')
  await waitFor(() => expect(document.activeElement).toBe(field('Nomor (boleh kosong)')))
  field('Nama (boleh kosong)').focus()
  type('n'.repeat(300))
  press('Enter')
  await says(who, 'Terlalu panjang')
  type('Pak Joko')
  field('Jam, bila dari kertas').focus()
  type('25.00')
  press('Enter')
  await says(who, 'Tulis jam seperti 14.05')
  expect(field('Nama (boleh kosong)').value).toBe('Pak Joko')
  type('00.00')
  press('Enter')
  await screen.findByRole('region', { name: /^Klasifikasi kontak \d\d\/\d\d\/\d\d 00:00, dari kertas$/ })
})
