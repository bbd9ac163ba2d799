// What stood on paper about an incident in hand, typed in with keys: its own times, marked, kept through a closed form and a refusal.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { core, folder, open, openPage, press, signIn, type } from './test-window.tsx'

it('adds a note and a step of an agency to the incident in hand, and takes both back with Ctrl+Z', async () => {
  const made = await core({ dir: folder() })
  open(made)
  await signIn()
  const page = openPage(made)
  press('F5')
  type('kebakaran rumah')
  press('Enter')
  const [row] = (await page.until('board', { limit: 5 }, ({ total }) => total === 1)).rows
  const incident = row!.incident
  await screen.findByRole('button', { name: /Dari kertas Alt\+C/ })
  press('Alt+c')
  const sheet = await screen.findByRole('dialog', { name: /^Dari kertas untuk \d{6}-B001$/ })
  const at = (label: string, place = 0): HTMLInputElement =>
    within(sheet).getAllByLabelText<HTMLInputElement>(label)[place]!
  const put = (input: HTMLElement, value: string): void => {
    input.focus()
    fireEvent.change(input, { target: { value } })
  }
  await within(sheet).findByLabelText('Tanggal di kertas')
  // The first clock has the focus.
  await waitFor(() => expect(document.activeElement).toBe(at('Jam')))
  put(at('Catatan'), 'air <b>naik</b>')
  put(at('Jam'), '00.00')
  put(at('Tanggal di kertas'), '2020-01-01')
  press('Ctrl+Enter')
  await within(sheet).findByText(/hanya kepala regu|sebelum kejadian/)
  // Put away and opened again nothing is lost.
  await page.until('paperDraft', { incident }, (texts) => texts['notes.0.text'] === 'air <b>naik</b>')
  press('Escape')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  press('Alt+c')
  const again = await screen.findByRole('dialog', { name: /^Dari kertas untuk/ })
  const now = new Date(Date.now() + 7 * 3_600_000).toISOString()
  const field = (label: string, place = 0): HTMLInputElement =>
    within(again).getAllByLabelText<HTMLInputElement>(label)[place]!
  await waitFor(() => expect(field('Catatan').value).toBe('air <b>naik</b>'))
  put(field('Tanggal di kertas'), now.slice(0, 10))
  put(field('Jam'), now.slice(11, 16))
  put(within(again).getAllByLabelText('Instansi')[0]!, 'DAMKAR')
  put(within(again).getAllByLabelText('Apa yang terjadi')[0]!, 'onScene')
  put(field('Jam', 2), now.slice(11, 16))
  press('Ctrl+Enter')
  await screen.findByText(/^Ditambahkan dari kertas: /)
  await page.until('incident', { incident }, (shown) => {
    const relay = shown?.agencies.find(({ agency }) => agency === 'DAMKAR')?.relay
    return shown?.notes[0]?.paper !== null && relay?.step === 'onScene' && relay.typedAt !== null
  })
  expect(await page.read('paperDraft', { incident })).toEqual({})
  press('Ctrl+Z')
  await page.until('incident', { incident }, (shown) => {
    const relay = shown?.agencies.find(({ agency }) => agency === 'DAMKAR')?.relay
    return shown?.notes[0]?.struck !== null && relay?.step === 'cancelled'
  })
})
