// Going from screen to screen: nothing in hand is lost, and rings and alarms are on each.
import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { core, deskWithExchange, field, folder, open, press, region, says, signIn, type } from './test-window.tsx'

it('keeps what was being typed while another screen is looked at', async () => {
  open(await core({ dir: folder() }))
  await signIn()
  field('Jalan / patokan').focus()
  type('depan pasar sayung')
  press('Ctrl+6')
  await screen.findByRole('heading', { name: 'Setelan', level: 1 })
  expect(screen.queryByLabelText('Jalan / patokan')).toBeNull()
  press('Ctrl+1')
  await waitFor(() => expect(field('Jalan / patokan').value).toBe('depan pasar sayung'))
})

it('shows a ring on every screen, and answering brings the form', async () => {
  const { exchange } = await deskWithExchange()
  await signIn()
  press('Ctrl+6')
  await screen.findByRole('heading', { name: 'Setelan', level: 1 })
  exchange.ring(null)
  await says('Panggilan berdering', /Jawab/)
  press('F2')
  await screen.findByRole('heading', { name: 'Panggilan', level: 1 })
  await waitFor(() => expect(field('Nomor balik').value).toContain('-0000-'))
})

it('changes theme and language from the settings, at once', async () => {
  open(await core({ dir: folder() }))
  await signIn()
  press('Ctrl+6')
  await screen.findByRole('heading', { name: 'Setelan', level: 1 })
  screen.getByRole('radio', { name: 'Terang' }).click()
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('light'))
  screen.getByRole('radio', { name: 'Bahasa Inggris' }).click()
  await screen.findByRole('heading', { name: 'Settings', level: 1 })
})

it('finds an incident again in the list of all incidents and takes it in hand', async () => {
  open(await core({ dir: folder() }))
  await signIn()
  field('Jalan / patokan').focus()
  type('depan pasar sayung')
  field('Nama pelapor').focus()
  press('Ctrl+2')
  await waitFor(() => expect(document.activeElement).toBe(field(/Cari nomor/)))
  type('pasar')
  const list = region('Semua kejadian')
  const row = await within(list).findByRole('row', { name: /depan pasar sayung/ })
  press('ArrowDown')
  await waitFor(() => expect(document.activeElement).toBe(row))
  press('Enter')
  await screen.findByRole('heading', { name: 'Panggilan', level: 1 })
  await waitFor(() => expect(field('Jalan / patokan').value).toBe('depan pasar sayung'))
  press('Ctrl+2')
  await waitFor(() => expect(field(/Cari nomor/).value).toBe('pasar'))
  type('zzz')
  await within(region('Semua kejadian')).findByText(/Tidak ada kejadian yang cocok/)
})
