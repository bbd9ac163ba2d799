// Passing a call on by keyboard: to the neighbour centre of another regency, or back to the others.
import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { deskWithExchange, press, region, says, signIn, type } from './test-window.tsx'

const neighbours = `neighbours:
  - { name: Kota Semarang, phone: "024000001120" }
  - { name: Kabupaten Jepara }
`

async function connected(canSteer = true) {
  const desk = await deskWithExchange(canSteer, { siteMore: neighbours })
  await signIn()
  await desk.page.signIn()
  const linkedId = desk.exchange.ring('luar-wilayah')
  await says('Panggilan berdering', canSteer ? /Jawab/ : /Terima di telepon meja/)
  press('F2')
  if (!canSteer) desk.exchange.lift('B', linkedId)
  await says('Panggilan aktif', 'TERHUBUNG')
  return desk
}

it('shows the neighbours with one key; a digit classes the call and transfers it', async () => {
  const { page } = await connected()
  const focused = document.activeElement
  press('F4')
  await says('Luar wilayah', /Kota Semarang/)
  await says('Luar wilayah', /nomor belum diisi/)
  expect(document.activeElement).toBe(focused)
  press('1')
  await screen.findByText('Dialihkan ke Kota Semarang')
  await says('Panggilan aktif', 'SIAP')
  const today = (await page.read('calls', {})).today
  expect(today).toMatchObject({ calls: 1, answered: 1 })
  expect(screen.queryByRole('region', { name: 'Luar wilayah' })).toBeNull()
})

it('keeps the number in sight where the exchange cannot transfer', async () => {
  await connected(false)
  press('F4')
  press('1')
  const bar = await screen.findByRole('region', { name: 'Kota Semarang' })
  expect(bar.textContent).toMatch(/Sambungkan di telepon meja.*\(024\)/)
  await waitFor(() =>
    expect(screen.getByRole('button', { name: /Salah sambung/ }).getAttribute('aria-pressed')).toBe('true'),
  )
  press('Escape')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Kota Semarang' })).toBeNull())
})

it('dials the neighbour when the caller has hung up, and says so of one without a number', async () => {
  const { exchange, page } = await connected()
  const call = (await page.read('calls', {})).active!.call
  exchange.hangUpCaller(call)
  await says('Panggilan aktif', 'BELUM DIKLASIFIKASI')
  press('F4')
  await says('Luar wilayah', /Kabupaten Jepara/)
  press('1')
  await screen.findByText('Menelepon Kota Semarang')
  await page.until('calls', {}, ({ active }) => active?.direction === 'out' && active.number === '+6224000001120')
})

it('gives a call back with a reason: it rings again and says who gave it back and why', async () => {
  await connected()
  press('Alt+Q')
  await within(region('Lepas panggilan')).findByLabelText('Alasan melepas panggilan')
  type('salah angkat')
  press('Enter')
  await says('Panggilan berdering', /dilepas Siti N\.: salah angkat/)
  await says('Panggilan aktif', 'SIAP')
})
