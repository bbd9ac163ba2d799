// The screen of contacts by keyboard: found while typing, called with Enter, and told when there is no number.
import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { findContacts, usedAfter, type Contact } from '../directory/find-contact.ts'
import { core, deskWithExchange, folder, open, press, region, signIn, type } from './test-window.tsx'

const siteMore = 'neighbours:\n  - { name: Kota Semarang, phone: "024000001120" }\n  - { name: Kabupaten Jepara }\n'
const names = (): string[] =>
  within(region('Kontak'))
    .getAllByRole('listitem')
    .map((row) => row.querySelector('b')?.textContent ?? '')

async function opened(): Promise<void> {
  await signIn()
  press('Ctrl+5')
  await screen.findByRole('heading', { name: 'Kontak', level: 1 })
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Cari nama, kode atau nomor')))
  await waitFor(() => expect(names().length).toBeGreaterThan(5))
}

it('dials what was found with Enter, and shows who was called last first', async () => {
  await deskWithExchange(true, { siteMore })
  await opened()
  expect(names()[0]).not.toBe('Kota Semarang')
  type('semar')
  await waitFor(() => expect(names()).toEqual(['Kota Semarang']))
  press('Enter')
  await screen.findByText(/^Menelepon Kota Semarang \(024\)/)
  press('Ctrl+1')
  press('Ctrl+5')
  await waitFor(() => expect(names()[0]).toBe('Kota Semarang'))
})

it('says the number where the exchange cannot dial, and that a number is missing', async () => {
  open(await core({ dir: folder(), siteMore }))
  await opened()
  type('bpbd')
  press('Enter')
  await screen.findByText(/^Pakai telepon meja: .* 0812-0000-1170$/)
  type('jepara')
  await waitFor(() => expect(region('Kontak').textContent).toContain('nomor belum diisi'))
  press('Enter')
  await screen.findByText('Kabupaten Jepara: nomor belum diisi')
})

it('finds by name, code and number however it is written, and nothing for nonsense', () => {
  const contact = (id: string, name: string, number: string | null): Contact => ({
    id,
    kind: 'agency',
    name,
    detail: id,
    number,
  })
  const all = [contact('BPBD', 'Badan Bencana', '+6281200001170'), contact('PMI', 'Palang Merah', null)]
  const ids = (text: string, used: string[] = []) => findContacts(all, text, used).map(({ id }) => id)
  expect([ids(''), ids('', ['PMI'])]).toEqual([
    ['BPBD', 'PMI'],
    ['PMI', 'BPBD'],
  ])
  for (const text of ['bpbd', 'BADAN ben', '081200001170', '6281200001170', '1170']) expect(ids(text)).toEqual(['BPBD'])
  for (const text of ['zzz', '<b>', '=1+1', 'x'.repeat(10_000)]) expect(ids(text).length).toBeLessThan(3)
  expect(ids('tidak ada')).toEqual([])
  expect(usedAfter(['a', 'b'], 'b')).toEqual(['b', 'a'])
})
