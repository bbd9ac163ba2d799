// Going from screen to screen: nothing in hand is lost, and rings and alarms are on each.
import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { core, deskWithExchange, field, folder, open, press, says, signIn, type } from './test-window.tsx'

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
  const choose = async (label: RegExp, option: string): Promise<void> => {
    const button = screen.getByRole('button', { name: label })
    button.focus()
    press('Enter')
    button.click()
    const item = await screen.findByRole('option', { name: option })
    item.focus()
    item.click()
  }
  await choose(/Tema/, 'Terang')
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('light'))
  await choose(/Bahasa/, 'Bahasa Inggris')
  await screen.findByRole('heading', { name: 'Settings', level: 1 })
})
